import { rulerGroups } from '../../observability/rules/ruler';
import { centralConfig } from '../support/stack-configs';

describe('the rules over all clusters', () => {
  it('are groups of names of their own, since each is a file under its name', () => {
    expect(rulerGroups(centralConfig()).map(({ name }) => name)).toEqual(['edges']);
  });

  it('know every edge of the configuration', () => {
    const [edges] = rulerGroups(centralConfig({ edges: [{ name: 'cluster-07' }, { name: 'cluster-08' }] }));
    expect(edges?.rules.map(({ labels }) => labels['edge'])).toEqual(['cluster-07', 'cluster-08']);
  });
});
