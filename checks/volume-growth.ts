import { monitoringNamespace } from '../components/foundation/namespaces';
import { prometheusStatefulSet, releaseName } from '../components/prometheus-stack/addresses';
import { roles, thanosRuler, type Role } from '../components/thanos/roles';
import type { CentralConfig, StepKey } from '../config/central';
import type { Violation } from '../config/errors';
import { Quantity } from '../config/units';
import { volumes, type LastOutputs } from '../contract/deployed-state';

/** A StatefulSet whose pods have a volume each. */
export interface Claimant {
  statefulSet: string;
  /** Name of the claim in its template. */
  claim: string;
  replicas: number;
  /** Whether Prometheus' operator makes it: it makes it anew by itself, around the running pods. */
  operated: boolean;
}

/**
 * Volumes that are to be larger than they are deployed. A StatefulSet makes claims from its template and
 * never changes them, so a larger size in the configuration would leave every volume as it is. Pulumi would
 * besides replace the StatefulSet, all of its pods at once.
 *
 * Grafana's volume is none of these: its claim is the chart's own, and Helm grows it.
 */
export function growthViolations(
  last: LastOutputs['deployed'],
  next: CentralConfig,
): (Violation & { key: StepKey })[] {
  return Object.entries(claimants(next)).flatMap(([name, claimant]) => {
    const key = name as StepKey;
    const [before, size] = [last?.volumes[key], volumes(next)[key]];
    if (before === undefined || !size || size.bytes <= Quantity.parse(before).bytes) return [];
    return [
      {
        key,
        found: size.kubernetes,
        allowed: `${before}, the deployed size: a StatefulSet never changes the claims that it made`,
        fix: growth(key, claimant, size, next.cluster),
      },
    ];
  });
}

/** What a person runs, so that the volumes grow under the running pods. */
function growth(
  key: StepKey,
  { statefulSet, claim, replicas, operated }: Claimant,
  size: Quantity,
  { kubeconfig, context }: CentralConfig['cluster'],
): string {
  const file = kubeconfig === undefined ? '' : ` --kubeconfig ${kubeconfig}`;
  const kubectl = `kubectl${file} --context ${context} -n ${monitoringNamespace}`;
  const claims = claimNames({ statefulSet, claim, replicas }).join(' ');
  const request = JSON.stringify({ spec: { resources: { requests: { storage: size.kubernetes } } } });
  const commands = [
    `${kubectl} patch pvc ${claims} -p '${request}'`,
    ...(operated ? [] : [`${kubectl} delete statefulset ${statefulSet} --cascade=orphan`]),
  ];
  return [
    'Grow the claims themselves; the StorageClass must allow it:',
    ...commands.map((command) => `    ${command}`),
    `  Then write acceptedSteps: { ${key}: claims grown } into the stack file, and run pulumi up${operated ? '' : ' --refresh'} ` +
      'once (docs/operating.md, Volumes).',
  ].join('\n');
}

/** The claims that a StatefulSet makes, a name for each pod. */
export const claimNames = ({
  statefulSet,
  claim,
  replicas,
}: Pick<Claimant, 'statefulSet' | 'claim' | 'replicas'>): string[] =>
  Array.from({ length: replicas }, (_, i) => `${claim}-${statefulSet}-${i}`);

/** Each volume that a StatefulSet claims, by the key of its size. */
export const claimants = (config: CentralConfig): Partial<Record<StepKey, Claimant>> => ({
  [roles.receive.volume]: thanos(roles.receive, config.receive.replicas),
  [roles.store.volume]: thanos(roles.store, config.store.replicas),
  [roles.compactor.volume]: thanos(roles.compactor, 1),
  ...(config.ruler.enabled && {
    [roles.ruler.volume]: operated(thanosRuler.statefulSet, config.ruler.replicas, thanosRuler.claim),
  }),
  'prometheus.storage': operated(prometheusStatefulSet, config.prometheus.replicas),
  'alertmanager.storage': operated(`alertmanager-${releaseName}-alertmanager`, config.alertmanager.replicas),
});

const thanos = ({ name }: Role, replicas: number): Claimant => ({
  statefulSet: name,
  claim: 'data',
  replicas,
  operated: false,
});

const operated = (statefulSet: string, replicas: number, claim = `${statefulSet}-db`): Claimant => ({
  statefulSet,
  claim,
  replicas,
  operated: true,
});
