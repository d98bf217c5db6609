import { Duration, Quantity } from '../config/units';

/*
 * Everything that follows from `outage`, the time that an edge and the centre may be apart without losing a
 * sample. What a length of time must hold in bytes and in shards stands beside it: agent.ts and receive.ts.
 * Why: docs/outage.md.
 *
 *   lateness           outage + 30m                 age at which every part must still take a sample
 *   agent's log        truncated every 4 × lateness, series remembered for lateness
 *   Receive            out-of-order window = lateness; retention ≥ lateness + 2 blocks
 *   query-frontend     caches nothing younger than lateness
 *   left the ring      an ingestor stays 3.5 blocks + 10m, late samples being in its blocks by then
 */

/**
 * Time beyond the outage itself until the oldest sample of a backlog has arrived: an agent tries again after
 * 5 s at most, names must resolve, load balancers find their backends, and the first requests pass a Receive
 * that all edges write to again. A restarted agent sends its newest samples at once, and each makes those of
 * the other agent's backlog older: a window of exactly the outage lost 15 s of 600.
 */
const reconnecting = Duration.parse('30m');

/**
 * Age at which a sample must still be taken by the agents' logs, Receive and query-frontend's cache: outage +
 * 30m.
 */
export const lateness = (outage: Duration): Duration => outage.plus(reconnecting);

/** Receive's `--tsdb.out-of-order.time-window`. */
export const outOfOrderWindow = lateness;

/**
 * Age below which query-frontend caches no answer: cached earlier, the gap that a backlog fills would stay in
 * it.
 */
export const cacheFreshness = lateness;

/**
 * Time from a sample to its block in the bucket: a block is cut half its length after its end, then compacted
 * and uploaded. Two lengths, rounded up.
 */
export const uploadTime = (blockDuration: Duration): Duration => blockDuration.times(2);

/** Least `receive.retention`: shorter, late samples would be deleted before they reach the bucket. */
export const leastReceiveRetention = (outage: Duration, blockDuration: Duration): Duration =>
  lateness(outage).plus(uploadTime(blockDuration));

/**
 * Least share of a truncation period that a truncation leaves in an agent's log, as a divisor.
 *
 * A truncation deletes the lower two thirds of the complete segments, whatever has been sent, and nothing
 * while there are fewer than four. Its worst case is five segments since the last one: it leaves the newest
 * complete one of four, a quarter of the period. (`truncate` in Prometheus v3.14.0, tsdb/agent/db.go; the
 * test repeats it over all rates.)
 */
const leastShareKept = 4;

/** What makes a Prometheus Agent keep the samples of an outage. */
export interface AgentBuffer {
  /** `--storage.agent.wal-truncate-frequency` */
  truncateFrequency: Duration;
  /** `--storage.agent.retention.max-time` */
  maxTime: Duration;
}

/**
 * Settings of the agent's write-ahead log with which an outage of the promised length loses nothing
 * (docs/adr/0007).
 *
 * The queue stops reading the log where the receiver stopped answering, and when the segment that it needs
 * next has been deleted, it starts again at the present. So what decides is the deletion of segments, not the
 * retention time:
 *
 * - truncateFrequency = 4 × lateness, because a truncation may leave as little as a quarter of a period.
 * - maxTime = lateness: it bounds how long series without new samples are remembered, and the checkpoint of a
 *   longer outage.
 *
 * An agent that restarts during the outage starts at the present too: hence two replicas.
 */
export function agentBuffer(outage: Duration): AgentBuffer {
  const needed = lateness(outage);
  return { truncateFrequency: needed.times(leastShareKept), maxTime: needed };
}

/** Size of a complete segment of the log (DefaultSegmentSize in Prometheus v3.14.0, tsdb/wlog). */
const segment = Quantity.parse('128MiB');

/**
 * Largest size of one agent's log: just before a truncation it holds one and a half periods, or up to four
 * segments where a period does not fill one. The same with and without an outage.
 *
 * @param bytesPerSecond compressed bytes appended per second
 */
export function walSize(outage: Duration, bytesPerSecond: number): Quantity {
  const period = agentBuffer(outage).truncateFrequency.seconds;
  return Quantity.ofBytes(1.5 * period * bytesPerSecond + 4 * segment.bytes);
}

/**
 * Until kubelet and the routers know the smaller ring (3m), the last block is uploaded (30s) and Store has
 * found it (3m).
 */
const discovery = Duration.parse('10m');

/**
 * Time that an ingestor is kept after it left the ring: 3.5 blocks + 10m.
 *
 * Receive cuts what nobody writes to any more into blocks by the clock, a tick for each length of a block: at
 * the first tick at which the oldest sample is one and a half lengths old it cuts one block, and one more at
 * the next; so all is cut 1.5 + 1 + 1 lengths after the last sample. Its shutdown alone would not do: in
 * 0.42.4 that leaves out what came late, and the newest sample (docs/adr/0008).
 */
export const drainTime = (blockDuration: Duration): Duration => blockDuration.times(3.5).plus(discovery);
