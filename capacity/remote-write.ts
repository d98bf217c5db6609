import { Duration } from '../config/units';

/**
 * Settings of an agent's remote write, the same for every agent; only the number of shards follows from the
 * edge's series.
 */
export const remoteWrite = {
  /**
   * Samples in one request (`max_samples_per_send`); Receive's limits for requests let it through
   * (write-limits.ts).
   */
  samplesPerSend: 2000,
  /** Samples that a shard holds before it makes the reader of the log wait (`capacity`): five requests. */
  shardCapacity: 10_000,
  /** Time after which an agent gives up a request (`remote_timeout`). */
  timeout: Duration.parse('30s'),
  /** Longest time from a failed request to the next (`max_backoff`). */
  maxBackoff: Duration.parse('5s'),
  /**
   * Seconds that a write takes from sending to its answer, at worst: a slow line, and a Receive that all
   * edges write to again.
   */
  requestSeconds: 0.25,
  /** Time that catching up after the promised outage may take. */
  catchUp: Duration.parse('1h'),
};
