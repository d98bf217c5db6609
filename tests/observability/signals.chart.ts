import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertmanagerFile } from '../../components/prometheus-stack/alertmanager-config';
import { centralValues } from '../../components/prometheus-stack/central-values';
import { edgeValues } from '../../components/prometheus-stack/edge-values';
import { metricsOfDashboards } from '../../tools/dashboards/committed';
import { metricNames } from '../../tools/keep-list/metric-names';
import { renderedAlerting } from '../../tools/rules/rendered';
import { centralExample, edgeExample } from '../components/prometheus-stack/example';
import { manifestsOf, rulesOfChart, type Manifest } from '../components/prometheus-stack/helm';
import { centralConfig } from '../support/stack-configs';
import { endsInNothing } from '../support/told-receivers';

/* What `signals.test.ts` asks of our alerts, of those that the chart brings, and of what it scrapes. */

interface Relabeling {
  action?: string;
  sourceLabels?: string[];
  regex?: string;
}

interface Monitor extends Manifest {
  spec: { endpoints?: { metricRelabelings?: Relabeling[] }[] };
}

const chart = rulesOfChart(centralValues(centralExample)).flatMap(({ spec }) =>
  spec.groups.flatMap(({ rules }) => rules),
);
const golden = readFileSync(join(__dirname, '..', 'golden', 'cluster-01.yaml'), 'utf8');
const ours = renderedAlerting(golden).groups.flatMap(({ rules }) => rules);

describe('every alert of the chart that is kept', () => {
  it('reaches somebody, who finds a runbook', () => {
    const receivers = [{ name: 'ops', webhook: [{ url: 'https://hooks.example.org/alerts' }] }];
    const file = alertmanagerFile(centralConfig({ 'alertmanager.receivers': receivers }).alertmanager);
    expect(chart.filter(({ alert }) => alert !== undefined).length).toBeGreaterThan(100);
    // It alone is for nobody: while it fires, it keeps alerts of severity info from being told alone.
    expect(endsInNothing(file, chart)).toEqual(['InfoInhibitor: none']);
  });
});

/**
 * Read by a recording rule of the chart and dropped by the chart: "always zero" by its values.yaml. No alert
 * reads what is recorded, and the panels of the chart that do are empty.
 */
const zeroByChart = ['container_memory_swap'];

/** Whether a scrape leaves a metric out altogether, by its name alone. */
const isDropped = (name: string, relabelings: readonly Relabeling[]): boolean =>
  relabelings.some(({ action, sourceLabels, regex = '' }) => {
    if (sourceLabels?.join() !== '__name__') return false;
    const meets = new RegExp(`^(?:${regex})$`).test(name);
    return (action === 'drop' && meets) || (action === 'keep' && !meets);
  });

/** What each endpoint drops; those that drop nothing by name are left out. */
const filters = (values: object): Relabeling[][] =>
  manifestsOf(values)
    .filter((object): object is Monitor => /^(Service|Pod)Monitor$/.test(object.kind))
    .flatMap(({ spec }) => spec.endpoints ?? [])
    .flatMap(({ metricRelabelings }) => (metricRelabelings ? [metricRelabelings] : []));

describe('every metric that an alert, a recorded series or a dashboard reads', () => {
  const read = [
    ...new Set(
      [...chart, ...ours].flatMap(({ expr }) => metricNames(expr).names).concat(metricsOfDashboards()),
    ),
  ];

  it.each([
    ['the centre', centralValues(centralExample)],
    ['an edge', edgeValues(edgeExample)],
  ])('is kept by the scrapes of %s', (_, values) => {
    const found = filters(values);
    // cAdvisor's and the API server's, at least.
    expect(found.length).toBeGreaterThan(2);
    const gone = (name: string) => found.some((relabelings) => isDropped(name, relabelings));
    expect(read.filter(gone)).toEqual(zeroByChart);
    const ofAlerts = [...chart, ...ours].filter(({ alert }) => alert !== undefined);
    expect(ofAlerts.flatMap(({ expr }) => metricNames(expr).names).filter(gone)).toEqual([]);
  });

  it('would be noticed if a scrape left it out', () => {
    const drop = { action: 'drop', sourceLabels: ['__name__'], regex: 'container_memory_.*|up' };
    expect(['container_memory_rss', 'container_cpu', 'up'].filter((name) => isDropped(name, [drop]))).toEqual(
      ['container_memory_rss', 'up'],
    );
    expect(isDropped('up', [{ action: 'keep', sourceLabels: ['__name__'], regex: 'node_.*' }])).toBe(true);
    // Some buckets of a histogram are not all of it.
    expect(isDropped('x', [{ action: 'drop', sourceLabels: ['__name__', 'le'], regex: 'x;0.15' }])).toBe(
      false,
    );
  });
});
