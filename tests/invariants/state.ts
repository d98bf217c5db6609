import { objectName } from '../../policy/manifest';
import type { Deployment } from '../../tools/render/registered';
import { objects, releases } from './objects';

/**
 * What holds data, besides volumes, and would lose it on deletion: the bucket, the custom resource
 * definitions.
 */
export const unprotectedData = ({ resources }: Deployment): string[] => [
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
    ...objects(resources).map(({ object }) => `${object.apiVersion} ${objectName(object)}`),
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
