import { monitoringNamespace } from '../components/foundation/namespaces';
import type { Violation } from '../config/errors';
import { Quantity } from '../config/units';
import type { Deployed } from '../contract/deployed-state';
import { claimNames, type Claimant } from './claimants';
import { shellWord } from './shell-word';

/** How a person reaches the cluster. */
export interface Reached {
  context: string;
  kubeconfig?: string | undefined;
}

/**
 * Volumes that are to be larger than they are deployed. A StatefulSet makes claims from its template and
 * never changes them, so a larger size in the configuration would leave every volume as it is. And the
 * template of a StatefulSet cannot be changed: Pulumi would replace it, and Prometheus' operator deletes it
 * with all of its pods (`ForceUpdateStatefulSet` in 0.93.1, pkg/k8s/statefulset.go), which asks no disruption
 * budget. Of an edge both agents would go, in an outage with all that they have not sent.
 *
 * Grafana's volume is none of these: its claim is the chart's own, and Helm grows it.
 */
export function growthViolations<Key extends string>(
  last: Deployed | undefined,
  sizes: Partial<Record<Key, Quantity>>,
  { claimants, cluster }: { claimants: Partial<Record<Key, Claimant>>; cluster: Reached },
): (Violation & { key: Key })[] {
  return Object.keys(claimants).flatMap((name) => {
    const key = name as Key;
    const [claimant, before, size] = [claimants[key], last?.volumes[key], sizes[key]];
    if (before === undefined || !claimant || !size || size.bytes <= Quantity.parse(before).bytes) return [];
    return [
      {
        key,
        found: size.kubernetes,
        allowed: `${before}, the deployed size: a StatefulSet never changes the claims that it made`,
        fix: growth(key, claimant, size, cluster),
      },
    ];
  });
}

/** What a person runs, so that the volumes grow under the running pods. */
function growth(key: string, claimant: Claimant, size: Quantity, { kubeconfig, context }: Reached): string {
  const file = kubeconfig === undefined ? '' : ` --kubeconfig ${shellWord(kubeconfig)}`;
  const kubectl = `kubectl${file} --context ${shellWord(context)} -n ${monitoringNamespace}`;
  const request = { resources: { requests: { storage: size.kubernetes } } };
  const orphan = `delete statefulset ${claimant.statefulSet} --cascade=orphan`;
  const commands = [
    `patch pvc ${claimNames(claimant).join(' ')} -p '${JSON.stringify({ spec: request })}'`,
    ...(claimant.operated ? paused(claimant.operated, orphan, request) : [orphan]),
  ];
  return [
    'Grow the claims themselves; the StorageClass must allow it. End at the first command that fails:',
    ...commands.map((command) => `    ${kubectl} ${command}`),
    `  Then write acceptedSteps: { ${key}: claims grown } into the stack file, and run pulumi up${claimant.operated ? '' : ' --refresh'} ` +
      'once (docs/operating.md, Volumes).',
  ].join('\n');
}

/**
 * The same around an operator that looks away meanwhile: it would make the StatefulSet anew with the old
 * size. With the last command it makes it with the new one, around the running pods.
 */
function paused({ kind, name }: NonNullable<Claimant['operated']>, orphan: string, request: object) {
  const patch = (spec: object) => `patch ${kind} ${name} --type merge -p '${JSON.stringify({ spec })}'`;
  return [
    patch({ paused: true }),
    orphan,
    patch({ paused: false, storage: { volumeClaimTemplate: { spec: request } } }),
  ];
}
