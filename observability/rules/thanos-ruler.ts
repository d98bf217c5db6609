import { rateRange, type RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';
import { answering } from './thanos-parts';

/**
 * The Ruler's own work, told by the Prometheus: an evaluator that has stopped evaluating cannot say so.
 *
 * @returns nothing for a stack without a Ruler
 */
export const thanosRuler = (facts: RuleFacts): RuleGroup[] => {
  const { ruler, query } = facts;
  if (!ruler) return [];
  const range = rateRange(facts);
  const own = `job="${ruler.job}"`;
  return [
    {
      name: 'thanos-ruler',
      evaluator: 'prometheus',
      rules: [
        {
          alert: 'RulerFailing',
          // Rules fail for all clusters when one StoreAPI fails. That Query is down is told already.
          expr: `sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total{${own}}[${range}])) > 0
unless on ()
${answering(query)} == 0`,
          for: '5m',
          labels: { severity: 'critical' },
          annotations: {
            summary: 'Rules of {{ $labels.rule_group }} cannot be evaluated',
            description:
              'Their alerts neither begin nor end, for no cluster. Mostly Query, or a StoreAPI behind it, answers with an error.',
          },
        },
        {
          alert: 'RulerSlow',
          expr: `max by (rule_group) (prometheus_rule_group_last_duration_seconds{${own}}) > max by (rule_group) (prometheus_rule_group_interval_seconds{${own}})`,
          for: '15m',
          labels: { severity: 'warning' },
          annotations: {
            summary:
              '{{ $labels.rule_group }} takes {{ $value | humanizeDuration }}, longer than its interval',
            description: 'Evaluations are left out: its alerts are late, and its recorded series have gaps.',
          },
        },
        {
          alert: 'RulerIdle',
          // It has our own groups at least, each once a minute. A Ruler that is down is ThanosDown's.
          expr: `sum by (pod) (increase(prometheus_rule_evaluations_total{${own}}[10m])) == 0
or
max by (pod) (thanos_rule_loaded_rules{${own}}) == 0`,
          for: '5m',
          labels: { severity: 'critical' },
          annotations: {
            summary: '{{ $labels.pod }} runs and evaluates nothing',
            description:
              'It has no rules, or hangs. Nobody watches the edges if its partner does not either.',
          },
        },
        {
          alert: 'RulerReturnsNothing',
          // Groups of recording rules, ours and the chart's: of alerts an empty result is the good one.
          expr: `(max by (rule_group) (max_over_time(prometheus_rule_group_last_evaluation_samples{${own},rule_group=~".*(\\\\.rules|edge-freshness|targets-up)"}[1d])) > 0)
unless on (rule_group)
max by (rule_group) (prometheus_rule_group_last_evaluation_samples{${own}}) > 0`,
          for: '15m',
          labels: { severity: 'warning' },
          annotations: {
            summary: '{{ $labels.rule_group }} records nothing any more',
            description:
              'Within the last day it did. What it reads is no longer sent, or a StoreAPI is missing in Query.',
          },
        },
        {
          alert: 'RulerRulesNotLoaded',
          expr: `min by (pod) (thanos_rule_config_last_reload_successful{${own}}) == 0`,
          for: '5m',
          labels: { severity: 'warning' },
          annotations: {
            summary: '{{ $labels.pod }} could not load its rules',
            description: 'It goes on with those it had. A new rule, by whomever, is not evaluated.',
          },
        },
        {
          alert: 'RulerAlertsDropped',
          // Its Watchdog is always under way: without an Alertmanager something is dropped every minute.
          expr: `sum by (pod) (increase(thanos_alert_sender_alerts_dropped_total{${own}}[${range}])) > 0
or
sum by (pod) (increase(thanos_alert_queue_alerts_dropped_total{${own}}[${range}])) > 0`,
          for: '2m',
          labels: { severity: 'critical' },
          annotations: {
            summary: '{{ $labels.pod }} drops alerts: no Alertmanager takes them',
            description:
              'Nobody is told about the edges. This alert comes from the Prometheus, by its own way.',
          },
        },
        {
          alert: 'RulerPartialAnswers',
          expr: `sum by (pod) (increase(thanos_rule_evaluation_with_warnings_total{${own}}[15m])) > 0`,
          for: '15m',
          labels: { severity: 'warning' },
          annotations: {
            summary: '{{ $labels.pod }} evaluates rules over parts of the data',
            description: 'A StoreAPI did not answer, and the group takes partial answers.',
          },
        },
      ],
    },
  ];
};
