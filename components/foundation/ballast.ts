import { ballast } from '../../capacity/ballast';
import { freeFunction, least, mebibyte, watchingContainer, type WatchedVolume } from './volume-script';

/** Mebibytes of a ballast. */
const size = ballast / mebibyte;

/** What the container runs. */
export const ballastScript = ({ path }: Pick<WatchedVolume, 'path'>): string => `
trap 'exit 1' TERM
${freeFunction(path)}
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
 * would again at every start, since it writes chunks while it reads its log. With the ballast given back it
 * starts, and has time to write a block and to forget the log behind it; `kubectl delete pod` is all that it
 * takes. Without room even so, the pod waits here and starts when the claim has grown. A container that
 * crashes does not bring back its pod's init containers: until somebody deletes the pod, its start gate
 * holds it (start-gate.ts).
 *
 * CockroachDB keeps such a file for the same reason, and calls it ballast. An agent has none: it does not
 * panic, and goes on when there is room.
 */
export const ballastContainer = (volume: WatchedVolume) =>
  watchingContainer('ballast', ballastScript(volume), [volume]);
