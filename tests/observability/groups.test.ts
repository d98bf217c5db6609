import { stringify } from 'yaml';
import { prometheusRule, rulesObjects } from '../../components/prometheus-stack/prometheus-rules';
import { ruleGroups } from '../../observability/rules/groups';
import { ruleFacts } from '../../stacks/rule-facts';
import { checkedConfig } from '../../checks/config';
import type { CentralConfig } from '../../config/central';
import { bounds } from '../../config/scalars';
import { centralConfig, centralRaw, type Changes } from '../support/stack-configs';

const groups = (changes: Changes = {}) => ruleGroups(ruleFacts(centralConfig(changes)));

describe('our rules', () => {
  it('are groups of names of their own', () => {
    const names = groups().map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.every((name) => /^[a-z][a-z-]*[a-z]$/.test(name))).toBe(true);
  });

  it('are objects that the operator takes, of as many edges with as long names as there may be', () => {
    const edges = Array.from({ length: bounds.edges }, (_, i) => ({ name: `e${i}`.padEnd(63, 'x') }));
    const most = 512 * 1024; // MaxConfigMapDataSize of the operator 0.93.1, pkg/operator/rules.go
    const config = checkedConfig(centralRaw({ edges }), 'unchecked') as CentralConfig;
    for (const object of rulesObjects(ruleGroups(ruleFacts(config)))) {
      const { spec } = prometheusRule(object, { namespace: 'monitoring', runbooks: 'x'.repeat(200) });
      // As the operator writes it into a file for Prometheus.
      expect([object.name, stringify(spec, { lineWidth: 0 }).length < 0.9 * most]).toEqual([
        object.name,
        true,
      ]);
    }
  });

  it('know every edge of the configuration', () => {
    const rules = groups({ edges: [{ name: 'cluster-07' }, { name: 'cluster-08' }] }).flatMap(
      (group) => group.rules,
    );
    expect(
      rules.flatMap((rule) => ('alert' in rule && rule.alert === 'EdgeSilent' ? rule.labels['edge'] : [])),
    ).toEqual(['cluster-07', 'cluster-08']);
  });

  it('are about the centre alone where there is no edge', () => {
    const rules = groups({ edges: [] }).flatMap((group) => group.rules);
    expect(rules.filter((rule) => 'alert' in rule && /^EdgeS|^EdgesAll/.test(rule.alert))).toMatchObject([
      { alert: 'EdgeSamplesDropped' },
      { alert: 'EdgeSamplesRefused' },
    ]);
  });

  it('are all evaluated by the Prometheus where there is no Ruler, and what is about edges is left out', () => {
    const without = groups({ 'ruler.enabled': false, acceptedRisks: { 'ruler.enabled': 'only a test' } });
    expect(without.map(({ evaluator }) => evaluator)).not.toContain('ruler');
    expect(without.map(({ name }) => name)).toEqual(expect.arrayContaining(['capacity', 'targets']));
    expect(without.map(({ name }) => name)).not.toContain('edge-silence');
  });

  it('watch Thanos from the Prometheus, which needs none of it', () => {
    const byRuler = groups().filter(({ evaluator }) => evaluator === 'ruler');
    const alerts = byRuler.flatMap(({ rules }) =>
      rules.flatMap((rule) => ('alert' in rule ? rule.alert : [])),
    );
    expect(
      alerts.filter((alert) => /^(Thanos|Ruler|Alertmanager|Prometheus|Certificate)/.test(alert)),
    ).toEqual([]);
  });
});
