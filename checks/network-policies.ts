import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import type { NetworkPoliciesConfig } from '../config/network-policies';

/**
 * Pods without a fence, which somebody must want.
 *
 * @param reached what every pod of the cluster then reaches
 */
export const openPods = (
  { enabled }: Pick<NetworkPoliciesConfig, 'enabled'>,
  reached: string,
): Violation[] =>
  enabled
    ? []
    : [
        {
          key: 'networkPolicies.enabled',
          found: 'false',
          allowed: `true: without policies every pod of the cluster reaches ${reached}`,
          fix: 'Widen the policies by networkPolicies.dns, apiServerPorts or egress, or say in acceptedRisks why there are none.',
        },
      ];

/** Parts that are let out and do not run. */
export function absentParts({
  networkPolicies: { egress },
  ruler,
  blackboxExporter,
}: Pick<CentralConfig, 'networkPolicies' | 'ruler' | 'blackboxExporter'>): Violation[] {
  const absent: Readonly<Record<string, string | undefined>> = {
    ...(!ruler.enabled && { 'thanos-ruler': 'ruler.enabled' }),
    ...(!blackboxExporter.enabled && { 'blackbox-exporter': 'blackboxExporter.enabled' }),
  };
  return egress.flatMap(({ from }, i): Violation[] => {
    const key = absent[from];
    if (key === undefined) return [];
    return [
      {
        key: `networkPolicies.egress.${i}.from`,
        found: from,
        allowed: `a part that runs: ${key} is false`,
        fix: `Remove the entry, or set ${key} to true.`,
      },
    ];
  });
}
