import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { job, perSecond } from '../queries';

/** Groups that record, ours and the chart's: of alerts an empty result is the good one. */
const recorded = `prometheus_rule_group_last_evaluation_samples{${job.ruler},rule_group=~".*(\\\\.rules|edge-freshness|targets-up)"}`;

/** The name of a group, which stands after its file. */
const group = (expr: string) => `label_replace(${expr}, "group", "$1", "rule_group", ".*;(.+)")`;

/** The Ruler: rules over all clusters. */
export const rules: Row = {
  title: 'Rules: the Ruler',
  panels: [
    curvePanel(
      {
        title: 'How many rules are evaluated?',
        description: 'Evaluations a second, by Ruler; and those that failed.',
        unit: 'cps',
        min: 0,
        links: [runbook('RulerIdle'), runbook('RulerFailing')],
        width: 8,
      },
      [
        { expr: perSecond('pod', `prometheus_rule_evaluations_total{${job.ruler}}`), legend: '{{pod}}' },
        {
          expr: perSecond('pod', `prometheus_rule_evaluation_failures_total{${job.ruler}}`),
          legend: '{{pod}} failed',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which groups take long?',
        description:
          'Share of its interval that a group takes; the ten slowest. Above 100 % evaluations are left out.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.5, 1),
        links: [runbook('RulerSlow')],
        width: 8,
      },
      [
        {
          expr: group(
            `topk(10, max by (rule_group) (prometheus_rule_group_last_duration_seconds{${job.ruler}}) / max by (rule_group) (prometheus_rule_group_interval_seconds{${job.ruler}}))`,
          ),
          legend: '{{group}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which groups record nothing?',
        description:
          'Groups whose rules recorded something within a day and now do not, and at how many Rulers.',
        unit: 'short',
        min: 0,
        links: [runbook('RulerReturnsNothing')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: group(`count by (rule_group) (${recorded} == 0 and max_over_time(${recorded}[1d]) > 0)`),
          legend: '{{group}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Do alerts reach Alertmanager?',
        description: 'Alerts a second that the Ruler has sent, and those that it dropped.',
        unit: 'cps',
        min: 0,
        links: [to('alertmanager-overview', 'Who is told'), runbook('RulerAlertsDropped')],
        width: 8,
      },
      [
        {
          expr: perSecond('pod', `thanos_alert_sender_alerts_sent_total{${job.ruler}}`),
          legend: '{{pod}} sent',
        },
        {
          expr: perSecond('pod', `thanos_alert_sender_alerts_dropped_total{${job.ruler}}`),
          legend: '{{pod}} dropped',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Are rules evaluated over parts of the data?',
        description: 'Evaluations within an hour during which a StoreAPI did not answer.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('RulerPartialAnswers')],
        width: 8,
      },
      [
        {
          expr: `sum by (pod) (increase(thanos_rule_evaluation_with_warnings_total{${job.ruler}}[1h]))`,
          legend: '{{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many rules does each Ruler have?',
        description: 'Both have the same. A file that it cannot read leaves it with the old ones.',
        unit: 'short',
        min: 0,
        links: [runbook('RulerRulesNotLoaded')],
        width: 8,
      },
      [{ expr: `sum by (pod) (thanos_rule_loaded_rules{${job.ruler}})`, legend: '{{pod}}' }],
    ),
  ],
};
