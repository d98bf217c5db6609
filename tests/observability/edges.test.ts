import { edgeSilence } from '../../observability/rules/edges';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig } from '../support/stack-configs';

const silence = (edges: string[], outage = '6h') =>
  edgeSilence(ruleFacts(centralConfig({ edges: edges.map((name) => ({ name })), outage }))).rules.flatMap(
    (rule) => ('alert' in rule ? rule : []),
  );

describe('dead-man alerts of the edges', () => {
  it('are one for each edge, with its name written out, while another edge still sends', () => {
    const all =
      'absent_over_time(up{cluster=~"cluster-02|cluster-03",job="kube-prometheus-stack-prometheus"}[9m])';
    expect(silence(['cluster-02', 'cluster-03']).map(({ alert, expr }) => [alert, expr])).toEqual([
      ['EdgeSilent', `absent_over_time(up{cluster="cluster-02"}[9m])\nunless on ()\n${all}`],
      ['EdgeSilent', `absent_over_time(up{cluster="cluster-03"}[9m])\nunless on ()\n${all}`],
      ['EdgesAllSilent', all],
      ['EdgeSamplesLate', '(cluster:newest_sample_age:seconds > 180) < 540'],
    ]);
  });

  it('of a single edge do not wait for another to be there', () => {
    expect(silence(['cluster-02']).map(({ alert, expr }) => [alert, expr])).toEqual([
      ['EdgeSilent', 'absent_over_time(up{cluster="cluster-02"}[9m])'],
      ['EdgeSamplesLate', '(cluster:newest_sample_age:seconds > 180) < 540'],
    ]);
  });

  it('say how long the edge still keeps its samples', () => {
    expect(silence(['cluster-02'], '7h')[0]?.annotations.description).toContain(
      'Its agents keep 7h of samples',
    );
  });
});
