import { freeFunction, least, watchingContainer, type WatchedVolume } from './volume-script';

/** The volume with the file that kubelet mounts into the process' container, or refuses to. */
export const gateVolume = { name: 'start-gate', emptyDir: { sizeLimit: '1Mi' } };

const gateFile = 'open';

/** Where the gate's own container has the volume, and the process' one the file. */
const gateFolder = '/start-gate';

/** Seconds between two looks at the volume: kubelet takes about as long until it starts anew what crashed. */
const every = 1;

/**
 * What the container runs: while the volume has no room, the file is a link that leads out of its volume. It
 * is replaced by rename, so that kubelet never finds nothing, where it would make a directory.
 */
export const startGateScript = (path: string, folder = gateFolder): string => `
trap 'exit 0' TERM
${freeFunction(path)}
gate=${folder}/${gateFile}
while :; do
  if [ \`free\` -lt ${least} ]; then
    if [ ! -h $gate ]; then
      busybox ln -sf /dev/null $gate.next
      busybox mv -f $gate.next $gate
      echo 'The volume is full. What writes to it is not started again until ${least} MiB are free: delete the pod, which gives its ballast back, or grow the claim.'
    fi
  elif [ -h $gate ]; then
    : > $gate.room
    busybox mv -f $gate.room $gate
    echo 'There is room again.'
  fi
  busybox sleep ${every} & wait $!
done
`;

const openAtFirst = `[ -e ${gateFolder}/${gateFile} ] || : > ${gateFolder}/${gateFile}`;

/**
 * Holds the start of a container while its volume is full.
 *
 * A write that finds no room leaves half a record in the log, and a start repairs that: it puts the segment
 * aside, writes it anew, fails half way for lack of room, and the next start no longer looks at what was put
 * aside (`WL.Repair` in Prometheus v3.14.0, tsdb/wlog/wlog.go). So one restart on a full volume loses what
 * was accepted last. Init containers do not run when a container alone restarts, the images have no shell,
 * and kubelet has no check before a start but one: a `subPath` that leads out of its volume is refused. The
 * container is then `CreateContainerConfigError` and tried again every few seconds, without having run.
 *
 * A sidecar (Kubernetes 1.29), since it has to run before and beside the process.
 */
export const startGateContainer = (volume: WatchedVolume) => ({
  ...watchingContainer('start-gate', startGateScript(volume.path), [
    volume,
    { name: gateVolume.name, path: gateFolder },
  ]),
  restartPolicy: 'Always',
  // kubelet waits for it before it starts the process, and would make a directory of a file that is missing.
  lifecycle: { postStart: { exec: { command: ['/bin/busybox', 'sh', '-ec', openAtFirst] } } },
});

/** The mount of the container that is held: by it kubelet asks the gate. */
export const gateMount = {
  name: gateVolume.name,
  mountPath: gateFolder,
  subPath: gateFile,
  readOnly: true,
};
