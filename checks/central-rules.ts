import { lateness, leastReceiveRetention, uploadTime } from '../capacity/outage';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { Duration } from '../config/units';
import { alertmanagerRules } from './alertmanager';
import { annotationRules } from './annotations';
import { sharedAddress } from './load-balancer';
import { absentParts } from './network-policies';
import { endpointViolations, secretViolations } from './object-store';
import { resourceOrder } from './resources';
import { writeLimitViolations } from './write-limits';

/**
 * Share of a volume that retention by size may use: the rest holds the WAL, the head's chunks and the block
 * that is being written (Prometheus' storage documentation advises 80 to 85 %).
 */
const retentionShare = 0.8;

/**
 * Share of Store's memory limit that its caches may take; the rest is for index headers and queries in
 * flight.
 */
const storeCacheShare = 0.7;

/** What must hold between keys of a central stack. */
export function centralRules(config: CentralConfig): Violation[] {
  const { prometheus, receive, store, compactor, queryFrontend, outage } = config;
  const found: Violation[] = [
    ...duplicateEdges(config),
    ...resourceOrder(config),
    ...writeLimitViolations(config),
    ...alertmanagerRules(config),
    ...secretViolations(config),
    ...endpointViolations(config),
    ...annotationRules(config),
    ...insideOfCluster(config),
    ...sharedAddress(config),
    ...absentParts(config),
  ];
  const most = prometheus.storage.times(retentionShare);
  if (prometheus.retentionSize.bytes > most.bytes) {
    found.push({
      key: 'prometheus.retentionSize',
      found: prometheus.retentionSize.kubernetes,
      allowed: `at most ${Math.floor(most.bytes / 2 ** 20)}Mi, 80 % of prometheus.storage (${prometheus.storage.kubernetes})`,
      fix: 'Lower it or raise prometheus.storage: a full volume stops Prometheus.',
    });
  }
  const upload = uploadTime(receive.blockDuration);
  const latest = lateness(outage);
  const least = leastReceiveRetention(outage, receive.blockDuration);
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

/** Hosts for people and edges in a domain that the cluster's own DNS answers for, and nobody else. */
const insideOfCluster = ({ cluster: { domain, clusterDomain } }: CentralConfig): Violation[] =>
  domain === clusterDomain || domain.endsWith(`.${clusterDomain}`)
    ? [
        {
          key: 'cluster.domain',
          found: domain,
          allowed: `a domain outside of cluster.clusterDomain (${clusterDomain}), which only pods of this cluster resolve`,
          fix: 'Change it in the stack file.',
        },
      ]
    : [];

/** Edges whose alerts nobody evaluates. */
export const unwatchedEdges = ({ edges, ruler }: Pick<CentralConfig, 'edges' | 'ruler'>): Violation[] =>
  ruler.enabled || edges.length === 0
    ? []
    : [
        {
          key: 'ruler.enabled',
          found: 'false',
          allowed:
            'true, as long as monitoring:edges lists clusters: without a Ruler no rule is evaluated over them',
          fix: 'Set it to true, or say in acceptedRisks who watches the edges instead.',
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
