import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosen, job, perSecond } from '../queries';

const own = `${chosen},${job.prometheus}`;

/** What only the centre's servers do: keep blocks, answer queries, evaluate rules. */
export const servers: Row = {
  title: 'Storage, queries and rules of the centre’s servers',
  panels: [
    curvePanel(
      {
        title: 'How much is on the volume?',
        description:
          'Blocks and log of each server. retentionSize deletes the oldest block before the volume is full.',
        unit: 'bytes',
        min: 0,
        links: [runbook('PrometheusRetentionCut'), runbook('VolumeFilling')],
        width: 8,
      },
      [
        { expr: `max by (pod) (prometheus_tsdb_storage_blocks_bytes{${own}})`, legend: '{{pod}} blocks' },
        {
          expr: `max by (pod) (prometheus_tsdb_wal_storage_size_bytes{${own}} and on (cluster, pod) prometheus_tsdb_head_series)`,
          legend: '{{pod}} log',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How far back does each server go?',
        description: 'Age of its oldest sample. What is older comes from the bucket.',
        unit: 's',
        min: 0,
        links: [runbook('PrometheusRetentionCut')],
        width: 8,
      },
      [
        {
          expr: `time() - max by (pod) (prometheus_tsdb_lowest_timestamp_seconds{${own}} > 0)`,
          legend: '{{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long do its queries take?',
        description: 'Nine in ten take less, by part of the work. Its rules are the most of them.',
        unit: 's',
        min: 0,
        links: [to('thanos', 'Queries over all clusters')],
        width: 8,
      },
      [
        {
          expr: `max by (slice) (prometheus_engine_query_duration_seconds{${own},quantile="0.9"})`,
          legend: '{{slice}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Do its rules work?',
        description:
          'Evaluations a second, those that failed, and groups that took longer than their interval.',
        unit: 'cps',
        min: 0,
        links: [to('alertmanager-overview', 'Alerts')],
        width: 8,
      },
      [
        {
          expr: `sum(rate(prometheus_rule_evaluations_total{${own}}[$__rate_interval]))`,
          legend: 'evaluations',
        },
        {
          expr: `sum(rate(prometheus_rule_evaluation_failures_total{${own}}[$__rate_interval]))`,
          legend: 'failed',
        },
        {
          expr: `sum(rate(prometheus_rule_group_iterations_missed_total{${own}}[$__rate_interval]))`,
          legend: 'left out',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Do its alerts reach Alertmanager?',
        description: 'Alerts a second that were sent, failed and dropped.',
        unit: 'cps',
        min: 0,
        links: [to('alertmanager-overview', 'Who is told'), runbook('PrometheusAlertsDropped')],
        width: 8,
      },
      [
        { expr: perSecond('pod', `prometheus_notifications_sent_total{${own}}`), legend: '{{pod}} sent' },
        { expr: perSecond('pod', `prometheus_notifications_errors_total{${own}}`), legend: '{{pod}} failed' },
        {
          expr: perSecond('pod', `prometheus_notifications_dropped_total{${own}}`),
          legend: '{{pod}} dropped',
        },
      ],
    ),
    curvePanel(
      {
        title: 'What goes wrong on the disk?',
        description: 'Within an hour: compactions and reloads that failed, and corruptions of the log.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood(),
        links: [runbook('VolumeFilling'), runbook('EdgeLogWritesFailing')],
        width: 8,
      },
      [
        {
          expr: `sum by (pod) (increase(prometheus_tsdb_compactions_failed_total{${own}}[1h]))`,
          legend: '{{pod}} compaction',
        },
        {
          expr: `sum by (pod) (increase(prometheus_tsdb_reloads_failures_total{${own}}[1h]))`,
          legend: '{{pod}} reload',
        },
        {
          expr: `sum by (cluster, pod) (increase(prometheus_tsdb_wal_corruptions_total{${own}}[1h]))`,
          legend: '{{cluster}} {{pod}} log',
        },
      ],
    ),
  ],
};
