import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../eventually';
import type { Drill } from '../drill';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import { underLoad } from './loaded';

const statefulSet = 'thanos-receiver';
const pod = 'thanos-receiver-0';

/** Seconds that the volume stays full. */
const full = 60;

/** Mebibytes that are free beside the data: a block that is being written takes 512 at once. */
const room = 1200;

/** Seconds until the ingestor has uploaded its head and its pod is gone, or until it is back. */
const patience = 1200;

const volumeFull: Drill = {
  name: 'volume-full',
  title: `the ingestor's volume full for ${full} s`,
  run: async (fleet) => {
    const fullUnderLoad = () => underLoad(fleet, () => fill(fleet));
    const folder = await localFolder(fleet);
    return folder === undefined ? fullUnderLoad() : onSmallFileSystem(fleet, folder, fullUnderLoad);
  },
};

/** Fills the volume to its last byte, and makes room again. */
async function fill({ platform: { central, namespace } }: Fleet): Promise<string[]> {
  const node = await NodeShell.beside(central, namespace, pod);
  const filler = `/proc/${await node.pid('thanos', namespace, pod)}/root/var/thanos/filler`;
  const free = `busybox stat -f -c %a $(busybox dirname ${filler})`;
  await node.run(`busybox dd if=/dev/zero of=${filler} bs=1M 2>/dev/null || true`);
  const left = (await node.run(free)).trim();
  await sleep(full * 1000);
  await node.run(`busybox rm ${filler}`);
  return [`${left} free blocks were left of the file system`];
}

/** The node's folder behind the ingestor's volume; undefined where the volume has a size of its own. */
async function localFolder({ platform: { central, namespace } }: Fleet): Promise<string | undefined> {
  const volume = await central.kubectl(
    ['get', 'pvc', `data-${pod}`, '--output=jsonpath={.spec.volumeName}'],
    { namespace },
  );
  const path = await central.kubectl([
    ...['get', 'pv', volume],
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
