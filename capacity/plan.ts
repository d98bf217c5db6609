import type { CentralConfig } from '../config/central';
import { maxAgents } from '../config/cluster';
import type { Duration, Quantity } from '../config/units';

/** Everything that sizes follow from. */
export interface Plan {
  /** Active series of each edge, as one agent counts them (`prometheus_agent_active_series`). */
  edges: readonly { name: string; series: number }[];
  /** Agents of an edge: each scrapes everything, so the centre stores each series once for each. */
  agents: number;
  /** Between two samples of a series, on edges and on the central cluster. */
  scrapeInterval: Duration;
  /** How long an edge and the centre may be apart without losing a sample. */
  outage: Duration;
  central: { series: number; replicas: number; retention: Duration; retentionSize: Quantity };
  receive: { ingestors: number; routers: number; retention: Duration; blockDuration: Duration };
  compactor: CentralConfig['compactor']['retention'] & { deleteDelay: Duration };
  store: { replicas: number; indexCacheSize: Quantity; chunkPoolSize: Quantity };
  query: { replicas: number };
  queryFrontend: { replicas: number; cacheSize: Quantity };
  /** No replicas: the stack has no Ruler. */
  ruler: { replicas: number };
}

/** The part that an edge's own sizes follow from. */
export type EdgePlan = Pick<Plan, 'agents' | 'scrapeInterval' | 'outage'>;

/** What is tried out instead of the configuration, or what it does not say. */
export interface Assumed {
  /** Active series of every edge; default: what the configuration says of each. */
  series?: number;
  /** Number of edges, all alike; default: those in the configuration. */
  edges?: number;
  /** Active series of the central cluster; default: what the configuration says. */
  centralSeries?: number;
  /** Agents of an edge; default: the most that its configuration allows. */
  agents?: number;
}

export function planOf(
  config: Pick<
    CentralConfig,
    | 'edges'
    | 'edgeDefaults'
    | 'outage'
    | 'prometheus'
    | 'receive'
    | 'compactor'
    | 'store'
    | 'ruler'
    | 'query'
    | 'queryFrontend'
  >,
  { series, edges, centralSeries, agents = maxAgents }: Assumed = {},
): Plan {
  const { prometheus, receive, compactor, store, ruler, edgeDefaults, query, queryFrontend } = config;
  const configured = config.edges.map((edge) => ({
    name: edge.name,
    series: series ?? edge.series,
  }));
  const alike = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      name: `edge-${i + 1}`,
      series: series ?? edgeDefaults.series,
    }));
  return {
    edges: edges === undefined ? configured : alike(edges),
    agents,
    scrapeInterval: prometheus.scrapeInterval,
    outage: config.outage,
    central: {
      series: centralSeries ?? prometheus.series,
      replicas: prometheus.replicas,
      retention: prometheus.retention,
      retentionSize: prometheus.retentionSize,
    },
    receive: {
      // Those that have left the ring get no new samples.
      ingestors: receive.ring,
      routers: receive.routers.replicas,
      retention: receive.retention,
      blockDuration: receive.blockDuration,
    },
    compactor: { ...compactor.retention, deleteDelay: compactor.deleteDelay },
    store,
    query,
    queryFrontend,
    ruler: { replicas: ruler.enabled ? ruler.replicas : 0 },
  };
}

/** Series that the edges' agents write, of all edges. */
export const writtenSeries = (plan: Plan): number =>
  plan.edges.reduce((sum, { series }) => sum + series, 0) * plan.agents;

/** Samples a second that so many series give. */
export const sampleRate = (series: number, { scrapeInterval }: Pick<Plan, 'scrapeInterval'>): number =>
  series / scrapeInterval.seconds;
