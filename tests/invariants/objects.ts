import type { Manifest } from '../../policy/manifest';
import { objectStorageVolume, operatedStatefulSet } from '../../policy/operator';
import { recordedPods } from '../../tools/policy/chart-pods';
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
  ...ofKind<Record<string, unknown>>(resources, 'ThanosRuler').map(({ resource, object }) => ({
    resource,
    object: operated(object, resources),
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

/**
 * The StatefulSet that the operator makes, as if it were ours: without the label `managed-by` in its
 * selector, and with our name of the file whose checksum the pods have.
 */
function operated(
  object: KubernetesObject,
  resources: readonly RegisteredResource[],
): KubernetesObject<Workload> {
  const { configReloader } = recordedPods(releases(resources).map(({ release }) => release));
  const { spec, ...rest } = operatedStatefulSet(
    object as unknown as Manifest,
    configReloader,
  ) as unknown as KubernetesObject<Workload>;
  const matchLabels = { ...spec.selector.matchLabels };
  delete matchLabels['app.kubernetes.io/managed-by'];
  const { volumes = [] } = spec.template.spec;
  const named = volumes.map((volume) =>
    volume.name === objectStorageVolume ? { ...volume, name: 'objstore' } : volume,
  );
  const template = { ...spec.template, spec: { ...spec.template.spec, volumes: named } };
  return { ...rest, spec: { ...spec, selector: { matchLabels }, template } };
}
