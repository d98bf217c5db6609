import { stringify } from 'yaml';
import type { CentralConfig } from '../../config/central';
import { Quantity } from '../../config/units';
import { maxSamplesPerSend } from '../prometheus-stack/edge-values';
import { replicationFactor } from './hashring';

type Edge = CentralConfig['edges'][number];

/** Agents of an edge (`agent.replicas` allows no more). Each sends every series, told apart by its replica label. */
const agentsPerEdge = 2;

/**
 * How many times its declared series an edge may have in the heads. They hold a series for up to 3 h after its last sample
 * (one and a half blocks), so an update of every workload within that time doubles them; a ring grown by half or doubled
 * shows up to 1.5 times as many for as long, since the old ingestors still hold what has moved.
 */
const headSeriesHeadroom = 2;

/** Agents add a tenth to a batch when they send exemplars (`queue.runShard` in Prometheus v3.14.0, storage/remote/queue_manager.go). */
const exemplarShare = 1.1;

/**
 * The least that a limit must let through: one batch of our agents. An agent sends each sample as a series of its own.
 * 1 KiB is what a series of cAdvisor with long names takes uncompressed, which is what Receive compares.
 */
export const agentBatch = {
  series: Math.ceil(maxSamplesPerSend * exemplarShare),
  samples: Math.ceil(maxSamplesPerSend * exemplarShare),
  size: Quantity.ofBytes(maxSamplesPerSend * 1024),
} as const;

/**
 * Largest request where an edge says nothing: five batches of our agents, so that a larger batch set on the agents first is
 * not lost, and 8 MiB, four batches of long series. Agents drop what is answered with 413: these limits stop who is not an
 * agent of ours, not an agent with more to send.
 */
const requestDefaults = {
  series: agentBatch.series * 5,
  samples: agentBatch.samples * 5,
  size: agentBatch.size.times(4),
} as const;

/**
 * Memory of a router for each byte of a request under way, uncompressed: 2.8 with one copy of each sample and 3.2 with three,
 * measured on routers whose ingestors did not answer (docs/limits.md), and a quarter more.
 */
const memoryPerByte = 4;

/** Memory of a router without requests (docs/capacity.md). */
const routerBase = Quantity.parse('85M');

/** Share of the memory limit that requests and the process may take; beyond it Go's collector slows everything down. */
const memoryShare = 0.9;

/**
 * Fewer requests at once than this, and one edge on a slow line would hold up all: a request counts from its first byte, and
 * the two agents of an edge with 340 000 series have ten shards each (capacity/agent.ts) and send twenty at once when they
 * catch up. Twice that.
 */
export const leastConcurrency = 40;

/** Active series of one agent of an edge. */
export const seriesOf = (edge: Edge, { edgeDefaults }: Pick<CentralConfig, 'edgeDefaults'>): number =>
  edge.series ?? edgeDefaults.series;

/** Series that an edge as declared has in the heads, each counted once however often it is stored: series × agents. */
export const declaredHeadSeries = (series: number): number => series * agentsPerEdge;

/** Above it all of an edge's requests get 429: series × agents (2) × headroom (2). */
export const headSeriesLimit = (series: number): number => declaredHeadSeries(series) * headSeriesHeadroom;

/** Largest request of an edge. */
export const requestLimits = ({ limits }: Pick<Edge, 'limits'>) => ({
  size: limits?.request?.size ?? requestDefaults.size,
  series: limits?.request?.series ?? requestDefaults.series,
  samples: limits?.request?.samples ?? requestDefaults.samples,
});

/**
 * Size of the largest request that is expected of any edge: a batch of our agents, or what an edge says it sends. Not the
 * limit that applies where it says nothing: places for requests that no agent of ours sends would be missing for those
 * that they do send.
 */
export const expectedRequest = (edges: readonly Edge[]): Quantity =>
  Quantity.ofBytes(
    Math.max(agentBatch.size.bytes, ...edges.map(({ limits }) => limits?.request?.size?.bytes ?? 0)),
  );

/**
 * Requests that a router works on at once; others wait. As many as fit its memory when all edges catch up after an outage:
 * (limit × 0.9 − 85 MB) / (expected request × 4). Not above zero when the memory holds none.
 */
export const writeConcurrency = (memory: Quantity, expected: Quantity): number =>
  Math.floor((memory.bytes * memoryShare - routerBase.bytes) / (expected.bytes * memoryPerByte));

/** Memory limit of a router that works on so many requests at once; inverse of `writeConcurrency`. */
export const routerMemory = (concurrency: number, expected: Quantity): Quantity =>
  Quantity.ofBytes((concurrency * expected.bytes * memoryPerByte + routerBase.bytes) / memoryShare);

/**
 * PromQL for the series of each tenant, each counted once: what the ring's ingestors hold, divided by how many of them
 * hold each sample.
 *
 * Ingestors outside the ring are not counted: a pod that is taken out holds copies of what the others have now.
 * `max_over_time` bridges a restart and a missed scrape, and by pod, so that its new address is not counted twice.
 *
 * @param ingestors addresses of the ring, whose first label is the pod's name
 */
export const headSeriesQuery = (ingestors: readonly string[]): string => {
  const pods = ingestors.map((address) => address.split('.')[0]).join('|');
  const head = `prometheus_tsdb_head_series{job="thanos-receiver",pod=~"${pods}",tenant!=""}`;
  return `sum by (tenant) (max by (tenant, pod) (max_over_time(${head}[5m]))) / ${replicationFactor(ingestors.length)}`;
};

export interface LimitsArgs extends Pick<CentralConfig, 'edges' | 'edgeDefaults'> {
  /** Where the query of head series goes: a Prometheus that scrapes the ingestors. */
  metaMonitoringUrl: string;
}

/**
 * The limits file of Receive's routers, one tenant for each edge.
 *
 * The defaults are an edge's that says nothing. No other tenant comes past TLS; but a router may see a new edge before the
 * new file, and must not drop its samples.
 *
 * @param ingestors addresses of the ring
 * @param memory limit of one router
 */
export const limitsFile = (
  { edges, edgeDefaults, metaMonitoringUrl }: LimitsArgs,
  ingestors: readonly string[],
  memory: Quantity,
): string =>
  stringify(
    {
      write: {
        global: {
          max_concurrency: writeConcurrency(memory, expectedRequest(edges)),
          meta_monitoring_url: metaMonitoringUrl,
          meta_monitoring_limit_query: headSeriesQuery(ingestors),
        },
        default: {
          request: requestSection(requestLimits({})),
          head_series_limit: headSeriesLimit(edgeDefaults.series),
        },
        tenants: Object.fromEntries(edges.map((edge) => [edge.name, tenantSection(edge, edgeDefaults)])),
      },
    },
    { lineWidth: 0 },
  );

const tenantSection = (edge: Edge, edgeDefaults: CentralConfig['edgeDefaults']) => ({
  ...(edge.limits?.request && { request: requestSection(requestLimits(edge)) }),
  head_series_limit: edge.limits?.headSeries ?? headSeriesLimit(seriesOf(edge, { edgeDefaults })),
});

const requestSection = ({ size, series, samples }: ReturnType<typeof requestLimits>) => ({
  size_bytes_limit: size.bytes,
  series_limit: series,
  samples_limit: samples,
});
