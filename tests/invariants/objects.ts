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

/** Deployments, StatefulSets and DaemonSets. */
export const workloads = (resources: readonly RegisteredResource[]) =>
  workloadKinds.flatMap((kind) => ofKind<Workload>(resources, kind));

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
