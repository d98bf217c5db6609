import { Quantity, type Duration } from '../config/units';
import { lateness } from './lateness';

/**
 * Least share of a truncation period that a truncation leaves in the write-ahead log, as a divisor.
 *
 * A truncation deletes the lower two thirds of the complete segments, whatever has been sent, and nothing while there
 * are fewer than four. Its worst case is five segments since the last one: it leaves the newest complete segment of
 * four, a quarter of the period. (`truncate` in Prometheus v3.14.0, tsdb/agent/db.go; the test repeats it over all rates.)
 */
const leastShareKept = 4;

/** Size of a complete segment of the log (DefaultSegmentSize in Prometheus v3.14.0, tsdb/wlog). */
const segment = Quantity.parse('128MiB');

/** What makes a Prometheus Agent keep the samples of an outage. */
export interface AgentBuffer {
  /** `--storage.agent.wal-truncate-frequency` */
  truncateFrequency: Duration;
  /** `--storage.agent.retention.max-time` */
  maxTime: Duration;
}

/**
 * Sizes the agent's write-ahead log so that an outage of the promised length loses nothing.
 *
 * The queue reads the log segment by segment and stops where the receiver stopped answering. If the segment it needs
 * next has been deleted, it starts again at the present and the whole backlog is lost, so what decides is the deletion
 * of segments, not the retention time:
 *
 * - needed = `lateness`, outage + 30m: the oldest sample that may still have to be sent.
 * - truncateFrequency = 4 × needed, because a truncation may leave as little as a quarter of a period. With the default
 *   of 2h, an outage of half an hour at a bad moment loses samples.
 * - maxTime = needed. It only bounds how long series without new samples are remembered, and the checkpoint of an outage
 *   that is longer than promised; below `needed` it would forget pods that ended during the outage.
 *
 * An agent that restarts during the outage starts at the present too: hence two replicas.
 *
 * @param outage how long the receiver may be away
 */
export function agentBuffer(outage: Duration): AgentBuffer {
  const needed = lateness(outage);
  return { truncateFrequency: needed.times(leastShareKept), maxTime: needed };
}

/**
 * The largest size of the write-ahead log of one agent: just before a truncation it holds one and a half periods, or up
 * to four segments where a period does not fill one. The same with and without an outage.
 *
 * @param bytesPerSecond compressed bytes appended per second
 */
export function walSize(outage: Duration, bytesPerSecond: number): Quantity {
  const period = agentBuffer(outage).truncateFrequency.seconds;
  return Quantity.ofBytes(1.5 * period * bytesPerSecond + 4 * segment.bytes);
}
