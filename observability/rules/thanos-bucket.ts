import { serverBlock } from '../../capacity/server-disk';
import { oneOf, thanosParts, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * Store and Compactor go through the bucket every 3 to 5 minutes: a quarter of an hour holds several rounds.
 */
const range = '15m';

/**
 * The way of blocks into the bucket and out of it.
 *
 * "No upload" is guarded three times: an idle part has nothing to upload (it must have taken samples that
 * long ago), a new one not yet, and one that was restarted has forgotten when it last did.
 */
export const thanosBucket = (facts: RuleFacts): RuleGroup => {
  const { receive, sidecar, ruler, prometheus, store, compactor } = facts;
  const uploaders = oneOf([receive, sidecar, ...(ruler ? [ruler] : [])].map(({ job }) => job));
  const heads = oneOf([receive, prometheus, ...(ruler ? [ruler] : [])].map(({ job }) => job));
  const inBucket = `job=~"${oneOf(thanosParts(facts).map(({ job }) => job))}"`;
  // A block is cut half its length after its end and then uploaded: every two lengths at the latest, and one
  // for a retry. One rule for all parts, so by the longest of their blocks: no ingestor's is longer.
  const overdue = serverBlock.times(3);
  return {
    name: 'thanos-bucket',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'ThanosUploadFailing',
        expr: `sum by (job, pod) (increase(thanos_shipper_upload_failures_total{job=~"${uploaders}"}[${range}])) > 0`,
        for: '10m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} cannot upload blocks',
          description:
            'Blocks stay on its volume until they are uploaded. The first reason to look for is a right that was taken away.',
        },
      },
      {
        alert: 'ThanosNoUpload',
        expr: `time() - max by (pod) (thanos_objstore_bucket_last_successful_upload_time{job=~"${uploaders}"}) > ${overdue.seconds}
and on (pod)
time() - max by (pod) (process_start_time_seconds{job=~"${uploaders}"}) > ${overdue.seconds}
and on (pod)
sum by (pod) (rate(prometheus_tsdb_head_samples_appended_total{job=~"${heads}"}[15m] offset ${overdue.toString()})) > 0`,
        for: '15m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.pod }} has uploaded no block for more than ' + overdue.toString(),
          description: `It took samples ${overdue.toString()} ago, whose block is due. Its volume is the only place that has them.`,
        },
      },
      ...bucketErrors(inBucket),
      {
        alert: 'ThanosBucketSlow',
        // A query reads dozens of parts of blocks one after the other; Store itself gives up after a minute.
        expr: `histogram_quantile(0.9, sum by (job, operation, le) (rate(thanos_objstore_bucket_operation_duration_seconds_bucket{${inBucket},operation=~"get|get_range|exists|attributes"}[${range}]))) > 5
and
sum by (job, operation) (increase(thanos_objstore_bucket_operation_duration_seconds_count{${inBucket},operation=~"get|get_range|exists|attributes"}[${range}])) > 20`,
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary:
            'One {{ $labels.operation }} in ten of {{ $labels.job }} takes longer than {{ $value | humanizeDuration }}',
          description: 'Queries over what is in the bucket are slow, and compaction with them.',
        },
      },
      {
        alert: 'ThanosBlocksNotRead',
        // In brackets: `unless` binds more tightly than `or`, and would hold for the second alone.
        expr: `(
sum by (job, pod) (increase(thanos_bucket_store_block_load_failures_total{job="${store.job}"}[${range}])) > 0
or
sum by (job, pod) (increase(thanos_blocks_meta_sync_failures_total{job=~"${oneOf([store.job, compactor.job])}"}[${range}])) > 0
)
unless on (job)
${failedShare(inBucket)} > 0.05`,
        for: '30m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} cannot read blocks that are in the bucket',
          description:
            'The bucket itself answers. A block is broken, or half uploaded: queries may lack what it holds.',
        },
      },
    ],
  };
};

const failedShare = (inBucket: string) =>
  `sum by (job) (rate(thanos_objstore_bucket_operation_failures_total{${inBucket}}[${range}])) / sum by (job) (rate(thanos_objstore_bucket_operations_total{${inBucket}}[${range}]))`;

/** Some errors are retried; when more than half fail the bucket is away, or a key is refused. */
const bucketErrors = (inBucket: string): AlertingRule[] =>
  (
    [
      [
        'critical',
        0.5,
        '5m',
        'The bucket does not answer, or refuses its key: nothing is uploaded, and queries lack what only the bucket has.',
      ],
      ['warning', 0.05, '30m', 'They are tried again. Uploads are late, and queries may fail.'],
    ] as const
  ).map(([severity, share, wait, description]) => ({
    alert: 'ThanosBucketErrors',
    expr: `${failedShare(inBucket)} > ${share}`,
    for: wait,
    labels: { severity },
    annotations: {
      summary: '{{ $value | humanizePercentage }} of the operations of {{ $labels.job }} on the bucket fail',
      description,
    },
  }));
