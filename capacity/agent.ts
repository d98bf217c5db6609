import type { EdgeConfig } from '../config/edge';
import { Duration } from '../config/units';
import { agent } from './constants';
import { times, type Need } from './need';
import { agentBuffer, walSize } from './outage';
import { sampleRate, type EdgePlan, type Plan } from './plan';
import { remoteWrite } from './remote-write';

/**
 * Series that one agent scrapes and logs: what the centre plans, or more. Fewer only where a part alone is
 * sent, since else that number is the truth.
 */
export const scrapedSeries = (
  { keepMetrics, series }: Pick<EdgeConfig['agent'], 'keepMetrics' | 'series'>,
  planned: number,
): number => (keepMetrics ? (series ?? planned) : Math.max(series ?? planned, planned));

/**
 * Shards of the queue of an agent, its smallest and its largest number alike: a queue that changes their
 * number drops samples where the receiver goes away meanwhile (docs/outage.md).
 *
 * As many as send the backlog of the promised outage within `remoteWrite.catchUp`: what comes in × (1 +
 * outage / catchUp). At least two, so that one request that hangs does not stop everything.
 */
export const shards = (series: number, plan: EdgePlan): number => {
  const rateOut = sampleRate(series, plan) * (1 + plan.outage.seconds / remoteWrite.catchUp.seconds);
  return Math.max(2, Math.ceil((rateOut * remoteWrite.requestSeconds) / remoteWrite.samplesPerSend));
};

/**
 * Memory of one agent: the process, each series that it scrapes and remembers for remote write, and a queue
 * that an outage has filled. The length of the outage does not matter: the rest of the backlog is on disk.
 */
export const agentMemory = (series: number, plan: EdgePlan): Need => ({
  component: 'agent',
  resource: 'memory',
  key: 'agent.resources.limits.memory',
  pods: 1,
  terms: [
    { what: 'the process', bytes: agent.memory },
    times(series, 'series', agent.memoryPerSeries),
    times(
      shards(series, plan) * (remoteWrite.shardCapacity + 2 * remoteWrite.samplesPerSend),
      'queued samples',
      agent.memoryPerQueuedSample,
    ),
  ],
});

/**
 * Volume of one agent: its write-ahead log, which keeps samples until a truncation, sent or not, and the
 * series again in the checkpoint (written anew before the old one is deleted, so twice).
 */
export function agentDisk(series: number, plan: EdgePlan): Need {
  const rate = sampleRate(series, plan) * agent.walPerSample;
  const period = agentBuffer(plan.outage).truncateFrequency;
  return {
    component: 'agent',
    resource: 'disk',
    key: 'agent.storage',
    pods: 1,
    terms: [
      {
        what: `log of up to ${period.times(1.5).toString()}, and four segments, at ${sampleRate(series, plan).toFixed(0)} samples/s of ${agent.walPerSample} bytes`,
        bytes: walSize(plan.outage, rate).bytes,
      },
      times(2 * series, 'series in the checkpoint', agent.checkpointPerSeries),
    ],
  };
}

/** Bytes a second that one agent sends while it keeps up, without TLS. */
export const sentBytesPerSecond = (series: number, plan: Plan): number =>
  sampleRate(series, plan) * agent.wirePerSample;

/** Samples a second that an agent sends while it is behind: all that its shards can. */
export const catchUpRate = (
  series: number,
  plan: Plan,
  { count = shards(series, plan), requestSeconds = remoteWrite.requestSeconds } = {},
): number => (count * remoteWrite.samplesPerSend) / requestSeconds;

/**
 * How an agent works off the backlog of an outage.
 *
 * Each shard has one request under way: it sends `samplesPerSend` each `requestSeconds`, whatever has piled
 * up. What is left above the samples that go on coming reduces the backlog: time = outage × in / (out − in).
 *
 * @returns undefined where the queue never catches up
 */
export function catchUp(
  series: number,
  plan: Plan,
  options: { count?: number; requestSeconds?: number } = {},
): { time: Duration; bytesPerSecond: number } | undefined {
  const rateIn = sampleRate(series, plan);
  const rateOut = catchUpRate(series, plan, options);
  if (rateOut <= rateIn) return undefined;
  return {
    time: Duration.ofSeconds((plan.outage.seconds * rateIn) / (rateOut - rateIn)),
    bytesPerSecond: rateOut * agent.wirePerSample,
  };
}

/** The largest edge decides, since all are configured alike. */
export const largestEdge = (plan: Plan): number =>
  plan.edges.reduce((most, { series }) => Math.max(most, series), 0);
