import type { Resources } from '../../config/scalars';
import type { Duration, Quantity } from '../../config/units';
import type { types } from '../foundation/kubernetes';
import { podTemplate, secretMount, type Mount, type PodArgs } from '../foundation/pod';
import type { SecretKeyRef } from '../foundation/references';
import { httpChecks, metadata, quickStartup, roleLabels, terminationGrace } from './role';
import type { Role, ThanosArgs } from './role';

/** What differs between the pods of two roles. */
export interface RolePod {
  args: string[];
  ports: Record<string, number>;
  resources: Resources;
  mounts: Mount[];
  checksums?: PodArgs['checksums'];
  checks?: Pick<PodArgs['container'], 'live' | 'ready'>;
  startup?: Duration;
  terminationGrace?: Duration;
  drain?: boolean;
}

/** A volume of each pod, as claims named `data-<pod>`. */
export interface Storage {
  size: Quantity;
  className: string;
}

/** Where a role keeps its data. */
export const dataPath = '/var/thanos';

const dataMount: Mount = { name: 'data', path: dataPath };

const objstorePath = '/etc/thanos/objstore';

/** The flag that names the object store's configuration. */
export const objstoreFlag = ({ key }: SecretKeyRef) => `--objstore.config-file=${objstorePath}/${key}`;

/** The object store's configuration as a volume; Thanos reads it at its start alone, so its hash is in the template. */
export const objstoreMount = ({ name, key }: SecretKeyRef): Mount =>
  secretMount('objstore', objstorePath, name, [key]);

const template = (role: Role, args: ThanosArgs, pod: RolePod) =>
  podTemplate({
    labels: roleLabels(role, args),
    selector: role.selector,
    container: {
      name: role.name,
      image: args.image,
      args: pod.args,
      ports: pod.ports,
      resources: pod.resources,
      ...(pod.checks ?? httpChecks),
      startup: pod.startup ?? quickStartup,
    },
    mounts: pod.mounts,
    checksums: pod.checksums,
    terminationGrace: pod.terminationGrace ?? terminationGrace,
    drain: pod.drain,
  });

/** A role without data. An update starts the new pod before it stops an old one, so there are never fewer. */
export const deployment = (
  role: Role,
  args: ThanosArgs & { replicas: number },
  pod: RolePod,
): types.input.apps.v1.Deployment => ({
  metadata: metadata(role, args),
  spec: {
    replicas: args.replicas,
    selector: { matchLabels: { ...role.selector } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: template(role, args, { ...pod, drain: true }),
  },
});

export interface StatefulSetArgs {
  /** The headless Service that gives each pod its DNS name; by default the one named like the role. */
  serviceName?: string;
  storage: Storage;
  podManagementPolicy?: 'OrderedReady' | 'Parallel';
  minReadySeconds?: number;
}

/** A role with data. Its claims outlive scaling in and deletion: they may hold what is nowhere else. */
export const statefulSet = (
  role: Role,
  args: ThanosArgs & { replicas: number },
  {
    serviceName = role.name,
    storage,
    podManagementPolicy = 'OrderedReady',
    minReadySeconds,
  }: StatefulSetArgs,
  pod: RolePod,
): types.input.apps.v1.StatefulSet => ({
  metadata: metadata(role, args),
  spec: {
    replicas: args.replicas,
    serviceName,
    selector: { matchLabels: { ...role.selector } },
    podManagementPolicy,
    ...(minReadySeconds !== undefined && { minReadySeconds }),
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    template: template(role, args, { ...pod, mounts: [dataMount, ...pod.mounts] }),
    volumeClaimTemplates: [
      {
        metadata: { name: dataMount.name },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: storage.className,
          resources: { requests: { storage: storage.size.kubernetes } },
        },
      },
    ],
  },
});
