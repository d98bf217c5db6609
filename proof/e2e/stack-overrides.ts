import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { isObject, merged, type StackConfig } from './stack-config';

/** The clusters that a test deploys to; everything else of a committed stack stays as committed. */
export interface TestEnvironment {
  cluster: ClusterAccess;
  storageClass: string | undefined;
}

export interface CentralTestEnvironment extends TestEnvironment {
  domain: string | undefined;
  ingressClass: string | undefined;
  objectStore: { endpoint: string; insecure: boolean; bucket: string };
}

/**
 * Requests of every container, since two clusters may share a small machine. Limits stay as committed, and
 * every capacity follows from those.
 */
const requests = { cpu: '10m', memory: '32Mi' };

/** What a test sets in a committed edge stack. */
export const edgeOverrides = (committed: StackConfig, to: TestEnvironment): StackConfig => ({
  ...smallRequests(edgeSchema.parse(committed)),
  cluster: cluster(to),
});

/** What a test sets in a committed central stack. */
export function centralOverrides(committed: StackConfig, to: CentralTestEnvironment): StackConfig {
  const changes = {
    cluster: { ...cluster(to), ...(to.domain !== undefined && { domain: to.domain }) },
    objectStore: to.objectStore,
    // The committed address belongs to the committed cluster's network.
    receive: { loadBalancer: { address: undefined } },
    ...(to.ingressClass !== undefined && { ingress: { className: to.ingressClass } }),
  };
  return merged(smallRequests(centralSchema.parse(committed)), changes) as StackConfig;
}

const cluster = ({ cluster: access, storageClass }: TestEnvironment) => ({
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
