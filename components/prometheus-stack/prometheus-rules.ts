import * as pulumi from '@pulumi/pulumi';
import { certificates, type CertificateEnd } from '../../observability/rules/certificates';
import type { Rule, RuleGroup } from '../../observability/rules/rule-group';
import * as k8s from '../foundation/kubernetes';

/**
 * The label of a PrometheusRule that says who evaluates it. Only `prometheus` means something: without the
 * label, and with any other value, it is the Ruler, so that every rule is evaluated by exactly one of the two
 * and a team need not know the label.
 */
export const evaluatorLabel = 'evaluated-by';

const byPrometheus: RuleGroup['evaluator'] = 'prometheus';

/** The PrometheusRules of the central Prometheus where there is a Ruler. */
export const rulesOfPrometheus = { matchLabels: { [evaluatorLabel]: byPrometheus } };

/** The PrometheusRules of the Ruler: all others. */
export const rulesOfRuler = {
  matchExpressions: [{ key: evaluatorLabel, operator: 'NotIn' as const, values: [byPrometheus] }],
};

export interface PrometheusRulesArgs {
  namespace: string;
  groups: readonly RuleGroup[];
  /** Ends of the certificates that the stack makes, which only the deployed ones know. */
  certificates: pulumi.Input<CertificateEnd[]>;
  /** Where the runbooks are: an address, or a path in this repository; without a slash at its end. */
  runbooks: string;
}

/** A rule as the operator takes it. */
export type DeployedRule = Rule | (Rule & { annotations: { runbook_url: string } });

const deployedRule = (rule: Rule, runbooks: string): DeployedRule =>
  'alert' in rule
    ? {
        ...rule,
        annotations: { ...rule.annotations, runbook_url: `${runbooks}/${rule.alert}.md` },
      }
    : rule;

/** A PrometheusRule of ours: its name, who evaluates it, and the groups in it. */
export interface RulesObject {
  name: string;
  evaluator: RuleGroup['evaluator'];
  groups: readonly RuleGroup[];
}

const evaluators = ['prometheus', 'ruler'] as const satisfies RuleGroup['evaluator'][];

/**
 * The objects of groups: one for each evaluator, since every object makes each preview longer, and one for
 * each group that grows with the edges, since the operator takes no object of more than 512 KiB.
 */
export const rulesObjects = (groups: readonly RuleGroup[]): RulesObject[] => [
  ...evaluators.flatMap((evaluator) => {
    const shared = groups.filter((group) => group.evaluator === evaluator && !group.growsWithEdges);
    return shared.length > 0 ? [{ name: evaluator, evaluator, groups: shared }] : [];
  }),
  ...groups
    .filter(({ growsWithEdges }) => growsWithEdges)
    .map((group) => ({ name: group.name, evaluator: group.evaluator, groups: [group] })),
];

/**
 * The PrometheusRule itself; each alert in it leads to its runbook. The Ruler looks back a minute for groups
 * that do not say it, as the chart's; ours say it.
 */
export const prometheusRule = (
  { name, evaluator, groups }: RulesObject,
  { namespace, runbooks }: Pick<PrometheusRulesArgs, 'namespace' | 'runbooks'>,
) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: {
    name,
    namespace,
    labels: {
      'app.kubernetes.io/part-of': 'monitoring',
      'app.kubernetes.io/managed-by': 'pulumi',
      [evaluatorLabel]: evaluator,
    },
  },
  spec: { groups: groups.map((group) => deployedGroup(group, runbooks)) },
});

/** A group as the operator takes it: without what only we know. */
const deployedGroup = (
  { name, evaluator, interval, query_offset, rules }: RuleGroup,
  runbooks: string,
): Pick<RuleGroup, 'name' | 'interval' | 'query_offset'> & { rules: DeployedRule[] } => ({
  name,
  ...(interval !== undefined && { interval }),
  ...(query_offset !== undefined ? { query_offset } : evaluator === 'ruler' && { query_offset: '0s' }),
  rules: rules.map((rule) => deployedRule(rule, runbooks)),
});

/**
 * Our rules. The operator hands a changed object on without a restart. It leaves out one that does not parse
 * as a whole, so `npm run rules` asks promtool about what is rendered.
 */
export class PrometheusRules extends pulumi.ComponentResource {
  constructor(name: string, args: PrometheusRulesArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:prometheus-stack:PrometheusRules', name, {}, opts);
    for (const object of rulesObjects(args.groups)) {
      new k8s.CustomResource(`${object.name}-rules`, prometheusRule(object, args), { parent: this });
    }
    const rule = (ends: CertificateEnd[]) => {
      const group = certificates(ends);
      return prometheusRule({ name: group.name, evaluator: group.evaluator, groups: [group] }, args);
    };
    // Name and labels do not depend on the ends, so a preview shows them before there are any.
    const { apiVersion, kind, metadata } = rule([]);
    const spec = pulumi.output(args.certificates).apply((ends) => rule(ends).spec);
    new k8s.CustomResource(`${metadata.name}-rules`, { apiVersion, kind, metadata, spec }, { parent: this });
    this.registerOutputs({});
  }
}
