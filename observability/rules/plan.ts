import { ringPods, type RuleFacts } from './facts';
import { headSeriesOf } from './head-series';
import type { RecordingRule, RuleGroup } from './rule-group';

/** Seconds that an edge and the centre may be apart without losing a sample. */
export const promisedOutage = 'plan:outage:seconds';

/** Bytes by the model: label `container`. */
export const plannedMemory = 'plan:memory:bytes';

/** Bytes by the model: label `claim`. */
export const plannedVolume = 'plan:volume:bytes';

/** Bytes a day by the model. */
export const plannedBucketGrowth = 'plan:bucket_growth:bytes_per_day';

/** Series of each edge, label `tenant`, as Receive counts them against `thanos_receive_head_series_limit`. */
export const headSeries = 'tenant:head_series:sum';

const constant = (record: string, value: number, labels?: Record<string, string>): RecordingRule => ({
  record,
  expr: `vector(${Math.ceil(value)})`,
  ...(labels && { labels }),
});

/**
 * Dashboards are built once for every stack; what differs between stacks reaches them as series. Nothing
 * here alerts. The sum of series is the one that Receive itself compares with the limit.
 */
export const plan = (facts: RuleFacts): RuleGroup => {
  const { outage, receive } = facts;
  const { job, replicationFactor: copies } = receive;
  return {
    name: 'plan',
    evaluator: 'prometheus',
    interval: '1m',
    rules: [
      constant(promisedOutage, outage.seconds),
      ...Object.entries(facts.plan.memory).map(([container, bytes]) =>
        constant(plannedMemory, bytes, { container }),
      ),
      ...Object.entries(facts.plan.volumes).map(([claim, bytes]) =>
        constant(plannedVolume, bytes, { claim }),
      ),
      constant(plannedBucketGrowth, facts.plan.bucketPerDay),
      { record: headSeries, expr: headSeriesOf({ job, pods: ringPods(facts), copies }) },
    ],
  };
};
