import { X509Certificate } from 'node:crypto';
import { monitoringNamespace, nodeNamespace } from '../../../components/foundation/namespaces';
import type { ApiReader } from '../../kubernetes/api-reader';
import type { CertificateSeen } from '../checks/certificates';
import type { Observation } from '../finding';
import {
  claimSchema,
  podSchema,
  secretSchema,
  statsSchema,
  workloadSchema,
  type Claim,
  type Pod,
  type Secret,
  type VolumeUse,
  type Workload,
} from '../objects';
import { NotSeen, observe, observeWith } from '../observe';

/** Seconds that one look at a cluster may take. */
export const patience = 20;

const core = (namespace: string) => `/api/v1/namespaces/${namespace}`;
const apps = (namespace: string) => `/apis/apps/v1/namespaces/${namespace}`;

/** Where an object of ours is, in Kubernetes' own paths. */
export const paths = {
  core: core(monitoringNamespace),
  ingresses: `/apis/networking.k8s.io/v1/namespaces/${monitoringNamespace}/ingresses`,
} as const;

const namespaces = [monitoringNamespace, nodeNamespace];

/** What is looked at in every cluster, whatever its role. */
export interface ClusterSeen {
  pods: Observation<Pod[]>;
  workloads: Observation<Workload[]>;
  claims: Observation<Claim[]>;
  volumeUse: Observation<VolumeUse[]>;
}

export async function lookAtCluster(api: ApiReader): Promise<ClusterSeen> {
  const pods = observe('pods', patience, () =>
    inAll(namespaces, (name) => api.list(`${core(name)}/pods`, podSchema)),
  );
  const [seen, workloads, claims, volumeUse] = await Promise.all([
    pods,
    observe('workloads', patience, () =>
      inAll(namespaces, (name) =>
        inAll(['deployments', 'statefulsets', 'daemonsets'], (kind) =>
          api.list(`${apps(name)}/${kind}`, workloadSchema),
        ),
      ),
    ),
    observe('claims', patience, () => api.list(`${paths.core}/persistentvolumeclaims`, claimSchema)),
    pods.then((found) =>
      observeWith(found, (list) => observe('sizes of volumes', patience, () => volumeUseOf(list, api))),
    ),
  ]);
  return { pods: seen, workloads, claims, volumeUse };
}

const inAll = async <T>(names: readonly string[], list: (name: string) => Promise<T[]>): Promise<T[]> =>
  (await Promise.all(names.map(list))).flat();

/** How full the volumes are, by the kubelets of the nodes that have our pods. */
async function volumeUseOf(pods: readonly Pod[], api: ApiReader): Promise<VolumeUse[]> {
  const nodes = new Set(
    pods
      .filter(({ spec }) => spec.volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim))
      .flatMap(({ spec }) => spec.nodeName ?? []),
  );
  const stats = await Promise.all(
    [...nodes].map((node) => api.get(`/api/v1/nodes/${node}/proxy/stats/summary`, statsSchema)),
  );
  return stats
    .flatMap((node) => node.pods.flatMap(({ volume }) => volume))
    .flatMap(({ pvcRef, capacityBytes, availableBytes }) =>
      pvcRef?.namespace === monitoringNamespace && capacityBytes !== undefined && availableBytes !== undefined
        ? [{ claim: pvcRef.name, capacity: capacityBytes, available: availableBytes }]
        : [],
    );
}

/** A Secret of the namespace `monitoring`. */
export const secret = (api: ApiReader, name: string): Promise<Secret> =>
  api.get(`${paths.core}/secrets/${name}`, secretSchema);

/** The end of the certificate in a Secret. @param key of its PEM */
export const servedCertificate = (
  name: string,
  key: string,
  certificate: string,
  { data }: Secret,
): CertificateSeen => {
  const pem = data[key];
  if (pem === undefined) throw new NotSeen(`${name} has no ${key}`, 'Run pulumi up on the stack.');
  return { certificate, end: endOf(new X509Certificate(pem)) };
};

/** Both times of a certificate are texts of OpenSSL. */
export const endOf = ({ validTo }: Pick<X509Certificate, 'validTo'>): Date => new Date(validTo);

/** Pods that have all of some labels, by what was seen of the cluster. */
export const podsWith = (pods: Observation<Pod[]>, labels: Readonly<Record<string, string>>): Pod[] =>
  'why' in pods
    ? []
    : pods.value.filter(({ metadata }) =>
        Object.entries(labels).every(([label, value]) => metadata.labels[label] === value),
      );
