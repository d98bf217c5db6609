import { inhibitions } from '../../components/prometheus-stack/alertmanager-inhibitions';
import { certificates } from '../../observability/rules/certificates';
import { ruleGroups } from '../../observability/rules/groups';
import type { AlertingRule } from '../../observability/rules/rule-group';
import { ruleFacts } from '../../stacks/rule-facts';
import { Expression } from '../../tools/rules/expression';
import { centralConfig } from '../support/stack-configs';

const alerts = [...ruleGroups(ruleFacts(centralConfig())), certificates([])].flatMap(({ rules }) =>
  rules.filter((rule): rule is AlertingRule => 'alert' in rule),
);

/** Labels by which two alerts of one name tell two things apart. */
function telling({ expr, labels }: AlertingRule): string[] {
  const shape = new Expression(expr).shape(new Expression(expr).top);
  const kept = shape === 'scalar' ? [] : [...(shape.only ?? [])];
  return [...kept, ...Object.keys(labels)].filter((label) => !['severity', 'explains'].includes(label));
}

describe('a critical alert silences the warning of the same name', () => {
  const [byCritical] = inhibitions;
  const twice = alerts.filter(
    ({ alert, labels }) =>
      labels.severity === 'warning' &&
      alerts.some((other) => other.alert === alert && other.labels.severity === 'critical'),
  );

  it('where there are both', () => {
    expect(twice.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining(['VolumeFilling', 'ThanosDown', 'TargetsGone', 'CertificateExpiring']),
    );
  });

  // One fault of Query fails the groups of everybody, and a pod is not another thing than its part.
  const oneThing = ['rule_group', 'pod'];

  it.each(twice.map((rule) => [rule.alert, rule] as const))('about the same thing only: %s', (_, rule) => {
    expect(
      telling(rule).filter((label) => ![...(byCritical?.equal ?? []), ...oneThing].includes(label)),
    ).toEqual([]);
  });
});
