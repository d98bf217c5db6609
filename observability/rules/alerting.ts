import { rateRange, type RuleFacts } from './facts';
import { notAtItsStart } from './thanos-parts';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * The way from a firing alert to a person, and from an object in Kubernetes to the programs that read it. Of
 * Alertmanager's failures a message can still get out by another receiver, or by the other replica; when none
 * does, the Watchdogs stop, and what waits for them outside calls.
 */
export const alerting = (facts: RuleFacts): RuleGroup => {
  const { alertmanager, prometheus } = facts;
  const am = `job="${alertmanager.job}"`;
  const prom = `job="${prometheus.job}"`;
  return {
    name: 'alerting',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'AlertmanagerRefused',
        // A wrong key does not get better by waiting. Every counter stands at 0 from the start, so the first
        // failure counts.
        expr: `sum by (integration) (increase(alertmanager_notifications_failed_total{${am},reason="authError"}[${rateRange}])) > 0`,
        labels: { severity: 'critical' },
        annotations: {
          summary: 'The receiver of kind {{ $labels.integration }} refuses the key of Alertmanager',
          description: 'No message of this kind reaches anybody (401 or 403).',
        },
      },
      {
        alert: 'AlertmanagerNotificationsFailing',
        expr: `sum by (integration) (rate(alertmanager_notifications_failed_total{${am},reason!="authError"}[15m]))
> 0.1 *
sum by (integration) (rate(alertmanager_notifications_total{${am}}[15m]))`,
        for: '5m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'Messages of the kind {{ $labels.integration }} fail',
          description: 'Alertmanager tries again. More than one in ten failed within a quarter of an hour.',
        },
      },
      {
        alert: 'AlertmanagerMissing',
        // The config-reloader beside it has the same job.
        expr: `(count(up{${am},container="alertmanager"} == 1) or vector(0)) < ${alertmanager.replicas}`,
        for: '10m',
        labels: { severity: 'critical' },
        annotations: {
          summary: `{{ $value }} of ${alertmanager.replicas} Alertmanagers answer`,
          description: 'The last that goes takes every message with it.',
        },
      },
      {
        alert: 'AlertmanagerNotDiscovered',
        expr: `min by (pod) (prometheus_notifications_alertmanagers_discovered{${prom}}) < ${alertmanager.replicas}`,
        for: '10m',
        labels: { severity: 'critical' },
        annotations: {
          summary: `{{ $labels.pod }} knows {{ $value }} of ${alertmanager.replicas} Alertmanagers`,
          description: 'Each must get each alert, since one alone may be cut off from its partner.',
        },
      },
      {
        alert: 'AlertmanagerConfigNotLoaded',
        expr: `min by (pod) (alertmanager_config_last_reload_successful{${am}}) == 0`,
        for: '5m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.pod }} could not load its configuration',
          description: 'It goes on with the old one, and does not start again when it is restarted.',
        },
      },
      {
        alert: 'PrometheusAlertsDropped',
        expr: `sum by (pod) (increase(prometheus_notifications_dropped_total{${prom}}[${rateRange}])) > 0
${notAtItsStart(prom)}`,
        for: '2m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.pod }} drops alerts: no Alertmanager takes them',
          description: 'Those about Thanos and about this way itself are among them.',
        },
      },
      ...operator(`job="${facts.operator.job}"`),
    ],
  };
};

/** The same of the edges, whose operators the Ruler watches: they make the agents. */
export const operatorsOfEdges = (facts: RuleFacts): RuleGroup => ({
  name: 'edge-operators',
  evaluator: 'ruler',
  interval: '1m',
  rules: operator(`cluster!="${facts.centre}",job="${facts.operator.job}"`, 'cluster, '),
});

/**
 * The operator leaves out an object that it cannot read, and goes on with the others: the Ruler never sees a
 * rule that does not parse, and Alertmanager keeps its old file.
 */
const operator = (own: string, by = ''): AlertingRule[] => {
  const where = by === '' ? '' : ' in {{ $labels.cluster }}';
  return [
    {
      alert: 'OperatorObjectRejected',
      expr: `max by (${by}controller, resource) (prometheus_operator_managed_resources{${own},state="rejected"}) > 0`,
      for: '5m',
      labels: { severity: 'warning' },
      annotations: {
        summary: `{{ $value }} {{ $labels.resource }} rejected by the operator${where}`,
        description:
          'It does not parse, or asks for what is not allowed. All others are taken; this one does nothing.',
      },
    },
    {
      alert: 'OperatorReconcileFailing',
      // The operator tries again at once and then ever more slowly; a conflict is over by then.
      expr: `sum by (${by}controller) (increase(prometheus_operator_reconcile_errors_total{${own}}[${rateRange}])) > 0`,
      for: '10m',
      labels: { severity: 'warning' },
      annotations: {
        summary: `The operator cannot bring {{ $labels.controller }} to what is asked for${where}`,
        description:
          'The running pods keep their old configuration. Its log names the object and the reason.',
      },
    },
  ];
};
