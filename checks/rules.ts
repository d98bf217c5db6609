import { lateness } from '../capacity/lateness';
import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { unaccepted, type Violation } from '../config/errors';
import { keepRules } from './keep-rules';
import { limitRules } from './limit-rules';
import type { Resources } from '../config/scalars';
import { Duration } from '../config/units';

/**
 * Share of a volume that retention by size may use: the rest holds the WAL, the head's chunks and the block that is
 * being written (Prometheus' storage documentation advises 80 to 85 %).
 */
const retentionShare = 0.8;

/** Share of Store's memory limit that its caches may take; the rest is for index headers and queries in flight. */
const storeCacheShare = 0.7;

/** A block is cut half its length after its end, then compacted and uploaded: two lengths from sample to bucket, rounded up. */
const uploadTime = ({ blockDuration }: CentralConfig['receive']): Duration => blockDuration.times(2);

/** What must hold between keys of a central stack. */
export function centralRules(config: CentralConfig): Violation[] {
  const { prometheus, receive, store, compactor, queryFrontend, outage } = config;
  const found: Violation[] = [...duplicateEdges(config), ...resourceOrder(config), ...limitRules(config)];
  const most = prometheus.storage.times(retentionShare);
  if (prometheus.retentionSize.bytes > most.bytes) {
    found.push({
      key: 'prometheus.retentionSize',
      found: prometheus.retentionSize.kubernetes,
      allowed: `at most ${Math.floor(most.bytes / 2 ** 20)}Mi, 80 % of prometheus.storage (${prometheus.storage.kubernetes})`,
      fix: 'Lower it or raise prometheus.storage: a full volume stops Prometheus.',
    });
  }
  const upload = uploadTime(receive);
  const latest = lateness(outage);
  const least = latest.plus(upload);
  if (receive.retention.seconds < least.seconds) {
    found.push({
      key: 'receive.retention',
      found: receive.retention.toString(),
      allowed: `at least ${least.toString()}: samples up to ${latest.toString()} late (outage ${outage.toString()} and 30m) plus ${upload.toString()} until a block is uploaded`,
      fix: 'Raise it or lower outage: late samples would be deleted before they reach the bucket.',
    });
  }
  if (receive.ring > receive.replicas) {
    found.push({
      key: 'receive.ring',
      found: String(receive.ring),
      allowed: `at most receive.replicas (${receive.replicas})`,
      fix: 'Lower it or raise receive.replicas: routers would send to ingestors that do not exist.',
    });
  }
  const caches = store.indexCacheSize.bytes + store.chunkPoolSize.bytes;
  const memory = store.resources.limits.memory;
  if (caches > memory.bytes * storeCacheShare) {
    found.push({
      key: 'store.chunkPoolSize',
      found: store.chunkPoolSize.kubernetes,
      allowed: `with store.indexCacheSize (${store.indexCacheSize.kubernetes}) at most 70 % of store.resources.limits.memory (${memory.kubernetes})`,
      fix: 'Lower one of the two or raise the limit: Store would be killed for memory.',
    });
  }
  if (queryFrontend.cacheSize.bytes > queryFrontend.resources.limits.memory.bytes / 2) {
    found.push({
      key: 'queryFrontend.cacheSize',
      found: queryFrontend.cacheSize.kubernetes,
      allowed: `at most half of queryFrontend.resources.limits.memory (${queryFrontend.resources.limits.memory.kubernetes})`,
      fix: 'Lower it or raise the limit.',
    });
  }
  const { raw, fiveMinutes, oneHour } = compactor.retention;
  // Thanos Compact refuses to start below these two, since blocks would go before they are downsampled.
  found.push(
    ...atLeast(
      'compactor.retention.raw',
      raw,
      Duration.parse('40h'),
      'blocks are downsampled to 5m after 40 h',
    ),
    ...atLeast(
      'compactor.retention.fiveMinutes',
      fiveMinutes,
      Duration.parse('10d'),
      'blocks are downsampled to 1h after 10 d',
    ),
    ...atLeast('compactor.retention.fiveMinutes', fiveMinutes, raw, 'as long as compactor.retention.raw'),
    ...atLeast(
      'compactor.retention.oneHour',
      oneHour,
      fiveMinutes,
      'as long as compactor.retention.fiveMinutes',
    ),
  );
  return found;
}

/** What must hold between keys of an edge stack; what the central stack has planned is checked in `stacks/edge.ts`. */
export const edgeRules = (config: EdgeConfig): Violation[] => [
  ...resourceOrder(config),
  ...keepRules(config),
  ...unaccepted(singleAgent(config), config.acceptedRisks),
];

const singleAgent = ({ agent }: EdgeConfig): Violation[] =>
  agent.replicas > 1
    ? []
    : [
        {
          key: 'agent.replicas',
          found: String(agent.replicas),
          allowed: '2: a single agent that restarts during an outage forgets all that it has not sent',
          fix: 'Set it to 2, or say in acceptedRisks why those samples may be lost.',
        },
      ];

function duplicateEdges({ cluster, edges }: CentralConfig): Violation[] {
  const taken = [cluster.name, cluster.label];
  return edges.flatMap(({ name }, i) => {
    const first = edges.findIndex((other) => other.name === name);
    const reason =
      first < i
        ? `edges.${first}.name has it`
        : taken.includes(name)
          ? 'the central cluster has it'
          : undefined;
    if (!reason) return [];
    return [
      {
        key: `edges.${i}.name`,
        found: name,
        allowed: 'a name of its own for each cluster',
        fix: `Rename or remove one: ${reason}, and the name is the tenant.`,
      },
    ];
  });
}

const atLeast = (key: string, found: Duration, least: Duration, why: string): Violation[] =>
  found.seconds >= least.seconds
    ? []
    : [{ key, found: found.toString(), allowed: `at least ${least.toString()}: ${why}`, fix: 'Raise it.' }];

const isResources = (value: object): value is Resources => 'requests' in value && 'limits' in value;

/** Every `resources` in the tree whose request exceeds its limit. */
function resourceOrder(value: object, path = ''): Violation[] {
  if (isResources(value)) {
    const { requests, limits } = value;
    const pairs = [
      ['cpu', requests.cpu.millicores > limits.cpu.millicores, requests.cpu, limits.cpu],
      ['memory', requests.memory.bytes > limits.memory.bytes, requests.memory, limits.memory],
    ] as const;
    return pairs
      .filter(([, over]) => over)
      .map(([what, , request, limit]) => ({
        key: `${path}.requests.${what}`,
        found: request.kubernetes,
        allowed: `at most ${path}.limits.${what} (${limit.kubernetes})`,
        fix: 'Lower the request or raise the limit.',
      }));
  }
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? resourceOrder(inner, path ? `${path}.${key}` : key)
      : [],
  );
}
