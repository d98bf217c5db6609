import { ballast } from '../../capacity/ballast';
import { imageReference, images } from '../../versions';

/** A volume of the pod, and where it is mounted. */
export interface BallastVolume {
  name: string;
  path: string;
}

const mebibyte = 2 ** 20;

/** Mebibytes of a ballast. */
const size = ballast / mebibyte;

/**
 * Mebibytes without which no process is started: it opens a segment of its log and a file of chunks for every
 * tenant (32 and 128 KiB), of which there may be 400.
 */
const least = 64;

/**
 * What the container runs. A full volume is told by its free bytes and not by what happened before, so that
 * nothing has to be remembered from one pod to the next. Backticks, since kubelet expands `$(…)`.
 */
export const ballastScript = ({ path }: Pick<BallastVolume, 'path'>): string => `
trap 'exit 1' TERM
free() { busybox stat -f -c '%a %S' ${path} | busybox awk '{ print int($1 * $2 / ${mebibyte}) }'; }
file=${path}/ballast
if [ -e $file ]; then
  if [ \`free\` -lt ${size} ]; then
    busybox rm $file
    echo 'The volume was full: its ballast of ${size} MiB is given back until ${2 * size} are free.'
  fi
elif [ \`free\` -ge ${2 * size} ]; then
  busybox fallocate -l ${size}M $file || {
    busybox rm -f $file
    echo 'This file system reserves nothing: the volume has no ballast.'
  }
fi
told=
while [ \`free\` -lt ${least} ]; do
  [ "$told" ] || echo 'The volume is full. Grow its claim: the pod starts by itself when ${least} MiB are free.'
  told=yes
  busybox sleep 5 & wait $!
done
`;

/**
 * The init container that keeps a ballast on a volume, and gives it back when a pod starts whose volume is
 * full.
 *
 * An ingestor, Prometheus or Ruler on a full volume panics (`preallocate: no space left on device`), and
 * again at every start, since it writes chunks while it reads its log. With the ballast given back it starts,
 * and has time to write a block and to forget the log behind it; `kubectl delete pod` is all that it takes. A
 * container that crashes does not bring back its pod's init containers, so nothing is given back before
 * somebody looks, and what starts on the full volume until then may lose the newest part of its log
 * (docs/drills.md). Without room even so, the pod waits here and starts when the claim has grown.
 *
 * CockroachDB keeps such a file for the same reason, and calls it ballast. An agent has none: it does not
 * panic, and goes on when there is room.
 */
export const ballastContainer = (volume: BallastVolume) => ({
  name: 'ballast',
  image: imageReference(images.busybox),
  command: ['/bin/busybox', 'sh', '-ec', ballastScript(volume)],
  resources: { requests: { cpu: '5m', memory: '8Mi' }, limits: { cpu: '500m', memory: '32Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [{ name: volume.name, mountPath: volume.path }],
  terminationMessagePolicy: 'FallbackToLogsOnError',
});
