import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertmanagerFile } from '../../components/prometheus-stack/alertmanager-config';
import { fullAlertmanager } from '../../proof/rules/alertmanager/full';
import { told } from '../../proof/rules/alertmanager/routes';
import { metricsOfDashboards } from '../../tools/dashboards/committed';
import { metricNames } from '../../tools/keep-list/metric-names';
import { knownMetrics } from '../../tools/rules/known-metrics';
import { renderedAlerting } from '../../tools/rules/rendered';
import { centralConfig } from '../support/stack-configs';
import { endsInNothing, matches, receiversOf, type Signal } from '../support/told-receivers';

/*
 * From a metric to a person: a series that nobody reads, an alert that goes nowhere and one that says nothing
 * of what to do are signals that end in nothing. What the chart brings is asked in `signals.chart.ts`.
 */

const project = join(__dirname, '..', '..');
const { groups, inhibitions } = renderedAlerting(
  readFileSync(join(project, 'tests', 'golden', 'cluster-01.yaml'), 'utf8'),
);
const rules = groups.flatMap((group) => group.rules);

/** Somebody who is told everything that is not for nobody, and outside services that hear the Watchdogs. */
const file = alertmanagerFile(
  centralConfig({
    'alertmanager.receivers': [{ name: 'ops', webhook: [{ url: 'https://hooks.example.org/alerts' }] }],
    'alertmanager.watchdog.ruler': { url: 'https://ruler.example.org/beat' },
    'alertmanager.watchdog.prometheus': { url: 'https://prometheus.example.org/beat' },
  }).alertmanager,
);

const alert = (changes: object = {}): Signal => ({
  alert: 'Made',
  labels: { severity: 'warning' },
  annotations: { runbook_url: 'docs/runbooks/Made.md' },
  ...changes,
});

describe('every alert that is deployed', () => {
  it('reaches somebody, who finds a runbook', () => {
    expect(rules.filter((rule) => rule.alert !== undefined).length).toBeGreaterThan(100);
    expect(endsInNothing(file, rules)).toEqual([]);
  });

  it('is told, where it silences another', () => {
    const sources = inhibitions.map(({ source_matchers: matchers = [] }) => matchers);
    const silent = rules.filter(
      ({ alert: name = '', labels }) =>
        labels?.['severity'] === 'none' &&
        sources.some((matchers) => matches(matchers, { ...labels, alertname: name })),
    );
    expect(silent).toEqual([]);
  });

  it.each<[string, Signal, string[]]>([
    ['for nobody', alert({ labels: { severity: 'none' } }), ['Made: none']],
    [
      'of a severity that no route knows',
      alert({ labels: { severity: 'page' } }),
      ['Made: the severity page'],
    ],
    ['of none', alert({ labels: {} }), ['Made: the severity nothing']],
    ['without a runbook', alert({ annotations: {} }), ['Made: no runbook']],
    [
      'named Watchdog, of no evaluator',
      alert({ alert: 'Watchdog', labels: { severity: 'none' } }),
      ['Watchdog: none'],
    ],
    ['as it should be', alert(), []],
  ])('would be noticed if it were one %s', (_, signal, expected) => {
    expect(endsInNothing(file, [signal])).toEqual(expected);
  });

  it('would be noticed where nobody is configured', () => {
    expect(endsInNothing(alertmanagerFile(centralConfig().alertmanager), [alert()])).toEqual(['Made: none']);
  });
});

describe('who is told', () => {
  // `npm run rules` asks amtool the same.
  it.each(told)('is found here as Alertmanager finds it: %j', (labels, receivers) => {
    const { alertmanager } = centralConfig({ alertmanager: fullAlertmanager });
    expect(receiversOf(alertmanagerFile(alertmanager).route, labels).join()).toBe(receivers);
  });
});

/** Every series that an alert, a recorded series or a dashboard is made of. */
const read = new Set([...rules.flatMap(({ expr }) => metricNames(expr).names), ...metricsOfDashboards()]);

/** Names of metrics in a page: in code, and in the queries of runbooks. */
const metricsIn = (page: string): string[] => {
  const code = [...page.matchAll(/`([^`\n]+)`|query=(.+)'$/gm)].flatMap(
    ([, inline, query]) => inline ?? query ?? [],
  );
  const names = code.flatMap((text) => text.match(/[a-zA-Z_:][a-zA-Z0-9_:]*/g) ?? []);
  return [...new Set(names)].filter((name) => programs.test(name));
};

/** Names as the programs that are deployed give them to their metrics: a counter, an amount, a time. */
const programs =
  /^(thanos|prometheus|alertmanager|kube|kubelet|node|container|grafana|probe|process|go|apiserver|grpc|http)_[a-z0-9_]+_(total|bytes|seconds|count|sum|bucket|series|ratio|info|halted|timestamp_seconds)$/;

/** Those that people read about and no alert or dashboard shows. */
const unread = (pages: ReadonlyMap<string, string>): string[] =>
  [...pages].flatMap(([name, page]) =>
    metricsIn(page)
      .filter((metric) => !read.has(metric))
      .map((metric) => `${name}: ${metric}`),
  );

const pages = new Map(
  ['docs', 'docs/runbooks'].flatMap((folder) =>
    readdirSync(join(project, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => [`${folder}/${name}`, readFileSync(join(project, folder, name), 'utf8')] as const),
  ),
);

/** Each that there is, with the reason. */
const reasons: Readonly<Record<string, string>> = {
  'docs/capacity.md: prometheus_tsdb_head_series_created_total':
    'how churn was measured; the plan has it, and EdgeSeriesNearLimit is the alert',
  'docs/limits.md: thanos_store_selects_dropped_total':
    'of flags that the stack does not set, as the page says',
  'docs/runbooks/RulerAlertsDropped.md: thanos_alert_sender_errors_total':
    'asked after the alert, which counts what was dropped in the end',
  'docs/runbooks/RulerAlertsDropped.md: thanos_rule_alertmanagers_dns_failures_total':
    'asked after the alert, for its cause',
  'docs/runbooks/ThanosReceiveSlow.md: prometheus_tsdb_wal_fsync_duration_seconds_sum':
    'asked after the alert, for its cause',
};

describe('every metric that a page names', () => {
  it('is shown by an alert or a dashboard, or it is said why not', () => {
    expect([...pages.values()].flatMap(metricsIn).length).toBeGreaterThan(50);
    expect(unread(pages).sort()).toEqual(Object.keys(reasons).sort());
  });

  it('would be noticed if nobody looked at it', () => {
    const page =
      "The counter `thanos_made_up_total` and `up`.\n  --data-urlencode 'query=rate(node_made_up_bytes[5m])'\n";
    expect(unread(new Map([['docs/made.md', page]]))).toEqual([
      'docs/made.md: thanos_made_up_total',
      'docs/made.md: node_made_up_bytes',
    ]);
  });
});

describe('every metric of the recorded list', () => {
  it('is read by an alert, a recorded series or a dashboard', () => {
    const recorded = knownMetrics(readFileSync(join(project, 'tests', 'rules', 'metrics.tsv'), 'utf8'));
    expect(recorded.filter(({ name }) => !read.has(name)).map(({ name }) => name)).toEqual([]);
  });
});
