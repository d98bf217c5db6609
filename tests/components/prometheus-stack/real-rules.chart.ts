import { parser } from '@prometheus-io/lezer-promql';
import { centralValues } from '../../../components/prometheus-stack/central-values';
import { ofChart } from '../../../tools/rules/inhibitions';
import { centralExample } from './example';
import { manifestsOf } from './helm';

interface PrometheusRule {
  kind: string;
  metadata: { labels?: Record<string, string> };
  spec: { groups: { name: string; rules: { alert?: string; record?: string; expr: string | number }[] }[] };
}

const objects = manifestsOf(centralValues(centralExample)).filter(
  ({ kind }) => kind === 'PrometheusRule',
) as unknown as PrometheusRule[];

const rules = objects.flatMap(({ spec }) =>
  spec.groups.flatMap((group) =>
    group.rules.map(({ alert, record, expr }) => ({ name: alert ?? record ?? '', expr: String(expr) })),
  ),
);

/** Aggregations of an expression whose result has no label `cluster`. */
function losing(expr: string): string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== 'AggregateExpr') return;
      const modifier = node.getChild('AggregateModifier');
      const labels = modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
      const named = labels.some(({ from, to }) => expr.slice(from, to) === 'cluster');
      const keeps = modifier?.getChild('By') ? named : modifier?.getChild('Without') ? !named : false;
      if (!keeps) found.push(expr.slice(node.from, node.to));
    },
  });
  return found;
}

describe('the chart’s rules, which the Ruler evaluates over all clusters,', () => {
  it('are there, and have no label that would give them to Prometheus', () => {
    expect(rules.length).toBeGreaterThan(200);
    expect(objects.flatMap(({ metadata }) => metadata.labels?.['evaluated-by'] ?? [])).toEqual([]);
  });

  it('have every alert that an inhibition of ours is about', () => {
    const names = rules.map(({ name }) => name);
    expect(ofChart.map(({ alertname }) => alertname).filter((alert) => !names.includes(alert))).toEqual([]);
  });

  it('are there for every part of a control plane, of which only an edge may have some', () => {
    const names = objects.flatMap(({ spec }) => spec.groups.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(['etcd', 'kube-scheduler.rules']));
  });

  it('keep `cluster` in every aggregation', () => {
    expect(rules.flatMap(({ name, expr }) => losing(expr).map((text) => `${name}: ${text}`))).toEqual([]);
  });

  it('ask no bare `absent`, which is false as long as one cluster has the series', () => {
    expect(rules.filter(({ expr }) => /\babsent(_over_time)?\s*\(/.test(expr))).toEqual([]);
  });
});
