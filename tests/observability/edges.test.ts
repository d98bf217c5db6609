import { edgeArrival, edgeFreshness, edgeMemory, edgeSilence } from '../../observability/rules/edges';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig } from '../support/stack-configs';

const silence = (edges: string[], outage = '6h') => {
  const facts = ruleFacts(centralConfig({ edges: edges.map((name) => ({ name })), outage }));
  return [edgeSilence, edgeArrival]
    .flatMap((group) => group(facts).rules)
    .flatMap((rule) => ('alert' in rule ? rule : []));
};

describe('dead-man alerts of the edges', () => {
  const hasSent = (edges: string) =>
    `last_over_time(cluster:newest_sample:timestamp_seconds{cluster=~"${edges}"}[1h])`;
  const late = ['EdgeSamplesLate', '(cluster:newest_sample_age:seconds > 180) < 540'];

  it('are one for each edge that has sent, with its name written out, while another still sends', () => {
    const all =
      'absent_over_time(up{cluster!="cluster-01-central",job="kube-prometheus-stack-prometheus"}[9m])';
    const silent = (edge: string) => `absent_over_time(up{cluster="${edge}"}[9m])`;
    const edges = ['cluster-02', 'cluster-03'];
    expect(silence(edges).map(({ alert, expr }) => [alert, expr])).toEqual([
      ...edges.map((edge) => [
        'EdgeSilent',
        `${silent(edge)}\nand on ()\n${hasSent(edge)}\nunless on ()\n${all}`,
      ]),
      ['EdgesAllSilent', `${all}\nand on ()\n${hasSent('cluster-02|cluster-03')}`],
      late,
      ...edges.map((edge) => ['EdgeNeverReported', `${silent(edge)}\nunless on ()\n${hasSent(edge)}`]),
    ]);
  });

  it('of a single edge do not wait for another to be there', () => {
    const silent = 'absent_over_time(up{cluster="cluster-02"}[9m])';
    expect(silence(['cluster-02']).map(({ alert, expr }) => [alert, expr])).toEqual([
      ['EdgeSilent', `${silent}\nand on ()\n${hasSent('cluster-02')}`],
      late,
      ['EdgeNeverReported', `${silent}\nunless on ()\n${hasSent('cluster-02')}`],
    ]);
  });

  it('wait ten minutes for an edge that fell silent, and a day for one that never sent', () => {
    expect(silence(['cluster-02']).map(({ alert, for: wait, labels }) => [alert, wait, labels])).toEqual([
      ['EdgeSilent', '1m', { severity: 'critical', edge: 'cluster-02' }],
      ['EdgeSamplesLate', '5m', { severity: 'warning' }],
      ['EdgeNeverReported', '1d', { severity: 'warning', edge: 'cluster-02' }],
    ]);
  });

  it('say how long the edge still keeps its samples', () => {
    expect(silence(['cluster-02'], '7h')[0]?.annotations.description).toContain(
      'Its agents keep 7h of samples',
    );
  });
});

describe('the time of the newest sample', () => {
  const facts = ruleFacts(centralConfig({ edges: [{ name: 'cluster-02' }, { name: 'cluster-03' }] }));

  it('is taken over from evaluation to evaluation, and after a gap of those from the week before', () => {
    expect(edgeFreshness(facts).rules[0]?.expr).toBe(
      [
        'max by (cluster) (timestamp(up{cluster!="cluster-01-central",job="kube-prometheus-stack-prometheus"}))',
        'or',
        'max by (cluster) (last_over_time(cluster:newest_sample:timestamp_seconds{cluster=~"cluster-02|cluster-03"}[1h]))',
        'or',
        'max by (cluster) (last_over_time(cluster:newest_sample:timestamp_seconds_7d{cluster=~"cluster-02|cluster-03"}[1h]))',
      ].join('\n'),
    );
  });

  it('is looked up over a week every ten minutes, and not every minute', () => {
    expect(edgeMemory(facts)).toEqual({
      name: 'edge-memory',
      evaluator: 'ruler',
      growsWithEdges: true,
      interval: '10m',
      rules: [
        {
          record: 'cluster:newest_sample:timestamp_seconds_7d',
          expr: 'max by (cluster) (last_over_time(cluster:newest_sample:timestamp_seconds{cluster=~"cluster-02|cluster-03"}[7d]))',
        },
      ],
    });
  });
});
