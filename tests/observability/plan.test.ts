import { headSeriesQuery } from '../../components/thanos/receive-limits';
import { plan } from '../../observability/rules/plan';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig, type Changes } from '../support/stack-configs';

const rules = (changes: Changes = {}) =>
  plan(ruleFacts(centralConfig(changes))).rules.flatMap((rule) => ('record' in rule ? [rule] : []));

const value = (record: string, label: Record<string, string>, changes: Changes = {}) =>
  rules(changes).find(
    (rule) => rule.record === record && JSON.stringify(rule.labels) === JSON.stringify(label),
  )?.expr;

describe('what a stack plans, as series for the dashboards', () => {
  it('is evaluated beside the parts that it is about, and alerts of nothing', () => {
    expect(plan(ruleFacts(centralConfig()))).toMatchObject({ name: 'plan', evaluator: 'prometheus' });
    expect(rules()).toHaveLength(plan(ruleFacts(centralConfig())).rules.length);
  });

  it('has the promised outage in seconds', () => {
    expect(rules({ outage: '7h' }).find(({ record }) => record === 'plan:outage:seconds')?.expr).toBe(
      'vector(25200)',
    );
  });

  it('has the memory of every part with a model, by the name of its container', () => {
    const found = rules().filter(({ record }) => record === 'plan:memory:bytes');
    expect(found.map(({ labels }) => labels?.['container']).sort()).toEqual([
      'prometheus',
      'thanos-receive-router',
      'thanos-receiver',
      'thanos-ruler',
      'thanos-store',
    ]);
  });

  it('has the volumes by the names of their claims without the pod’s number', () => {
    const found = rules().filter(({ record }) => record === 'plan:volume:bytes');
    expect(found.map(({ labels }) => labels?.['claim']).sort()).toEqual([
      'data-thanos-compactor',
      'data-thanos-receiver',
      'data-thanos-ruler-fleet',
      'data-thanos-store',
      'prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus',
    ]);
  });

  it('grows with the series of the edges', () => {
    const of = (series: number) =>
      Number(
        /\d+/.exec(
          value(
            'plan:memory:bytes',
            { container: 'thanos-receive-router' },
            { edges: [{ name: 'a', series }] },
          ) ?? '',
        )?.[0],
      );
    expect(of(100_000)).toBeGreaterThan(of(10_000));
  });

  it('counts an edge’s series as Receive does: those of the ring, divided by their copies', () => {
    const changes = { 'receive.replicas': 4, 'receive.ring': 3 };
    expect(rules(changes).find(({ record }) => record === 'tenant:head_series:sum')?.expr).toBe(
      headSeriesQuery(['thanos-receiver-0.a', 'thanos-receiver-1.a', 'thanos-receiver-2.a']),
    );
  });
});
