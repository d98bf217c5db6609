import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { job, perSecond, quantile } from '../queries';

const operation = 'thanos_objstore_bucket_operation';

/** Blocks on their way into the bucket, what is done with them there, and what the bucket does. */
export const storage: Row = {
  title: 'Storage: bucket, Compactor, Store',
  panels: [
    curvePanel(
      {
        title: 'When did each part last upload a block?',
        description: 'A block is due every two hours. What is not uploaded is on one volume only.',
        unit: 's',
        min: 0,
        thresholds: rising(4 * 3600, 6 * 3600),
        links: [runbook('ThanosNoUpload'), runbook('ThanosUploadFailing')],
        noValue: 'none has yet',
        width: 8,
      },
      [
        {
          expr: `time() - (max by (pod) (thanos_objstore_bucket_last_successful_upload_time{${job.uploaders}}) > 0)`,
          legend: '{{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many blocks are in the bucket?',
        description:
          'As Store has them, and why it leaves others out: marked for deletion, replaced by a larger one, too fresh. Their age and resolution are in no metric: thanos tools bucket inspect shows them.',
        unit: 'short',
        min: 0,
        links: [runbook('ThanosBlocksNotRead')],
        width: 8,
      },
      [
        {
          expr: `max by (state) (thanos_blocks_meta_synced{${job.store}}) > 0`,
          legend: '{{state}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How much does the bucket grow?',
        description:
          'Bytes a second that are written into it, by part. What the Compactor writes replaces other blocks.',
        unit: 'Bps',
        min: 0,
        stacked: true,
        links: [to('capacity', 'Against the plan')],
        width: 8,
      },
      [
        {
          expr: perSecond('job', `${operation}_transferred_bytes_sum{${job.thanos},operation="upload"}`),
          legend: '{{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'What has the Compactor still to do?',
        description:
          'Compactions, blocks to downsample and blocks to delete. What grows for days is never done.',
        unit: 'short',
        min: 0,
        links: [runbook('ThanosCompactSlow')],
        width: 8,
      },
      [
        { expr: `max(thanos_compact_todo_compactions{${job.compactor}})`, legend: 'compactions' },
        {
          expr: `max(thanos_compact_todo_downsample_blocks{${job.compactor}})`,
          legend: 'blocks to downsample',
        },
        { expr: `max(thanos_compact_todo_deletion_blocks{${job.compactor}})`, legend: 'blocks to delete' },
      ],
    ),
    curvePanel(
      {
        title: 'Does the Compactor work?',
        description: 'Rounds that it has finished in an hour; halted is 1 when it waits for somebody.',
        unit: 'short',
        min: 0,
        links: [runbook('ThanosCompactHalted'), runbook('ThanosCompactSlow')],
        width: 8,
      },
      [
        {
          expr: `sum(increase(thanos_compact_iterations_total{${job.compactor}}[1h]))`,
          legend: 'rounds in an hour',
        },
        { expr: `max(thanos_compact_halted{${job.compactor}})`, legend: 'halted' },
        {
          expr: `sum(increase(thanos_compact_blocks_cleaned_total{${job.compactor}}[1h]))`,
          legend: 'blocks deleted in an hour',
        },
      ],
    ),
    curvePanel(
      {
        title: 'What fails in the Compactor?',
        description: 'Within an hour. Each is tried again in the next round; its log names the block.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('ThanosCompactFailing'), runbook('ThanosCompactBlocksSkipped')],
        width: 8,
      },
      [
        {
          expr: `sum(increase(thanos_compact_group_compactions_failures_total{${job.compactor}}[1h]))`,
          legend: 'compaction',
        },
        {
          expr: `sum(increase(thanos_compact_downsample_failures_total{${job.compactor}}[1h]))`,
          legend: 'downsampling',
        },
        {
          expr: `sum(increase(thanos_compact_block_cleanup_failures_total{${job.compactor}}[1h]))`,
          legend: 'deletion',
        },
        {
          expr: `sum by (reason) (increase(thanos_compact_blocks_marked_total{${job.compactor},marker="no-compact-mark.json"}[1h]))`,
          legend: 'left out: {{reason}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'What is the bucket asked for?',
        description: 'Operations a second by kind: what an object store charges for.',
        unit: 'ops',
        min: 0,
        stacked: true,
        links: [runbook('ThanosBucketErrors')],
        width: 8,
      },
      [
        {
          expr: perSecond('operation', `${operation}s_total{${job.thanos}}`),
          legend: '{{operation}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which operations on the bucket fail?',
        description: 'Share of the operations of each part. What is not there is no failure.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.05, 0.5),
        links: [runbook('ThanosBucketErrors')],
        width: 8,
      },
      [
        {
          expr: `${perSecond('job', `${operation}_failures_total{${job.thanos}}`)} / ${perSecond('job', `${operation}s_total{${job.thanos}}`)}`,
          legend: '{{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How fast is the bucket?',
        description: 'One operation in ten takes longer, by kind.',
        unit: 's',
        min: 0,
        thresholds: rising(1, 5),
        links: [runbook('ThanosBucketSlow')],
        width: 8,
      },
      [
        {
          expr: quantile(
            0.9,
            'operation',
            `${operation}_duration_seconds_bucket{${job.thanos},operation=~"get|get_range|exists|attributes"}`,
          ),
          legend: '{{operation}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How much does Store’s index cache save?',
        description: 'Share of what was asked of it that it had, by kind.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        links: [to('capacity', 'Its memory')],
        width: 12,
      },
      [
        {
          expr: `${perSecond('item_type', `thanos_store_index_cache_hits_total{${job.store}}`)} / ${perSecond('item_type', `thanos_store_index_cache_requests_total{${job.store}}`)}`,
          legend: '{{item_type}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which blocks can not be read?',
        description:
          'Failures within an hour: Store that loads a block, Store and Compactor that read its meta.json.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('ThanosBlocksNotRead')],
        width: 12,
      },
      [
        {
          expr: `sum by (pod) (increase(thanos_bucket_store_block_load_failures_total{${job.store}}[1h]))`,
          legend: '{{pod}}: block',
        },
        {
          expr: `sum by (pod) (increase(thanos_blocks_meta_sync_failures_total{${job.thanos}}[1h]))`,
          legend: '{{pod}}: meta.json',
        },
      ],
    ),
  ],
};
