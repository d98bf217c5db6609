import type { StepKey } from '../../config/central';
import type { Resources } from '../../config/scalars';
import { Duration, type Quantity } from '../../config/units';
import type { types } from '../foundation/kubernetes';
import { podTemplate, secretMount, type Mount, type PodArgs } from '../foundation/pod';
import type { SecretKeyRef } from '../foundation/references';
import { metadata, roleLabels, type ThanosArgs } from './metadata';
import type { Role } from './roles';

/** The parts in which the pods of two roles differ. */
export interface RolePod {
  args: string[];
  resources: Resources;
  mounts: Mount[];
  checksums?: PodArgs['checksums'];
  checks?: Pick<PodArgs['container'], 'live' | 'ready'>;
  startup?: Duration;
  terminationGrace?: Duration;
  drain?: boolean;
  ballast?: PodArgs['ballast'];
}

/** A volume of each pod, as claims named `data-<pod>`. */
export interface Storage {
  size: Quantity;
  className: string;
}

/**
 * Flags that every role takes: logs that a collector can parse, and a memory limit for Go's garbage collector
 * at 90 % of the container's, so that it works harder before the kernel kills the process.
 */
export const commonFlags = ['--log.format=json', '--enable-auto-gomemlimit'];

/**
 * Thanos waits up to 2 minutes for requests in flight, first those of HTTP, then those of gRPC; one more to
 * exit.
 */
export const terminationGrace = Duration.parse('5m');

/** Enough for a role that reads nothing at its start, on a node that is busy starting everything else. */
const quickStartup = Duration.parse('2m');

/** The checks that Thanos answers on its HTTP port. */
export const httpChecks = {
  live: { httpGet: { path: '/-/healthy', port: 'http' } },
  ready: { httpGet: { path: '/-/ready', port: 'http' } },
};

/** Path of a role's data in its container. */
export const dataPath = '/var/thanos';

const dataMount: Mount = { name: 'data', path: dataPath };

const objstorePath = '/etc/thanos/objstore';

/** The flag that names the object store's configuration. */
export const objstoreFlag = ({ key }: SecretKeyRef) => `--objstore.config-file=${objstorePath}/${key}`;

/**
 * The object store's configuration as a volume. Thanos reads it only at its start, so its hash is in the
 * template.
 */
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
      ports: role.ports,
      resources: pod.resources,
      ...(pod.checks ?? httpChecks),
      startup: pod.startup ?? quickStartup,
    },
    mounts: pod.mounts,
    checksums: pod.checksums,
    terminationGrace: pod.terminationGrace ?? terminationGrace,
    drain: pod.drain,
    ballast: pod.ballast,
  });

/** A role without a volume. An update starts a new pod before it stops an old one: never fewer serve. */
export const deployment = (
  role: Role & { volume?: never },
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
  storage: Storage;
  podManagementPolicy?: 'OrderedReady' | 'Parallel';
  minReadySeconds?: number;
  /** Whether it must not find its volume full: what writes a head. */
  ballast?: boolean;
}

/** A role with a volume. Its claims outlive scaling in and deletion: they may hold what is nowhere else. */
export const statefulSet = (
  role: Role & { volume: StepKey },
  args: ThanosArgs & { replicas: number },
  { storage, podManagementPolicy = 'OrderedReady', minReadySeconds, ballast }: StatefulSetArgs,
  pod: RolePod,
): types.input.apps.v1.StatefulSet => ({
  metadata: metadata(role, args),
  spec: {
    replicas: args.replicas,
    // Headless: it gives each pod its DNS name.
    serviceName: role.service,
    selector: { matchLabels: { ...role.selector } },
    podManagementPolicy,
    ...(minReadySeconds !== undefined && { minReadySeconds }),
    updateStrategy: { type: 'RollingUpdate' },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    template: template(role, args, {
      ...pod,
      mounts: [dataMount, ...pod.mounts],
      ...(ballast && { ballast: { ...dataMount, program: 'thanos' } }),
    }),
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
