/**
 * Most copies of a sample that Receive keeps: with three, one ingestor may fail and a write still has its
 * quorum of two.
 */
const mostReplicas = 3;

/**
 * Number of ingestors that keep each sample, Receive's `--receive.replication-factor`. Never more than there
 * are in the ring, or every write would be refused. With two the quorum is one, so two ingestors already
 * survive the loss of one.
 */
export const replicationFactor = (ring: number): number => Math.min(mostReplicas, ring);
