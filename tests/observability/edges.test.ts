import { Duration } from '../../config/units';
import { edgeRules } from '../../observability/rules/edges';

describe('dead-man alerts of the edges', () => {
  it('are one for each edge, with its name written out', () => {
    const { rules } = edgeRules(['cluster-02', 'cluster-03'], Duration.parse('6h'));
    expect(rules.map(({ expr, labels }) => [expr, labels?.['edge']])).toEqual([
      ['absent(up{cluster="cluster-02"})', 'cluster-02'],
      ['absent(up{cluster="cluster-03"})', 'cluster-03'],
    ]);
  });

  it('say how long the edge still keeps its samples', () => {
    const [rule] = edgeRules(['cluster-02'], Duration.parse('6h')).rules;
    expect(rule?.annotations.description).toContain('Its agents keep 6h of samples');
  });
});
