import { objectName } from '../../policy/manifest';
import type { Deployment, Plain } from '../../tools/render/registered';
import { containers, objects, releases, workloads } from './objects';

/** Objects that the chart itself makes and our values or pods may name. */
const chartSecrets = new Set(['monitoring/kube-prometheus-stack-admission']);

/** Secrets and ConfigMaps that a pod mounts or reads and that nobody makes. */
export function missingMounts({ resources }: Deployment): string[] {
  const present = new Set([
    ...objects(resources).map(({ object }) => objectName(object)),
    ...[...chartSecrets].map((name) => `Secret ${name}`),
  ]);
  return workloads(resources).flatMap(({ object }) => {
    const { spec } = object.spec.template;
    const projected = (spec.volumes ?? []).flatMap((volume) => volume.projected?.sources ?? []);
    const env = containers(object.spec.template).flatMap((container) => container.env ?? []);
    const envFrom = containers(object.spec.template).flatMap((container) => container.envFrom ?? []);
    const secretNames = [
      ...(spec.volumes ?? []).map((volume) => volume.secret?.secretName),
      ...projected.map((source) => source.secret?.name),
      ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
      ...envFrom.map(({ secretRef }) => secretRef?.name),
    ];
    const configMapNames = [
      ...(spec.volumes ?? []).map((volume) => volume.configMap?.name),
      ...projected.map((source) => source.configMap?.name),
      ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
      ...envFrom.map(({ configMapRef }) => configMapRef?.name),
    ];
    const named = [
      ...secretNames.map((name) => name && `Secret ${object.metadata.namespace ?? ''}/${name}`),
      ...configMapNames.map((name) => name && `ConfigMap ${object.metadata.namespace ?? ''}/${name}`),
    ];
    return named
      .filter((name) => name !== undefined && !present.has(name))
      .map((name) => `${objectName(object)} mounts ${name ?? ''}, which is not there`);
  });
}

/** Secrets that Helm values name and nobody makes; the pods of the chart would wait for them for ever. */
export function missingChartSecrets({ resources }: Deployment): string[] {
  const present = new Set(objects(resources).map(({ object }) => objectName(object)));
  return releases(resources).flatMap(({ release: { name, namespace, values } }) =>
    secretNames(values)
      .map((secret) => `Secret ${namespace}/${secret}`)
      .filter((secret) => !present.has(secret) && !chartSecrets.has(secret.replace('Secret ', '')))
      .map((secret) => `Release ${name} names ${secret}, which is not there`),
  );
}

/** The names below the keys by which chart and operator refer to Secrets. */
export function secretNames(values: Plain): string[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([key, inner]: [string, Plain]) => {
    const refers = ['existingSecret', 'secretName', 'secret', 'keySecret', 'secretKeyRef'].includes(key);
    if (refers && typeof inner === 'string') return [inner];
    if (refers && typeof inner === 'object' && inner !== null && 'name' in inner)
      return [JSON.stringify(inner['name']).replaceAll('"', '')];
    if (key === 'secrets' && Array.isArray(inner)) return inner.filter((item) => typeof item === 'string');
    return secretNames(inner);
  });
}
