import type { Plain, RegisteredResource } from '../../tools/render/registered';

// What the invariants read of Kubernetes objects. The real types are unions with Output; here everything is
// known.
type Strings = Record<string, string>;

export interface Container {
  name: string;
  image: string;
  args?: string[];
  ports?: { name?: string; containerPort: number; hostPort?: number }[];
  resources?: { requests?: Strings; limits?: Strings };
  securityContext?: {
    privileged?: boolean;
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    runAsNonRoot?: boolean;
    runAsUser?: number;
    seccompProfile?: { type: string };
    capabilities?: { drop?: string[]; add?: string[] };
  };
  env?: {
    name: string;
    valueFrom?: { secretKeyRef?: { name: string }; configMapKeyRef?: { name: string } };
  }[];
  envFrom?: { secretRef?: { name: string }; configMapRef?: { name: string } }[];
  volumeMounts?: { name: string; subPath?: string }[];
}

export interface Volume {
  name: string;
  secret?: { secretName: string };
  configMap?: { name: string };
  projected?: { sources: { secret?: { name: string }; configMap?: { name: string } }[] };
  emptyDir?: object;
  hostPath?: object;
  persistentVolumeClaim?: { claimName: string };
}

export interface PodTemplate {
  metadata: { labels: Strings; annotations?: Strings };
  spec: {
    hostNetwork?: boolean;
    hostPID?: boolean;
    hostIPC?: boolean;
    automountServiceAccountToken?: boolean;
    serviceAccountName?: string;
    securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
    initContainers?: Container[];
    containers: Container[];
    volumes?: Volume[];
  };
}

export interface KubernetesObject<Spec = Record<string, unknown>> {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Strings; annotations?: Strings };
  spec: Spec;
  data?: Strings;
  stringData?: Strings;
}

export interface Workload {
  replicas?: number;
  serviceName?: string;
  selector: { matchLabels: Strings };
  template: PodTemplate;
  volumeClaimTemplates?: { metadata: { name: string } }[];
  persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string; whenScaled?: string };
}

export interface Release {
  name: string;
  namespace: string;
  version?: string;
  values: Record<string, Plain>;
}

export interface Service {
  selector?: Strings;
  ports: { name?: string; port: number; targetPort?: string | number }[];
}

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Every Kubernetes object of a stack but Helm releases, with the resource that made it. */
export const objects = (resources: readonly RegisteredResource[]) =>
  resources
    .filter(({ type }) => type.startsWith('kubernetes:') && !type.startsWith('kubernetes:helm.sh/'))
    .map((resource) => ({ resource, object: resource.inputs as unknown as KubernetesObject }));

/** The objects of a kind, with the type of their `spec`. */
export const ofKind = <Spec>(resources: readonly RegisteredResource[], kind: string) =>
  objects(resources)
    .filter(({ object }) => object.kind === kind)
    .map(({ resource, object }) => ({ resource, object: object as unknown as KubernetesObject<Spec> }));

/** Deployments, StatefulSets and DaemonSets, also the one that the operator makes of a ThanosRuler. */
export const workloads = (resources: readonly RegisteredResource[]) => [
  ...workloadKinds.flatMap((kind) => ofKind<Workload>(resources, kind)),
  ...ofKind<ThanosRuler>(resources, 'ThanosRuler').map(({ resource, object }) => ({
    resource,
    object: operatedStatefulSet(object, resources),
  })),
];

export const containers = ({ spec }: PodTemplate): Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
];

/** Every Helm release of a stack. */
export const releases = (resources: readonly RegisteredResource[]) =>
  resources
    .filter(({ type }) => type === 'kubernetes:helm.sh/v3:Release')
    .map((resource) => ({ resource, release: resource.inputs as unknown as Release }));

/** `Kind namespace/name` for messages. */
export const called = ({ kind, metadata }: Pick<KubernetesObject, 'kind' | 'metadata'>): string =>
  `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;

/** True when labels have everything that a selector asks for. */
export const selects = (selector: Readonly<Strings>, labels: Readonly<Strings> = {}): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** The fields of a ThanosRuler that the operator makes a StatefulSet of. */
interface ThanosRuler {
  image: string;
  replicas: number;
  portName: string;
  serviceName: string;
  serviceAccountName: string;
  podMetadata: PodTemplate['metadata'];
  resources: NonNullable<Container['resources']>;
  securityContext: PodTemplate['spec']['securityContext'];
  objectStorageConfig: { name: string };
  storage: { volumeClaimTemplate: NonNullable<Workload['volumeClaimTemplates']>[number] };
}

interface ReloaderResources {
  prometheusOperator: { prometheusConfigReloader: { resources: Container['resources'] } };
}

/** What the operator sets on each of its containers. */
const restricted: Container['securityContext'] = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/**
 * The StatefulSet that the operator (0.93.1, pkg/thanos/statefulset.go) makes of a ThanosRuler, as far as the
 * invariants look at it: its own labels win over those of `podMetadata`, and all but the version are in the
 * selector (here without `managed-by`, which no selector of ours may have).
 */
function operatedStatefulSet(
  { metadata, spec }: KubernetesObject<ThanosRuler>,
  resources: readonly RegisteredResource[],
): KubernetesObject<Workload> {
  const name = `thanos-ruler-${metadata.name}`;
  const selected = {
    ...spec.podMetadata.labels,
    'app.kubernetes.io/name': 'thanos-ruler',
    'app.kubernetes.io/instance': metadata.name,
    'thanos-ruler': metadata.name,
  };
  const labels = { ...selected, 'app.kubernetes.io/managed-by': 'prometheus-operator' };
  const chart = resources.find(
    ({ type, name: release }) =>
      type === 'kubernetes:helm.sh/v3:Release' && release === 'kube-prometheus-stack',
  );
  const values = chart?.inputs['values'] as unknown as ReloaderResources | undefined;
  const reloader = values?.prometheusOperator.prometheusConfigReloader.resources;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, ...(metadata.namespace && { namespace: metadata.namespace }) },
    spec: {
      replicas: spec.replicas,
      serviceName: spec.serviceName,
      selector: { matchLabels: selected },
      template: {
        metadata: { labels, annotations: spec.podMetadata.annotations ?? {} },
        spec: {
          serviceAccountName: spec.serviceAccountName,
          ...(spec.securityContext && { securityContext: spec.securityContext }),
          containers: [
            {
              name: 'thanos-ruler',
              image: spec.image,
              ports: [
                { name: 'grpc', containerPort: 10901 },
                { name: spec.portName, containerPort: 10902 },
              ],
              resources: spec.resources,
              securityContext: restricted,
            },
            {
              name: 'config-reloader',
              // The chart's, whose tag is the operator's version.
              image: 'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1',
              ports: [{ name: 'reloader-web', containerPort: 8080 }],
              ...(reloader && { resources: reloader }),
              securityContext: restricted,
            },
          ],
          volumes: [{ name: 'objstore', secret: { secretName: spec.objectStorageConfig.name } }],
        },
      },
      volumeClaimTemplates: [spec.storage.volumeClaimTemplate],
      // The operator sets no policy, and Kubernetes' own is to keep.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
  };
}
