import { ruleGroups } from '../../observability/rules/groups';
import { centralConfig } from '../support/stack-configs';

describe('our rules', () => {
  it('are groups of names of their own, since each is a PrometheusRule under its name', () => {
    expect(ruleGroups(centralConfig()).map(({ name }) => name)).toEqual(['edges']);
  });

  it('know every edge of the configuration', () => {
    const [edges] = ruleGroups(centralConfig({ edges: [{ name: 'cluster-07' }, { name: 'cluster-08' }] }));
    expect(edges?.rules.map(({ labels }) => labels?.['edge'])).toEqual(['cluster-07', 'cluster-08']);
  });
});
