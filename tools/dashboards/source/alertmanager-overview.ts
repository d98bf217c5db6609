import type { DashboardSpec, Row } from '../dashboard';
import { runbook, to } from '../links';
import { atLeast, rising, severityColours, zeroIsGood } from '../panel';
import { curvePanel, numberPanel } from '../panels';
import { countOf, firing, job, perSecond, quantile } from '../queries';
import { seriesTable } from '../table';

const am = job.alertmanager;

const now: Row = {
  title: 'What fires, and does anybody hear of it?',
  panels: [
    numberPanel(
      {
        title: 'Do alerts get through?',
        description:
          'Watchdogs that Alertmanager should have: one of the central Prometheus, one of the Ruler. They go to checks outside, which call when they stop.',
        unit: 'none',
        thresholds: atLeast(1),
        links: [runbook('Watchdog')],
        width: 6,
      },
      [
        {
          expr: `count by (evaluator) (ALERTS{alertname="Watchdog",alertstate="firing"})`,
          legend: '{{evaluator}}',
        },
      ],
    ),
    numberPanel(
      {
        title: 'How many Alertmanagers know each other?',
        description:
          'The fewest that one of them sees, itself counted. When they do not know each other each tells everything.',
        unit: 'none',
        thresholds: atLeast(2),
        links: [runbook('AlertmanagerMissing')],
        width: 6,
      },
      [{ expr: `min(alertmanager_cluster_members{${am}})`, legend: 'members' }],
    ),
    numberPanel(
      {
        title: 'Configurations not loaded',
        description:
          'Alertmanagers that run on with an old configuration, and do not start again when they are restarted.',
        unit: 'none',
        thresholds: zeroIsGood(),
        links: [runbook('AlertmanagerConfigNotLoaded')],
        width: 6,
      },
      [
        {
          expr: countOf(
            `alertmanager_config_last_reload_successful{${am}} == 0`,
            `alertmanager_config_last_reload_successful{${am}}`,
          ),
          legend: 'not loaded',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Messages that failed in an hour',
        description: 'Messages that no try has brought to their receiver.',
        unit: 'short',
        decimals: 0,
        thresholds: zeroIsGood(),
        links: [runbook('AlertmanagerNotificationsFailing'), runbook('AlertmanagerRefused')],
        width: 6,
      },
      [
        {
          expr: `sum(increase(alertmanager_notifications_failed_total{${am}}[1h]))`,
          legend: 'failed',
        },
      ],
    ),
    seriesTable(
      {
        title: 'Which alerts fire?',
        description: 'Of the chosen clusters. The name of each of ours is the name of its runbook.',
        unit: 'none',
        links: [to('fleet', 'All clusters'), runbook('Watchdog')],
        width: 24,
        noValue: 'none',
      },
      { severity: 'Severity', alertname: 'Alert', cluster: 'Cluster', namespace: 'Namespace' },
      'Number',
      `count by (severity, alertname, cluster, namespace) (${firing('critical|warning|info')})`,
    ),
  ],
};

const way: Row = {
  title: 'The way of an alert',
  panels: [
    curvePanel(
      {
        title: 'How many alerts fire, by severity?',
        description: 'Of the chosen clusters, over time.',
        unit: 'short',
        min: 0,
        stacked: true,
        links: [to('fleet', 'All clusters')],
        colours: severityColours,
        width: 8,
      },
      [{ expr: `count by (severity) (${firing('critical|warning|info')})`, legend: '{{severity}}' }],
    ),
    curvePanel(
      {
        title: 'How many alerts does Alertmanager hold?',
        description: 'Active ones are told; suppressed ones are silenced, or explained by another alert.',
        unit: 'short',
        min: 0,
        links: [to('fleet', 'All clusters')],
        width: 8,
      },
      [{ expr: `max by (state) (alertmanager_alerts{${am}})`, legend: '{{state}}' }],
    ),
    curvePanel(
      {
        title: 'How many alerts come in?',
        description:
          'Alerts a second, from the central Prometheus and the Ruler. Each Alertmanager gets all.',
        unit: 'cps',
        min: 0,
        links: [to('thanos', 'The Ruler'), runbook('AlertmanagerNotDiscovered')],
        width: 8,
      },
      [
        {
          expr: perSecond('pod, status', `alertmanager_alerts_received_total{${am}}`),
          legend: '{{pod}} {{status}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which messages are sent?',
        description: 'Messages within an hour, by kind of receiver.',
        unit: 'short',
        min: 0,
        links: [runbook('AlertmanagerNotificationsFailing')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: `sum by (integration) (increase(alertmanager_notifications_total{${am}}[1h])) > 0`,
          legend: '{{integration}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which messages fail, and why?',
        description: 'Within an hour. authError is a wrong key: nothing of this kind reaches anybody.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood(),
        links: [runbook('AlertmanagerRefused'), runbook('AlertmanagerNotificationsFailing')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: `sum by (integration, reason) (increase(alertmanager_notifications_failed_total{${am}}[1h])) > 0`,
          legend: '{{integration}} {{reason}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does a message take?',
        description: 'One in a hundred takes longer, by kind of receiver.',
        unit: 's',
        min: 0,
        thresholds: rising(5, 30),
        links: [runbook('AlertmanagerNotificationsFailing')],
        width: 8,
      },
      [
        {
          // Every kind that Alertmanager knows has the histogram; of one without a message it is no number.
          expr: `${quantile(0.99, 'integration', `alertmanager_notification_latency_seconds_bucket{${am}}`)} > 0`,
          legend: '{{integration}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many silences are there?',
        description: 'By state. An active one hides what it names until it ends.',
        unit: 'short',
        min: 0,
        links: [to('fleet', 'All clusters')],
        width: 12,
      },
      [{ expr: `max by (state) (alertmanager_silences{${am}})`, legend: '{{state}}' }],
    ),
    curvePanel(
      {
        title: 'Which clusters have fired most?',
        description: 'Firing alerts by cluster over time, those that wake somebody or wait for the morning.',
        unit: 'short',
        min: 0,
        links: [to('fleet', 'All clusters')],
        width: 12,
      },
      [{ expr: `count by (cluster) (${firing('critical|warning')})`, legend: '{{cluster}}' }],
    ),
  ],
};

/** Alerts of all clusters, and whether they reach somebody. Both Alertmanagers are the centre's. */
export const alertmanagerOverview: DashboardSpec = {
  name: 'alertmanager-overview',
  title: 'Alertmanager Overview',
  description: 'Which alerts fire, of which cluster, and whether their messages arrive.',
  rows: [now, way],
};
