import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { monitoringNamespace as namespace, nodeNamespace } from '../components/foundation/namespaces';
import { NetworkPolicies, type Flow } from '../components/foundation/network-policies';
import { objectStorePort } from '../components/object-store/object-store';
import { receiverPorts } from '../components/prometheus-stack/alertmanager-ports';
import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { apiServerPorts, centralFlows, edgeFlows } from './flows';

/** What a central configuration lets talk to what. */
const flowsOfCentre = (config: CentralConfig): Flow[] =>
  centralFlows({
    apiServerPorts: apiServerPorts(config),
    objectStorePort: objectStorePort(config.objectStore),
    ruler: config.ruler.enabled,
    receiverPorts: receiverPorts(config.alertmanager),
    probes: config.blackboxExporter,
    egress: config.networkPolicies.egress,
  });

/** The policies of a stack, for its pods to wait for; none where they are given up. */
export function deployPolicies(
  config: CentralConfig | EdgeConfig,
  opts: ComponentResourceOptions,
): NetworkPolicies[] {
  const { enabled, dns } = config.networkPolicies;
  if (!enabled) return [];
  const flows = config.role === 'central' ? flowsOfCentre(config) : edgeFlows(apiServerPorts(config));
  const args = { namespace, otherNamespaces: [nodeNamespace], dns, flows };
  return [new NetworkPolicies(config.cluster.name, args, opts)];
}
