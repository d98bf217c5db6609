import { ruleGroups } from '../../observability/rules/groups';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig, type Changes } from '../support/stack-configs';

/** The alerts of the group, by name and what they are of. */
const alerts = (changes: Changes = {}) =>
  ruleGroups(ruleFacts(centralConfig(changes)))
    .find(({ name }) => name === 'probes')
    ?.rules.flatMap((rule) => ('alert' in rule ? [`${rule.alert} ${rule.labels['host'] ?? ''}`.trim()] : []));

const receive = ['ThanosReceiveHandshakeFailing', 'ThanosReceiveAdmitsAnybody'];
const names = ['grafana', 'thanos-query', 'thanos-receiver'].map(
  (name) => `PublicNameNotAnswering ${name}.monitoring.example.org`,
);
const certificates = ['ServedCertificateExpiring', 'ServedCertificateExpiring'];

describe('the rules over probes', () => {
  it('are about edges, Receive, the public names and the certificates that are served', () => {
    expect(alerts()).toEqual([
      'EdgeNotReadable',
      'ThanosQueryFrontendUnreachable',
      ...receive,
      ...names,
      ...certificates,
    ]);
  });

  it('are about nothing that is not asked', () => {
    expect(alerts({ edges: [] })).toEqual([...receive, ...names, ...certificates]);
    expect(alerts({ 'blackboxExporter.publicNames': false, edges: [] })).toEqual([
      ...receive,
      ...certificates,
    ]);
    expect(alerts({ 'blackboxExporter.enabled': false })).toBeUndefined();
  });
});
