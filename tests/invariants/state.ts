import type { Deployment } from '../../tools/render/registered';
import { called, objects, ofKind, releases, selects, workloads, type Workload } from './objects';

interface DisruptionBudget {
  minAvailable?: number | string;
  maxUnavailable?: number | string;
  selector: { matchLabels: Record<string, string> };
}

/** Budgets that allow no eviction at all: a node could never be drained. And budgets of nobody. */
export const blockingBudgets = ({ resources }: Deployment): string[] =>
  ofKind<DisruptionBudget>(resources, 'PodDisruptionBudget').flatMap(({ object }) => {
    const { minAvailable, maxUnavailable, selector } = object.spec;
    const guarded = workloads(resources).filter(({ object: { spec } }) =>
      selects(selector.matchLabels, spec.template.metadata.labels),
    );
    if (guarded.length !== 1) return [`${called(object)} guards ${guarded.length} workloads`];
    const replicas = guarded[0]?.object.spec.replicas ?? 1;
    const allowed =
      maxUnavailable === undefined
        ? replicas - amount(minAvailable ?? 0, replicas)
        : amount(maxUnavailable, replicas);
    return allowed >= 1 ? [] : [`${called(object)} allows no eviction of ${replicas} replicas`];
  });

/** A number of pods, or a share of them, which Kubernetes rounds up. */
const amount = (value: number | string, replicas: number): number =>
  typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) / 100) * replicas);

/**
 * What holds data and would lose it on deletion or scaling in: volumes, the bucket, the custom resource
 * definitions.
 */
export const unprotectedData = ({ resources }: Deployment): string[] => [
  ...ofKind<Workload>(resources, 'StatefulSet')
    .filter(({ object: { spec } }) => (spec.volumeClaimTemplates ?? []).length > 0)
    .filter(({ object: { spec } }) => {
      const { whenDeleted, whenScaled } = spec.persistentVolumeClaimRetentionPolicy ?? {};
      return whenDeleted !== 'Retain' || whenScaled !== 'Retain';
    })
    .map(({ object }) => `${called(object)}: its volumes go with it`),
  ...resources
    .filter(({ type }) => type === 'minio:index/s3Bucket:S3Bucket')
    .filter(
      ({ options, inputs }) => !options.protect || !options.retainOnDelete || inputs['forceDestroy'] === true,
    )
    .map(({ name }) => `bucket ${name} can be deleted`),
  ...releases(resources)
    .filter(({ release }) => release.name === 'prometheus-operator-crds')
    .filter(
      ({ release, resource: { options } }) =>
        !JSON.stringify(release.values).includes('"helm.sh/resource-policy":"keep"') &&
        !options.retainOnDelete,
    )
    .map(({ release: { name } }) => `Release ${name}: deleting it deletes every object of its kinds`),
];

/**
 * Objects of one kind, namespace and name that two resources make: they would overwrite each other at every
 * run.
 */
export function duplicates({ resources }: Deployment): string[] {
  const ids = [
    ...objects(resources).map(({ object }) => `${object.apiVersion} ${called(object)}`),
    ...releases(resources).map(({ release }) => `Release ${release.namespace}/${release.name}`),
    ...resources
      .filter(({ type }) => type.startsWith('minio:'))
      .map(({ type, inputs }) => `${type} ${JSON.stringify(inputs)}`),
  ];
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) < i))];
}

/** Resources of a default provider: it would reach whatever the user's environment points at. */
export const defaultProviders = ({ resources }: Deployment): string[] =>
  resources
    .filter(({ custom, type, provider }) => custom && provider === '' && !type.startsWith('pulumi:'))
    .map(({ type, name }) => `${type} ${name}`);

/** Objects whose Kubernetes name or namespace is left to chance, or is not the resource's. */
export const unnamedObjects = ({ resources }: Deployment): string[] =>
  objects(resources)
    .filter(({ object: { metadata, kind } }) => {
      const namespaced = !['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PriorityClass'].includes(kind);
      return !metadata.name || (namespaced && !metadata.namespace);
    })
    .map(({ resource }) => `${resource.type} ${resource.name}`);
