import type { Cluster, KubernetesObject } from '../../../tools/kubernetes/cluster';

type Rules = readonly object[];

interface NetworkPolicy extends KubernetesObject {
  spec: { egress?: Rules };
}

/**
 * Changes what pods may connect to, while `during` runs: on every cluster whose network plugin enforces
 * policies, open connections included. The policy is the stack's own, since policies only add to each other,
 * and is put back whatever happens.
 *
 * @param policy name of a policy of the stack
 * @param egress its rules meanwhile, from those it has
 */
export async function withEgress<T>(
  cluster: Cluster,
  namespace: string,
  policy: string,
  egress: (rules: Rules) => Rules,
  during: () => Promise<T>,
): Promise<T> {
  const rules = await egressOf(cluster, namespace, policy);
  await setEgress(cluster, namespace, policy, egress(rules));
  try {
    return await during();
  } finally {
    await setEgress(cluster, namespace, policy, rules);
  }
}

/** The rules of a policy. */
export async function egressOf(cluster: Cluster, namespace: string, policy: string): Promise<Rules> {
  const { spec } = await cluster.get<NetworkPolicy>('networkpolicy', policy, namespace);
  return spec.egress ?? [];
}

/** Puts other rules in the place of a policy's. */
export async function setEgress(
  cluster: Cluster,
  namespace: string,
  policy: string,
  value: Rules,
): Promise<void> {
  const patch = JSON.stringify([{ op: 'replace', path: '/spec/egress', value }]);
  await cluster.kubectl(['patch', 'networkpolicy', policy, '--type=json', `--patch=${patch}`], { namespace });
}

/** Rules that let out to everything but one address: pods of all namespaces, and every other address. */
export const allBut = (address: string): Rules => [
  { to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0', except: [`${address}/32`] } }] },
];

/** The rules less those for a port. */
export const withoutPort =
  (port: number) =>
  (rules: Rules): Rules =>
    rules.filter(
      (rule) => !((rule as { ports?: { port: number }[] }).ports ?? []).some((p) => p.port === port),
    );
