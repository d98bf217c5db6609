import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';

/** What Cilium calls the two annotations; each has an older name that it still reads. */
const sharingKey = ['lbipam.cilium.io/sharing-key', 'io.cilium/lb-ipam-sharing-key'];
const acrossNamespaces = [
  'lbipam.cilium.io/sharing-cross-namespace',
  'io.cilium/lb-ipam-sharing-cross-namespace',
];

/**
 * An address that is to be shared and would not be: this stack has one Service of type LoadBalancer, so the
 * other stands elsewhere, and Cilium gives two namespaces one address only if each names the other. The
 * second Service stays without an address, and `pulumi up` waits for it and fails.
 */
export function sharedAddress({ receive }: Pick<CentralConfig, 'receive'>): Violation[] {
  const keys = Object.keys(receive.loadBalancer.annotations);
  const found = keys.find((key) => sharingKey.includes(key));
  if (found === undefined || keys.some((key) => acrossNamespaces.includes(key))) return [];
  return [
    {
      key: 'receive.loadBalancer.annotations',
      found: `${found} alone`,
      allowed: `beside it ${acrossNamespaces[0] ?? ''} with the namespace of the Service that has the address too`,
      fix: `Add it, such as ${acrossNamespaces[0] ?? ''}: kube-system for Cilium's Ingress; that Service must name monitoring in the same way (docs/assumptions.md).`,
    },
  ];
}
