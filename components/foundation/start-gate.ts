import { freeFunction, least, watchingContainer, type WatchedVolume } from './volume-script';

/** The volume with the file that kubelet mounts into the process' container, or refuses to. */
export const gateVolume = { name: 'start-gate', emptyDir: { sizeLimit: '1Mi' } };

const gateFile = 'open';

/** Where the gate's own container has the volume, and the process' one the file. */
const gateFolder = '/start-gate';

/** Seconds between two looks at the volume: kubelet takes about as long until it starts again what ended. */
const every = 1;

/** Shell command that ends a program from beside it, in a pod whose containers see each other's processes. */
export const endBySignal = (program: string): string => `busybox killall -q -TERM ${program}`;

/** Shell command that ends Prometheus. The operator enables its lifecycle API (`--web.enable-lifecycle`). */
export const endByLifecycle = (port: number): string =>
  `busybox timeout 5 busybox wget -q -O /dev/null --post-data=x http://127.0.0.1:${port}/-/quit`;

/** Tries to end the process. What hinders it is said once, and not each second. */
const attempt = (end: string): string => `
    why=\`{ ${end}; } 2>&1\` || :
    [ -z "$why" ] || [ "$why" = "$told" ] || echo "$why"
    told=$why`;

/**
 * What the container runs: while the volume has no room, the file is a link that leads out of its volume, and
 * what runs is told to end, again and again, since it may still be starting. The file is replaced by rename,
 * so that kubelet never finds nothing, where it would make a directory.
 *
 * @param end command that ends the process; without one it runs on until a write fails
 */
export const startGateScript = (path: string, end?: string, folder = gateFolder): string => `
trap 'exit 0' TERM
${freeFunction(path)}
gate=${folder}/${gateFile}
while :; do
  if [ \`free\` -lt ${least} ]; then
    if [ ! -h $gate ]; then
      busybox ln -sf /dev/null $gate.next
      busybox mv -f $gate.next $gate
      echo 'Less than ${least} MiB are free. What writes to this volume ${end ? 'is ended before a write fails, and ' : ''}is not started again until they are: delete the pod, which gives its ballast back, or grow the claim.'
    fi${end ? attempt(end) : ''}
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
 * Ends a process before its volume is full, and holds its start until there is room.
 *
 * A head must not meet a full volume. It accepts late samples although their log has no room for them
 * (`Commit` in Prometheus v0.309.1, tsdb/head_append.go: the error is logged, no more). A write that finds no
 * room leaves half a record in the log; the start after it repairs that, and does not read the log of late
 * samples (`open`, tsdb/db.go). On a full volume the repair itself fails half way, and the next start no
 * longer looks at what was put aside (`WL.Repair`, tsdb/wlog/wlog.go). Each loses what was accepted.
 *
 * Init containers do not run when a container alone restarts, not every image has a shell, and kubelet has no
 * check before a start but one: a `subPath` that leads out of its volume is refused. The container is then
 * `CreateContainerConfigError` and tried again every few seconds, without having run.
 *
 * A sidecar (Kubernetes 1.29), since it has to run before and beside the process.
 */
export const startGateContainer = (volume: WatchedVolume, end?: string) => ({
  ...watchingContainer('start-gate', startGateScript(volume.path, end), [
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
