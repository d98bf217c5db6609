import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import { isLoopback } from '../../config/networks';
import { merged, ownConfig, stackFile as changedFile, type StackConfig } from '../e2e/stack-config';
import { centralOverrides, edgeOverrides } from '../e2e/stack-overrides';
import type { Classes } from './clusters';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';

/** What clusters with real nodes have that the committed ones have otherwise; undefined: as committed. */
export interface RealClusters {
  /** StorageClass of the volumes. */
  storageClass?: string | undefined;
  /** Class of the Ingresses on the central cluster. */
  ingressClass?: string | undefined;
  /** DNS domain of the central cluster's hosts. */
  domain?: string | undefined;
  /** Address for the edges' samples, which the load balancer is asked for. */
  loadBalancer?: string | undefined;
}

/** What differs between a committed stack and the same stack in the sandbox. */
export interface Surroundings {
  cluster: ClusterAccess;
  /** Folder of chart archives; undefined: the registry. */
  charts?: string | undefined;
  /** Host and port of MinIO. */
  objectStore: string;
  /** For clusters with real nodes; undefined: those of kwokctl. */
  real?: RealClusters | undefined;
}

/**
 * The sandbox's stack file: the committed one, with the cluster, charts and object store of the sandbox.
 *
 * @param committed text of the committed stack file, which is never changed
 * @param previous text of the sandbox's file as pulumi left it: its salt and its encrypted values are kept
 */
export function stackFile(stack: string, committed: string, previous: string, to: Surroundings): string {
  const text = changedFile(committed, previous, changes(ownConfig(committed), to));
  return `# Written from Pulumi.${stack}.yaml of the repository at every command of the sandbox: edit that one.\n${text}`;
}

function changes(committed: StackConfig, to: Surroundings): StackConfig {
  const own = {
    cluster: { ...to.cluster },
    ...(committed['objectStore'] !== undefined && {
      objectStore: { endpoint: to.objectStore, insecure: true },
      ...(isLoopback(to.objectStore.split(':')[0] ?? '') && {
        acceptedRisks: { 'objectStore.endpoint': 'no pod of the sandbox runs' },
      }),
    }),
    ...(to.charts !== undefined && { charts: { directory: to.charts } }),
  };
  return to.real ? (merged(forRealNodes(committed, to, to.real), own) as StackConfig) : own;
}

/** Small requests and what `real` says. A configuration that is refused stays as it is: `pulumi` says why. */
function forRealNodes(committed: StackConfig, to: Surroundings, real: RealClusters): StackConfig {
  const { storageClass, ingressClass, domain, loadBalancer } = real;
  const cluster = { cluster: to.cluster, storageClass };
  if (edgeSchema.safeParse(committed).success) return edgeOverrides(committed, cluster);
  if (!centralSchema.safeParse(committed).success) return {};
  const objectStore = { endpoint: to.objectStore, insecure: true, bucket: bucketOf(committed) };
  const changed = centralOverrides(committed, { ...cluster, ingressClass, domain, objectStore });
  if (loadBalancer === undefined) return changed;
  return merged(changed, { receive: { loadBalancer: { address: loadBalancer } } }) as StackConfig;
}

/** The classes that a committed stack's objects name, on clusters with real nodes. */
export function classesOf(committed: string, { storageClass, ingressClass }: RealClusters): Classes {
  const config = ownConfig(committed);
  const central = centralSchema.safeParse(config).data;
  const edge = edgeSchema.safeParse(config).data;
  return {
    storageclass: storageClass ?? (central ?? edge)?.cluster.storageClass,
    ingressclass: central && (ingressClass ?? central.ingress.className),
  };
}

const bucketOf = (committed: StackConfig): string => centralSchema.parse(committed).objectStore.bucket;
