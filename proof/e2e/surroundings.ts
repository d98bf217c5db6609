import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { isObject, merged, type StackConfig } from './stack-config';

/** What a test changes in a committed stack; everything else stays as committed. */
export interface Surroundings {
  cluster: ClusterAccess;
  storageClass: string | undefined;
}

export interface CentralSurroundings extends Surroundings {
  domain: string | undefined;
  ingressClass: string | undefined;
  objectStore: { endpoint: string; insecure: boolean; bucket: string };
}

/**
 * What each container asks of its node: two clusters may share a small machine. Limits stay as committed, and every
 * capacity follows from those.
 */
const requests = { cpu: '10m', memory: '32Mi' };

/** The changes to a committed edge stack. */
export const edgeChanges = (committed: StackConfig, to: Surroundings): StackConfig => ({
  ...smallRequests(edgeSchema.parse(committed)),
  cluster: cluster(to),
});

/** The changes to a committed central stack. */
export function centralChanges(committed: StackConfig, to: CentralSurroundings): StackConfig {
  const changes = {
    cluster: { ...cluster(to), ...(to.domain !== undefined && { domain: to.domain }) },
    objectStore: to.objectStore,
    // The address is the committed cluster's own.
    receive: { loadBalancer: { address: undefined } },
    ...(to.ingressClass !== undefined && { ingress: { className: to.ingressClass } }),
  };
  return merged(smallRequests(centralSchema.parse(committed)), changes) as StackConfig;
}

const cluster = ({ cluster: access, storageClass }: Surroundings) => ({
  ...access,
  ...(storageClass !== undefined && { storageClass }),
});

/** `requests` at every place of a configuration that has them. */
const smallRequests = (config: unknown): StackConfig => withRequests(config) ?? {};

function withRequests(value: unknown): StackConfig | undefined {
  if (!isObject(value)) return undefined;
  if ('requests' in value && 'limits' in value) return { requests };
  const inner = Object.entries(value).flatMap(([key, one]) => {
    const found = withRequests(one);
    return found ? [[key, found] as const] : [];
  });
  return inner.length > 0 ? Object.fromEntries(inner) : undefined;
}
