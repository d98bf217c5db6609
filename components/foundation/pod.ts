import type { Input } from '@pulumi/pulumi';
import { kubernetesResources, type Resources } from '../../config/scalars';
import type { Duration } from '../../config/units';
import { fullVolume } from './full-volume';
import type { types } from './kubernetes';
import type { Labels } from './labels';
import { endBySignal } from './start-gate';

type PodTemplate = types.input.core.v1.PodTemplateSpec;
type Probe = types.input.core.v1.Probe;

/** The user of the Thanos image, and the group of its volumes, which otherwise belong to root. */
const user = 1001;

/** Seconds between two checks of the startup probe, and of the readiness probe. */
const checkEvery = 5;

/**
 * Seconds that a stopping pod goes on serving. It leaves its Services when it is told to stop, but the nodes
 * learn that a moment later and would send requests into a closed port.
 */
const drainSeconds = 5;

/** A probe's check: an HTTP request, or a TCP connection to an open port. */
export type Check = { httpGet: { path: string; port: string } } | { tcpSocket: { port: string } };

/** A volume and its path in the container. */
export interface Mount {
  name: string;
  path: string;
  /**
   * The ConfigMap or Secret that it shows, always as a directory: a file mounted by `subPath` never changes
   * again. Left out for a claim that the StatefulSet's own template makes, the only kind that is writable.
   */
  source?: Pick<types.input.core.v1.Volume, 'configMap' | 'secret'>;
}

/** The parts in which the pods of two workloads differ; this file gives them everything else. */
export interface PodArgs {
  /** Labels of the pod, among them those of its selector. */
  labels: Record<string, string>;
  selector: Labels;
  container: {
    name: string;
    image: string;
    args: string[];
    /** Name and number of each port; probes, Services and ServiceMonitors name them. */
    ports: Record<string, number>;
    resources: Resources;
    live: Check;
    ready: Check;
    /** Time until `live` must hold for the first time; a container that takes longer is killed. */
    startup: Duration;
  };
  mounts: Mount[];
  /** The mount that `program` must not find full: it keeps a ballast, ends in time, and waits for room. */
  ballast?: Mount & { program: string };
  /** Hashes of what the container reads only at its start: a new hash restarts the pods. */
  checksums?: Record<string, Input<string>>;
  /** Longer than the process needs to stop: killed earlier, it loses what it had not written yet. */
  terminationGrace: Duration;
  /** True for pods behind a Service that balances requests (not for those that are addressed one by one). */
  drain?: boolean;
}

/** A Secret as a directory, whose files only the container's group may read. */
export const secretMount = (
  name: string,
  path: string,
  secretName: Input<string>,
  keys?: string[],
): Mount => ({
  name,
  path,
  source: {
    secret: {
      secretName,
      defaultMode: 0o440,
      ...(keys && { items: keys.map((key) => ({ key, path: key })) }),
    },
  },
});

export const configMapMount = (name: string, path: string, configMap: Input<string>): Mount => ({
  name,
  path,
  source: { configMap: { name: configMap } },
});

/** The pod's part of the Pod Security Standard `restricted`, as the user of the Thanos image. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  // Changing the owner of every file of a large volume takes minutes at each start.
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Annotations that restart a pod when what it read at its start has changed. */
export const checksumAnnotations = (checksums: Record<string, Input<string>>) =>
  Object.fromEntries(Object.entries(checksums).map(([what, checksum]) => [`checksum/${what}`, checksum]));

/** The three probes. A busy process gets 2 minutes until it is restarted: a restart makes load worse. */
export function probes({
  live,
  ready,
  startup,
}: Pick<PodArgs['container'], 'live' | 'ready' | 'startup'>): Record<string, Probe> {
  return {
    startupProbe: {
      ...live,
      periodSeconds: checkEvery,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(startup.seconds / checkEvery),
    },
    livenessProbe: { ...live, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 4 },
    readinessProbe: { ...ready, periodSeconds: checkEvery, timeoutSeconds: 5, failureThreshold: 3 },
  };
}

/** Spreads pods over nodes and zones where there are several; a cluster of one node still runs them all. */
export const spread = (selector: Labels) =>
  ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { ...selector } },
  }));

/** A pod template under the Pod Security Standard `restricted`, with no access to the API server. */
export function podTemplate(args: PodArgs): PodTemplate {
  const { container, mounts, checksums = {} } = args;
  const whenFull = args.ballast && fullVolume(args.ballast, endBySignal(args.ballast.program));
  return {
    metadata: { labels: args.labels, annotations: checksumAnnotations(checksums) },
    spec: {
      automountServiceAccountToken: false,
      // Nothing here reads environment variables about every Service of the namespace.
      enableServiceLinks: false,
      securityContext: podSecurity,
      terminationGracePeriodSeconds: args.terminationGrace.seconds,
      topologySpreadConstraints: spread(args.selector),
      ...(whenFull && { shareProcessNamespace: true, initContainers: whenFull.initContainers }),
      containers: [
        {
          name: container.name,
          image: container.image,
          imagePullPolicy: 'IfNotPresent',
          args: container.args,
          // For the arguments that tell replicas apart.
          env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
          ports: Object.entries(container.ports).map(([name, containerPort]) => ({ name, containerPort })),
          resources: kubernetesResources(container.resources),
          ...probes(container),
          ...(args.drain && { lifecycle: { preStop: { sleep: { seconds: drainSeconds } } } }),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: [
            ...mounts.map(({ name, path, source }) => ({
              name,
              mountPath: path,
              ...(source && { readOnly: true }),
            })),
            ...(whenFull?.volumeMounts ?? []),
          ],
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
      volumes: [
        ...mounts.flatMap(({ name, source }) => (source ? [{ name, ...source }] : [])),
        ...(whenFull?.volumes ?? []),
      ],
    },
  };
}
