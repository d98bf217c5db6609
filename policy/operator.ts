import type { Manifest } from './manifest';
import { made, securityContext, type CustomSpec, type Made } from './operated-kinds';
import type { Container, PodSpec } from './pod';
import { merged } from './strategic-merge';

/** What the operator is started with. */
export interface ConfigReloader {
  image: string;
  resources: Container['resources'];
}

/**
 * The StatefulSet that the operator makes of a custom resource; undefined for any other manifest.
 *
 * @param reloader left out of the pod where it is not known
 */
export function operatedStatefulSet(manifest: Manifest, reloader?: ConfigReloader): Manifest | undefined {
  const kind = made[manifest.kind];
  if (!kind || !manifest.apiVersion.startsWith('monitoring.coreos.com/')) return undefined;
  const { name, namespace } = manifest.metadata;
  const spec = (manifest.spec ?? {}) as CustomSpec;
  const labels = { ...spec.podMetadata?.labels, ...kind.labels(name) };
  const beside = (container: string, port: { name: string; containerPort: number }): Container[] =>
    reloader ? [{ name: container, ...reloader, securityContext, ports: [port] }] : [];
  const init = kind.initReloader
    ? beside('init-config-reloader', { name: 'reloader-init', containerPort: 8081 })
    : [];
  const own = [
    ...kind.containers(spec),
    ...beside('config-reloader', { name: 'reloader-web', containerPort: 8080 }),
  ];
  const statefulSet = `${kind.prefix}${name}`;
  const claim = spec.storage?.volumeClaimTemplate;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: statefulSet, ...(namespace !== undefined && { namespace }) },
    spec: {
      replicas: spec.replicas ?? 1,
      serviceName: spec.serviceName ?? kind.governingService,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { ...spec.podMetadata?.annotations } },
        spec: {
          ...(spec.serviceAccountName !== undefined && { serviceAccountName: spec.serviceAccountName }),
          ...tokenOf(kind, spec),
          ...(spec.hostNetwork !== undefined && { hostNetwork: spec.hostNetwork }),
          ...(spec.securityContext && { securityContext: spec.securityContext }),
          initContainers: merged(init, spec.initContainers),
          containers: merged(own, spec.containers),
          volumes: [...(spec.volumes ?? []), ...secretVolumes(spec)],
        } satisfies PodSpec,
      },
      ...(claim && {
        volumeClaimTemplates: [{ ...claim, metadata: { name: `${statefulSet}-db`, ...claim.metadata } }],
      }),
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
        ...spec.persistentVolumeClaimRetentionPolicy,
      },
    },
  };
}

const tokenOf = ({ token }: Made, { automountServiceAccountToken: said }: CustomSpec) => {
  const mounted = said ?? (token ? true : undefined);
  return mounted === undefined ? {} : { automountServiceAccountToken: mounted };
};

const secretVolumes = ({ secrets = [], objectStorageConfig }: CustomSpec) => [
  ...secrets.map((secretName) => ({ name: `secret-${secretName}`, secret: { secretName } })),
  ...(objectStorageConfig
    ? [{ name: objectStorageVolume, secret: { secretName: objectStorageConfig.name } }]
    : []),
];

/** Name of the volume in which ThanosRuler finds its objstore.yml. */
export const objectStorageVolume = 'objstorage-config';

/** What the operator's Deployment says of the reloader in its arguments. */
export function reloaderOf(manifests: readonly Manifest[]): ConfigReloader | undefined {
  const args = manifests
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap(({ spec }) => (spec as { template: { spec: PodSpec } }).template.spec.containers)
    .flatMap((operator) => operator.args ?? []);
  const value = (flag: string) => args.find((arg) => arg.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  const image = value('prometheus-config-reloader');
  if (image === undefined) return undefined;
  const amounts = (of: 'request' | 'limit') =>
    Object.fromEntries(
      ['cpu', 'memory'].flatMap((resource) => {
        const amount = value(`config-reloader-${resource}-${of}`);
        // The operator takes 0 for no amount at all.
        return amount === undefined || amount === '0' ? [] : [[resource, amount]];
      }),
    );
  return { image, resources: { requests: amounts('request'), limits: amounts('limit') } };
}
