import type { RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';
import { answering } from './thanos-parts';

/**
 * The Compactor goes on running, healthy and ready, when it has stopped working: halted by a block that it
 * cannot merge, or slower than blocks come. Both have gone unseen for months elsewhere (thanos#5211, #7218),
 * until the bucket was full.
 */
export const thanosCompactor = ({ compactor }: RuleFacts): RuleGroup => {
  const own = `job="${compactor.job}"`;
  const failed = (metric: string) => `sum by (pod) (increase(${metric}{${own}}[1h])) > 2`;
  const halted = `max by (pod) (thanos_compact_halted{${own}}) == 1`;
  return {
    name: 'thanos-compactor',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'ThanosCompactHalted',
        expr: halted,
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} has halted: it compacts, downsamples and deletes nothing',
          description:
            'It met a block that it cannot merge, and waits for somebody. Nothing is lost; the bucket grows.',
        },
      },
      {
        alert: 'ThanosCompactHalted',
        expr: halted,
        // A day of blocks that nobody merges is what a day repairs; a week is not.
        for: '1d',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.pod }} has been halted for a day',
          description:
            'The longer it stands the longer it needs afterwards, and the bucket grows by every block.',
        },
      },
      {
        alert: 'ThanosCompactSlow',
        // A round is due every 5 minutes and takes hours at worst. And a backlog whose best moment of six
        // hours is worse than the worst of the same six hours yesterday grows for good; by more than five,
        // since a few groups are always under way.
        expr: `(
max by (pod) (increase(thanos_compact_iterations_total{${own}}[12h])) == 0
and on (pod)
time() - max by (pod) (process_start_time_seconds{${own}}) > 12 * 3600
or
max by (pod) (min_over_time(thanos_compact_todo_compactions{${own}}[6h])) > 5 + max by (pod) (max_over_time(thanos_compact_todo_compactions{${own}}[6h] offset 1d))
)
unless on (pod)
${halted}`,
        for: '1h',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} does not keep up with the blocks that are uploaded',
          description:
            'It has not finished a round in 12 hours, or its backlog has grown for a day. It is not halted.',
        },
      },
      {
        alert: 'ThanosCompactFailing',
        // Each is tried again in the next round, so two an hour may be one bad moment.
        expr: `(
${failed('thanos_compact_group_compactions_failures_total')}
or
${failed('thanos_compact_downsample_failures_total')}
or
${failed('thanos_compact_garbage_collection_failures_total')}
or
${failed('thanos_compact_block_cleanup_failures_total')}
)
unless on (pod)
${halted}`,
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} fails again and again: {{ $value | humanize }} times within an hour',
          description: 'Compaction, downsampling or deletion. Its log names the block.',
        },
      },
      {
        alert: 'ThanosCompactMultiple',
        expr: `${answering(compactor)} > 1`,
        for: '2m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $value }} Compactors work on one bucket',
          description:
            'They compact the same blocks, and both results overlap for ever. Stop all but one now.',
        },
      },
      {
        alert: 'ThanosCompactBlocksSkipped',
        expr: `sum by (reason) (increase(thanos_compact_blocks_marked_total{${own},marker="no-compact-mark.json"}[1d])) > 0`,
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $value | humanize }} blocks were marked as not to be compacted',
          description:
            'For the reason {{ $labels.reason }}. They stay as they are for ever, and queries over their time are slower.',
        },
      },
    ],
  };
};
