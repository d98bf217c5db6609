import { objectName, type Manifest } from './manifest';
import { operatedStatefulSet, type ConfigReloader } from './operator';
import type { Container, Pod, PodSpec } from './pod';

type Strings = Record<string, string>;

/** Something that makes pods, and those pods. */
export interface Workload extends Pod {
  /** Where the pod's spec stands in the object. */
  at: string;
  replicas: number;
  pod: PodSpec;
  /** What Kubernetes itself knows it as: for a custom resource, the StatefulSet that the operator makes. */
  manifest: Manifest;
}

interface Template {
  metadata?: { labels?: Strings | null };
  spec: PodSpec;
}

const templates = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']);

/** Where an object's pods are described. */
function templateOf({ kind, metadata, spec }: Manifest): { template: Template; at: string } | undefined {
  if (kind === 'Pod')
    return { template: { metadata: { labels: metadata.labels ?? {} }, spec: spec as PodSpec }, at: 'spec' };
  if (kind === 'CronJob') {
    const { jobTemplate } = spec as { jobTemplate: { spec: { template: Template } } };
    return { template: jobTemplate.spec.template, at: 'spec.jobTemplate.spec.template.spec' };
  }
  if (!templates.has(kind)) return undefined;
  return { template: (spec as { template: Template }).template, at: 'spec.template.spec' };
}

/**
 * Everything that makes pods, also Jobs and what Prometheus' operator makes of its custom resources: those
 * are called by the custom resource, which is what people can change, and their fields by
 * `StatefulSet.spec…`.
 */
export const workloads = (manifests: readonly Manifest[], reloader?: ConfigReloader): Workload[] =>
  manifests.flatMap((manifest) => {
    const statefulSet = operatedStatefulSet(manifest, reloader);
    const found = templateOf(statefulSet ?? manifest);
    if (!found) return [];
    const { template, at } = found;
    const { replicas } = ((statefulSet ?? manifest).spec ?? {}) as { replicas?: number };
    return {
      object: objectName(manifest),
      namespace: manifest.metadata.namespace ?? 'default',
      labels: template.metadata?.labels ?? {},
      ports: portsOf(template.spec),
      ...(template.spec.hostNetwork === true && { hostNetwork: true }),
      at: statefulSet ? `StatefulSet.${at}` : at,
      replicas: replicas ?? 1,
      pod: template.spec,
      manifest: statefulSet ?? manifest,
    };
  });

/** Each container of a workload's pods, and where it stands. */
export const containers = ({ pod, at }: Workload): { container: Container; field: string }[] =>
  (['initContainers', 'containers'] as const).flatMap((list) =>
    (pod[list] ?? []).map((container) => ({ container, field: `${at}.${list}[${container.name}]` })),
  );

const portsOf = ({ initContainers = [], containers }: PodSpec): Record<string, number> =>
  Object.fromEntries(
    [...initContainers, ...containers]
      .flatMap(({ ports = [] }) => ports)
      .map(({ name, containerPort }) => [name ?? String(containerPort), containerPort]),
  );

/** What selects pods by their labels. */
export interface Selector {
  matchLabels?: Readonly<Strings>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** True for a selector that selects everything. */
export const selectsAll = ({ matchLabels = {}, matchExpressions = [] }: Selector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

/** Whether labels have everything that a selector asks for. */
export const selects = (
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Strings> = {},
): boolean =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
  matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    const among = value !== undefined && values.includes(value);
    return operator === 'NotIn' ? !among : among;
  });
