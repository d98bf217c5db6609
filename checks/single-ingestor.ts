import type { CentralConfig } from '../config/central';

/**
 * Says what a single ingestor costs: its volume stays attached to the node that died, and its pod stays
 * Terminating there, until somebody frees both. No number of nodes helps, and no time ends it. With two, one
 * is the quorum (`writeQuorum` in Thanos v0.42.4, pkg/receive/handler.go).
 */
export const singleIngestorWarnings = ({
  cluster,
  edges,
  outage,
  receive,
}: Pick<CentralConfig, 'cluster' | 'edges' | 'outage' | 'receive'>): string[] =>
  receive.ring > 1 || edges.length === 0
    ? []
    : [
        `monitoring:receive.ring is 1: when the node of the only ingestor dies, its volume (${cluster.storageClass}) stays there until ` +
          'somebody frees it (docs/runbooks/ThanosReceiveNoQuorum.md). Until then no edge can write, and after outage ' +
          `(${outage.toString()}) samples of all edges are lost. With receive.replicas: 3 on three nodes writes go on.`,
      ];
