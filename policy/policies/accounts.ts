import { objectName, type Manifest } from '../manifest';
import { shown, type Finding, type Policy } from '../policy';
import { workloads, type Workload } from '../workloads';

interface Binding extends Manifest {
  subjects?: { kind: string; name: string; namespace?: string }[] | null;
}

interface Account extends Manifest {
  automountServiceAccountToken?: boolean;
}

const accountOf = ({ namespace, pod }: Workload) => ({
  namespace,
  name: pod.serviceAccountName ?? 'default',
});

/** Whether Kubernetes puts a token into the pods: the pod says so, else its account, else it does. */
function hasToken(workload: Workload, accounts: readonly Account[]): boolean {
  const { namespace, name } = accountOf(workload);
  const account = accounts.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  return workload.pod.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
}

export const tokenUsed: Policy = {
  name: 'token-used',
  description: 'A pod has a token of the API server only where its account has a right there.',
  reason:
    'A token without rights today is one with rights as soon as somebody binds the account, in every pod that has it.',
  remedy:
    'Set automountServiceAccountToken: false on the pod or its account, or give it an account of its own with the right it needs.',
  scope: 'stack',
  facts: ['configReloader'],
  check: (manifests, { configReloader }) => {
    const bindings = manifests.filter(({ kind }) =>
      ['RoleBinding', 'ClusterRoleBinding'].includes(kind),
    ) as Binding[];
    const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
    return workloads(manifests, configReloader).flatMap((workload) => {
      const { namespace, name } = accountOf(workload);
      const bound = bindings.some(({ subjects, metadata }) =>
        (subjects ?? []).some(
          (subject) =>
            subject.kind === 'ServiceAccount' &&
            subject.name === name &&
            (subject.namespace ?? metadata.namespace) === namespace,
        ),
      );
      if (bound || !hasToken(workload, accounts)) return [];
      return [
        {
          object: workload.object,
          field: `${workload.at}.automountServiceAccountToken`,
          found: shown(workload.pod.automountServiceAccountToken),
          allowed: `false: ServiceAccount ${namespace}/${name} has no right`,
        },
      ];
    });
  },
};

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  verbs: string[];
}

interface Role extends Manifest {
  rules?: Rule[] | null;
}

/** A rule by what it is about, which stays when others come before it. */
const called = ({ resources = [] }: Rule): string => `rules[${resources[0] ?? 'nonResourceURLs'}]`;

function ruleFindings(role: Role, rule: Rule): Finding[] {
  const at = called(rule);
  const { apiGroups = [], resources = [], verbs } = rule;
  const object = objectName(role);
  const wide = Object.entries({ apiGroups, resources, verbs })
    .filter(([, list]) => list.includes('*'))
    .map(([field]) => ({ object, field: `${at}.${field}`, found: '*', allowed: 'each by its name' }));
  const secrets = ['secrets', '*'].some((name) => resources.includes(name));
  const reads = ['get', 'list', 'watch', '*'].filter((verb) => verbs.includes(verb));
  return role.kind === 'ClusterRole' && secrets && reads.length > 0
    ? [
        ...wide,
        {
          object,
          field: `${at}.resources`,
          found: `${reads.join(', ')} of secrets`,
          allowed: 'a Role in the namespace that needs it',
        },
      ]
    : wide;
}

export const clusterRights: Policy = {
  name: 'cluster-rights',
  description: 'Roles name what they allow, and none reads the Secrets of every namespace.',
  reason:
    'With `*` a new kind of object is allowed on the day it is installed; and who reads all Secrets is everybody who has one.',
  remedy: 'List resources and verbs; for Secrets take a Role in their namespace.',
  scope: 'object',
  facts: [],
  check: (manifests) =>
    (manifests.filter(({ kind }) => ['Role', 'ClusterRole'].includes(kind)) as Role[]).flatMap((role) =>
      (role.rules ?? []).flatMap((rule) => ruleFindings(role, rule)),
    ),
};
