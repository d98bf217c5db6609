import { oneOf, rateRange, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';
import { answering, notAtItsStart } from './thanos-parts';

/**
 * Groups of the chart that record, by their names, in RE2: `node.rules`, `k8s.rules.container_memory_rss`.
 * `alertmanager.rules` and `general.rules` are alerts all the same.
 */
export const chartRecords = '(k8s|kube-.+|kubelet|node|node-exporter|windows[.].+)[.]rules([.].+)?';

/**
 * The Ruler's own work, told by the Prometheus: an evaluator that has stopped evaluating cannot say so.
 *
 * The label `rule_group` is `FILE;GROUP`, and the operator names a file `NAMESPACE-NAME-UID.yaml` after its
 * PrometheusRule, so the namespace tells whose a group is.
 *
 * @param recorded names of our groups that record, and that the Ruler evaluates
 * @returns nothing for a stack without a Ruler
 */
export const thanosRuler = (facts: RuleFacts, recorded: readonly string[]): RuleGroup[] => {
  const { ruler, query } = facts;
  if (!ruler) return [];
  const own = `job="${ruler.job}"`;
  const ours = `.*/${facts.namespace}-[^/]+`;
  const failing = (
    groups: string,
    { severity, description }: { severity: 'critical' | 'warning'; description: string },
  ): AlertingRule => ({
    alert: 'RulerFailing',
    // Rules fail for all clusters when one StoreAPI fails. That Query is down is told already.
    expr: `sum by (rule_group) (increase(prometheus_rule_evaluation_failures_total{${own},${groups}}[${rateRange}])) > 0
unless on ()
${answering(query)} == 0`,
    for: '5m',
    labels: { severity },
    annotations: { summary: 'Rules of {{ $labels.rule_group }} cannot be evaluated', description },
  });
  return [
    {
      name: 'thanos-ruler',
      evaluator: 'prometheus',
      rules: [
        failing(`rule_group=~"${ours}"`, {
          severity: 'critical',
          description:
            'Their alerts neither begin nor end, for no cluster. Mostly Query, or a StoreAPI behind it, answers with an error.',
        }),
        // A team's own rule is that team's: it wakes nobody at night.
        failing(`rule_group!~"${ours}"`, {
          severity: 'warning',
          description:
            'Their alerts neither begin nor end. They are of a PrometheusRule outside of this namespace, whose file begins with the namespace of its own.',
        }),
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
          // Groups that record, ours and the chart's: of alerts an empty result is the good one.
          expr: `(max by (rule_group) (max_over_time(prometheus_rule_group_last_evaluation_samples{${own},rule_group=~"${ours};(${chartRecords}|${oneOf(recorded)})"}[1d])) > 0)
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
          expr: `(
sum by (pod) (increase(thanos_alert_sender_alerts_dropped_total{${own}}[${rateRange}])) > 0
or
sum by (pod) (increase(thanos_alert_queue_alerts_dropped_total{${own}}[${rateRange}])) > 0
)
${notAtItsStart(own)}`,
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
