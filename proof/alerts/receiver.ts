import type { Cluster } from '../../tools/kubernetes/cluster';
import { createNamespace, drillsNamespace } from '../drills/faults/node';
import type { StackConfig } from '../e2e/stack-config';
import type { Inbox } from './inbox';

const name = 'inbox';

/** Where Alertmanager's pods find it: plain HTTP is allowed to a Service of the cluster alone. */
const url = ({ port }: Inbox): string => `http://${name}.${drillsNamespace}.svc:${port}/`;

/**
 * The central stack's keys that make the inbox the receiver of every alert. Watchdogs go by https alone, to
 * outside.
 */
export const receivers = (inbox: Inbox): StackConfig => ({
  alertmanager: { receivers: [{ name: 'person', webhook: [{ url: url(inbox) }] }] },
});

/** Makes a Service of the cluster that leads to this machine. */
export async function asService(cluster: Cluster, { host, port }: Inbox): Promise<string> {
  await createNamespace(cluster);
  const metadata = { name, namespace: drillsNamespace };
  const ports = [{ name: 'http', port, protocol: 'TCP' }];
  await cluster.apply({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } });
  await cluster.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports,
    endpoints: [{ addresses: [host] }],
  });
  return `${name}.${drillsNamespace}.svc:${port} leads to ${host}`;
}
