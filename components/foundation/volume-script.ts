import { imageReference, images } from '../../versions';

/** A volume of the pod, and where it is mounted. */
export interface WatchedVolume {
  name: string;
  path: string;
}

export const mebibyte = 2 ** 20;

/**
 * Mebibytes without which no process is started, nor goes on: it opens a segment of its log and a file of
 * chunks for every tenant (32 and 128 KiB), of which there may be 400; and the volume is looked at once a
 * second.
 */
export const least = 64;

/**
 * A shell function that prints the mebibytes that are free below `path`. A full volume is told by them and
 * not by what happened before, so that nothing has to be remembered from one pod to the next. Backticks,
 * since kubelet expands `$(…)`.
 */
export const freeFunction = (path: string): string =>
  `free() { busybox stat -f -c '%a %S' ${path} | busybox awk '{ print int($1 * $2 / ${mebibyte}) }'; }`;

/** What the containers that watch a volume have in common. */
export const watchingContainer = (name: string, script: string, mounts: WatchedVolume[]) => ({
  name,
  image: imageReference(images.busybox),
  command: ['/bin/busybox', 'sh', '-ec', script],
  resources: { requests: { cpu: '5m', memory: '8Mi' }, limits: { cpu: '500m', memory: '32Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: mounts.map((mount) => ({ name: mount.name, mountPath: mount.path })),
  terminationMessagePolicy: 'FallbackToLogsOnError',
});
