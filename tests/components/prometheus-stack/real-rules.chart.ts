import { centralValues } from '../../../components/prometheus-stack/central-values';
import { ofChart } from '../../../tools/rules/inhibitions';
import { checks, findings } from '../../../tools/rules/lint';
import { chartRecords } from '../../../observability/rules/thanos-ruler';
import { centralExample } from './example';
import { rulesOfChart } from './helm';

const objects = rulesOfChart(centralValues(centralExample));
const groups = objects.flatMap(({ spec }) => spec.groups);
const none: ReadonlySet<string> = new Set();
const rules = groups.flatMap((group) => group.rules);

describe('the chart’s rules, which the Ruler evaluates over all clusters,', () => {
  it('are there, and have no label that would give them to Prometheus', () => {
    expect(rules.length).toBeGreaterThan(200);
    expect(objects.flatMap(({ metadata }) => metadata.labels?.['evaluated-by'] ?? [])).toEqual([]);
  });

  it('have every alert that an inhibition of ours is about', () => {
    const names = rules.map(({ alert }) => alert);
    expect(ofChart.map(({ alertname }) => alertname).filter((alert) => !names.includes(alert))).toEqual([]);
  });

  it('record in the groups that RulerReturnsNothing takes for such, and in no other', () => {
    const recording = groups.filter(({ rules }) => rules.some(({ record }) => record !== undefined));
    const names = groups.map(({ name }) => name).filter((name) => new RegExp(`^${chartRecords}$`).test(name));
    expect(names).toEqual(recording.map(({ name }) => name));
    expect(names).toContain('k8s.rules.container_memory_rss');
  });

  it('are there for every part of a control plane, of which only an edge may have some', () => {
    const names = groups.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['etcd', 'kube-scheduler.rules']));
  });

  it('keep `cluster` in every aggregation, match within a cluster, and say of which a result is', () => {
    const { 'nothing loses the label cluster': check } = checks;
    const surroundings = { groups, scrapeInterval: '30s', centre: 'cluster-01-central', knownMetrics: none };
    expect(check && findings(check, surroundings)).toEqual([]);
  });

  it('ask no bare `absent`, which is false as long as one cluster has the series', () => {
    expect(rules.filter(({ expr }) => /\babsent(_over_time)?\s*\(/.test(expr))).toEqual([]);
  });
});
