import { setTimeout as sleep } from 'node:timers/promises';
import { ballast } from '../../../capacity/ballast';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import type { Drill } from '../drill';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import type { Load } from '../load';
import { restarts } from '../restarts';
import { underLoad } from './loaded';

const statefulSet = 'thanos-receiver';
const pod = 'thanos-receiver-0';

/** Seconds that the volume stays full until the runbook's command is run: a chunk file is due each minute. */
const full = 75;

/** Mebibytes that are left at once, and those that are taken of them each second. */
const left = 96;
const pace = 8;

/** Mebibytes that are free beside the data: the ballast, and a block that is being written. */
const room = (2 * ballast) / 2 ** 20 + 200;

/** Seconds until the ingestor has uploaded its head and its pod is gone, or until it is back. */
const patience = 1200;

/** Seconds after the runbook's command until writes succeed. */
const promised = 300;

const volumeFull: Drill = {
  name: 'volume-full',
  title: "the ingestor's volume full until the runbook's command",
  run: async (fleet) => {
    const fullUnderLoad = () => underLoad(fleet, (load) => fillAndGiveBack(fleet, load));
    const folder = await localFolder(fleet);
    return folder === undefined ? fullUnderLoad() : onSmallFileSystem(fleet, folder, fullUnderLoad);
  },
};

/**
 * Fills the volume to its last byte, faster than an ingestor's own writes do, and runs the command of
 * docs/runbooks/VolumeFilling.md. What fills the volume stays until writes have succeeded.
 */
async function fillAndGiveBack(fleet: Fleet, load: Load): Promise<string[]> {
  const { central, namespace } = fleet.platform;
  const node = await NodeShell.beside(central, namespace, pod);
  const filler = await nodePath(fleet, 'filler');
  const accepted = () => load.statuses.get(200) ?? 0;
  try {
    await node.onNode(fill(filler));
    const before = accepted();
    await sleep(full * 1000);
    const meanwhile = accepted() - before;
    const restarted = await restarts(central, namespace, pod);
    const gate = await central.kubectl(['logs', pod, '--container=start-gate'], { namespace });
    const start = Date.now();
    await central.kubectl(['delete', 'pod', pod], { namespace, timeout: patience });
    await eventually(promised, () => {
      if (accepted() > before + meanwhile) return Promise.resolve();
      throw new Failure('no write succeeds after kubectl delete pod');
    });
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    const said = await central.kubectl(['logs', pod, '--container=ballast'], { namespace });
    const log = await central.kubectl(['logs', pod, '--container=thanos-receiver'], { namespace });
    return [
      `${meanwhile} requests accepted while it was full, ${restarted} restarts; writes ${seconds} s after kubectl delete pod`,
      `start-gate: ${gate.trim()}`,
      `ballast: ${said.trim()}`,
      log.includes('attempting repair') ? 'its log was repaired' : 'its log needed no repair',
    ];
  } finally {
    await node.onNode(`rm -f $(echo ${await nodePath(fleet, 'filler')})`);
  }
}

/** Script that fills a volume by a file: all but a little at once, the rest slowly, to the last byte. */
const fill = (filler: string): string => `
  file=$(echo ${filler})
  free() { set -- $(stat -f -c "%a %S" $(dirname $file)); echo $(($1 * $2 / ${2 ** 20})); }
  dd if=/dev/zero of=$file bs=1M count=$(($(free) - ${left})) 2>/dev/null
  while dd if=/dev/zero bs=1M count=${pace} 2>/dev/null >> $file; do sleep 1; done`;

/** A file of the ingestor's volume as the node sees it, whatever runs in the pod; a pattern of its shell. */
async function nodePath(fleet: Fleet, file: string): Promise<string> {
  const folder = await localFolder(fleet);
  if (folder !== undefined) return `${folder}/${file}`;
  const { central, namespace } = fleet.platform;
  const [volume, { metadata }] = await Promise.all([volumeName(fleet), central.get('pod', pod, namespace)]);
  return `/var/lib/kubelet/pods/${metadata.uid}/volumes/*/${volume}/mount/${file}`;
}

/** Name of the PersistentVolume behind the ingestor's claim. */
const volumeName = ({ platform: { central, namespace } }: Fleet): Promise<string> =>
  central.kubectl(['get', 'pvc', `data-${pod}`, '--output=jsonpath={.spec.volumeName}'], { namespace });

/** The node's folder behind the ingestor's volume; undefined where the volume has a size of its own. */
async function localFolder(fleet: Fleet): Promise<string | undefined> {
  const path = await fleet.platform.central.kubectl([
    ...['get', 'pv', await volumeName(fleet)],
    '--output=jsonpath={.spec.local.path}{.spec.hostPath.path}',
  ]);
  return path || undefined;
}

/**
 * Puts a small file system in memory over a folder of the node while `during` runs, since a folder has no
 * size of its own, and the node must not be filled. All files move into it and afterwards back.
 */
async function onSmallFileSystem<T>(fleet: Fleet, folder: string, during: () => Promise<T>): Promise<T> {
  const { central, namespace } = fleet.platform;
  const node = await NodeShell.beside(central, namespace, pod);
  const small = `${folder}.small`;
  await whileStopped(fleet, () =>
    node.onNode(`
      size=$(($(du -sm ${folder} | cut -f1) + ${room}))
      mkdir -p ${small}
      mount -t tmpfs -o size=\${size}m tmpfs ${small}
      cp -a ${folder}/. ${small}/
      mount --bind ${small} ${folder}`),
  );
  try {
    return await during();
  } finally {
    await whileStopped(fleet, () =>
      node.onNode(`
        umount ${folder}
        find ${folder} -mindepth 1 -delete
        cp -a ${small}/. ${folder}/
        umount ${small}
        rmdir ${small}`),
    );
  }
}

async function whileStopped(
  { platform: { central, namespace } }: Fleet,
  act: () => Promise<unknown>,
): Promise<void> {
  const scale = (replicas: number) =>
    central.kubectl(['scale', `statefulset/${statefulSet}`, `--replicas=${replicas}`], { namespace });
  const wait = (what: string) => central.wait(`pod/${pod}`, what, namespace, patience);
  await scale(0);
  await wait('delete');
  try {
    await act();
  } finally {
    await scale(1);
    await eventually(60, () => central.get('pod', pod, namespace));
    await wait('condition=Ready');
  }
}

export const volumeDrills = [volumeFull];
