import * as pulumi from '@pulumi/pulumi';
import {
  prometheusRule,
  PrometheusRules,
  rulesOfPrometheus,
  rulesOfRuler,
} from '../../../components/prometheus-stack/prometheus-rules';
import type { RuleGroup } from '../../../observability/rules/rule-group';
import { register } from '../../support/mocks';

const alert = {
  alert: 'EdgeSilent',
  expr: 'absent(up)',
  labels: { severity: 'critical' as const },
  annotations: { summary: 'silent', description: 'No samples.' },
};
const record = { record: 'cluster:up:sum', expr: 'sum by (cluster) (up)' };

const group = (name: string, evaluator: RuleGroup['evaluator']): RuleGroup => ({
  name,
  evaluator,
  interval: '1m',
  query_offset: '2m',
  rules: [alert, record],
});

const place = { namespace: 'monitoring', runbooks: 'https://git.example.org/runbooks' };

describe('a PrometheusRule', () => {
  const made = prometheusRule(
    { name: 'of-a-test', evaluator: 'ruler', groups: [group('edges', 'ruler')] },
    place,
  );

  it('has its name, and says who evaluates it', () => {
    expect(made.metadata).toEqual({
      name: 'of-a-test',
      namespace: 'monitoring',
      labels: {
        'app.kubernetes.io/part-of': 'monitoring',
        'app.kubernetes.io/managed-by': 'pulumi',
        'evaluated-by': 'ruler',
      },
    });
  });

  it('has each group without what only we know, which the operator refuses', () => {
    const [{ rules, ...rest }] = made.spec.groups as [(typeof made.spec.groups)[0]];
    expect(rest).toEqual({ name: 'edges', interval: '1m', query_offset: '2m' });
    expect(rules[1]).toEqual(record);
  });

  it('waits for late samples only where the group says so, if it is the Ruler’s', () => {
    const plain = { name: 'edges', rules: [alert] };
    const offset = (evaluator: RuleGroup['evaluator']) =>
      prometheusRule({ name: 'a', evaluator, groups: [{ ...plain, evaluator }] }, place).spec.groups.map(
        (made) => made.query_offset,
      );
    expect([offset('ruler'), offset('prometheus')]).toEqual([['0s'], [undefined]]);
  });

  it('leads from each alert to its runbook', () => {
    expect(made.spec.groups[0]?.rules[0]).toEqual({
      ...alert,
      annotations: { ...alert.annotations, runbook_url: 'https://git.example.org/runbooks/EdgeSilent.md' },
    });
  });
});

describe('the evaluators', () => {
  type Labels = Record<string, string>;
  const byPrometheus = (labels: Labels) =>
    Object.entries(rulesOfPrometheus.matchLabels).every(([key, value]) => labels[key] === value);
  const byRuler = (labels: Labels) =>
    rulesOfRuler.matchExpressions.every(({ key, values }) => {
      const value = labels[key];
      return value === undefined || !(values as string[]).includes(value);
    });
  const of = (evaluator: RuleGroup['evaluator']) =>
    prometheusRule({ name: 'a', evaluator, groups: [group('a', evaluator)] }, place).metadata
      .labels as Labels;

  it.each([
    ['one of ours over all clusters', of('ruler'), 'ruler'],
    ['one of ours about Thanos', of('prometheus'), 'prometheus'],
    ['one of a team, which knows no label', {}, 'ruler'],
    ['one of the chart', { app: 'kube-prometheus-stack', release: 'kube-prometheus-stack' }, 'ruler'],
    ['one with another value', { 'evaluated-by': 'thanos' }, 'ruler'],
  ])('of %s are one', (_, labels, evaluator) => {
    expect({ prometheus: byPrometheus(labels), ruler: byRuler(labels) }).toEqual({
      prometheus: evaluator === 'prometheus',
      ruler: evaluator === 'ruler',
    });
  });
});

describe('the objects', () => {
  const groups = [
    group('a', 'ruler'),
    group('b', 'prometheus'),
    group('c', 'ruler'),
    { ...group('d', 'ruler'), growsWithEdges: true as const },
  ];
  const ends = [
    {
      certificate: 'client cluster-02',
      kind: 'client' as const,
      cluster: 'cluster-02',
      end: '2027-01-01T00:00:00Z',
    },
  ];

  it('are one for each evaluator, for each group that grows, and for the certificates', async () => {
    const registered = await register(
      () => new PrometheusRules('rules', { ...place, groups, certificates: pulumi.output(ends) }, {}),
    );
    expect(registered.names).toEqual([
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule certificates-rules',
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule d-rules',
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule prometheus-rules',
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule ruler-rules',
    ]);
    const names = (name: string) =>
      (
        registered.inputs('kubernetes:monitoring.coreos.com/v1:PrometheusRule', name) as {
          spec: { groups: { name: string }[] };
        }
      ).spec.groups.map((group) => group.name);
    expect(['prometheus-rules', 'ruler-rules', 'd-rules'].map(names)).toEqual([['b'], ['a', 'c'], ['d']]);
  });

  it('are none of an evaluator that has nothing to do', async () => {
    const registered = await register(
      () =>
        new PrometheusRules('rules', { ...place, groups: [group('b', 'prometheus')], certificates: [] }, {}),
    );
    expect(registered.names).toEqual([
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule certificates-rules',
      'kubernetes:monitoring.coreos.com/v1:PrometheusRule prometheus-rules',
    ]);
  });

  it('know the end of each certificate when there is one', async () => {
    const registered = await register(
      () => new PrometheusRules('rules', { ...place, groups, certificates: pulumi.output(ends) }, {}),
    );
    const name = 'certificates-rules';
    expect(registered.inputs('kubernetes:monitoring.coreos.com/v1:PrometheusRule', name)).toMatchObject({
      metadata: { labels: { 'evaluated-by': 'prometheus' } },
      spec: {
        groups: [
          {
            rules: [
              {
                record: 'certificate:end:timestamp_seconds',
                expr: 'vector(1798761600)',
                labels: { certificate: 'client cluster-02', kind: 'client', cluster: 'cluster-02' },
              },
              { alert: 'CertificateExpiring', labels: { severity: 'warning' } },
              { alert: 'CertificateExpiring', labels: { severity: 'critical' } },
            ],
          },
        ],
      },
    });
  });
});
