import type { Cluster } from '../../../tools/kubernetes/cluster';
import { ballast } from '../../../capacity/ballast';
import { eventually } from '../../eventually';
import { NodeShell } from './node';

/** A pod that alone writes a volume, and how it is stopped. */
export interface Writer {
  cluster: Cluster;
  namespace: string;
  pod: string;
  /** Container whose process writes. */
  container: string;
  /** Name of the volume's claim. */
  claim: string;
  /** Makes so many of its pods: one or none. */
  scale(replicas: number): Promise<unknown>;
}

/** Seconds until an ingestor has uploaded its head and its pod is gone, or until it is back. */
export const patience = 1200;

/** Mebibytes that are free beside the data: the ballast, and a block that is being written. */
const room = (2 * ballast) / 2 ** 20 + 200;

/** Mebibytes that are left at once, and those that are taken of them each second. */
const left = 96;
const pace = 8;

/**
 * Fills a writer's volume to its last byte, faster than it does by itself, while `during` runs.
 */
export async function whileFull<T>(writer: Writer, during: () => Promise<T>): Promise<T> {
  const node = await NodeShell.beside(writer.cluster, writer.namespace, writer.pod);
  const filler = await nodePath(writer, 'filler');
  try {
    await node.onNode(fill(filler));
    return await during();
  } finally {
    await node.onNode(`rm -f $(echo ${await nodePath(writer, 'filler')})`);
  }
}

/** Script that fills a volume by a file: all but a little at once, the rest slowly, to the last byte. */
const fill = (filler: string): string => `
  file=$(echo ${filler})
  free() { set -- $(stat -f -c "%a %S" $(dirname $file)); echo $(($1 * $2 / ${2 ** 20})); }
  dd if=/dev/zero of=$file bs=1M count=$(($(free) - ${left})) 2>/dev/null
  while dd if=/dev/zero bs=1M count=${pace} 2>/dev/null >> $file; do sleep 1; done`;

/** A file of the volume as the node sees it, whatever runs in the pod; a pattern of its shell. */
async function nodePath(writer: Writer, file: string): Promise<string> {
  const folder = await localFolder(writer);
  if (folder !== undefined) return `${folder}/${file}`;
  const { cluster, namespace, pod } = writer;
  const [volume, { metadata }] = await Promise.all([volumeName(writer), cluster.get('pod', pod, namespace)]);
  return `/var/lib/kubelet/pods/${metadata.uid}/volumes/*/${volume}/mount/${file}`;
}

/** Name of the PersistentVolume behind the claim. */
const volumeName = ({ cluster, namespace, claim }: Writer): Promise<string> =>
  cluster.kubectl(['get', 'pvc', claim, '--output=jsonpath={.spec.volumeName}'], { namespace });

/** The node's folder behind the volume; undefined where the volume has a size of its own. */
async function localFolder(writer: Writer): Promise<string | undefined> {
  const path = await writer.cluster.kubectl([
    ...['get', 'pv', await volumeName(writer)],
    '--output=jsonpath={.spec.local.path}{.spec.hostPath.path}',
  ]);
  return path || undefined;
}

/**
 * Gives the volume a small size while `during` runs. One that is a folder of the node has no size of its own,
 * and the node must not be filled: a small file system in memory is put over it. All files move into it and
 * afterwards back.
 */
export async function withSize<T>(writer: Writer, during: () => Promise<T>): Promise<T> {
  const folder = await localFolder(writer);
  if (folder === undefined) return during();
  const node = await NodeShell.beside(writer.cluster, writer.namespace, writer.pod);
  const small = `${folder}.small`;
  await whileStopped(writer, () =>
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
    await whileStopped(writer, () =>
      node.onNode(`
        umount ${folder}
        find ${folder} -mindepth 1 -delete
        cp -a ${small}/. ${folder}/
        umount ${small}
        rmdir ${small}`),
    );
  }
}

async function whileStopped(writer: Writer, act: () => Promise<unknown>): Promise<void> {
  const { cluster, namespace, pod } = writer;
  const wait = (what: string) => cluster.wait(`pod/${pod}`, what, namespace, patience);
  await writer.scale(0);
  await wait('delete');
  try {
    await act();
  } finally {
    await writer.scale(1);
    await eventually(60, () => cluster.get('pod', pod, namespace));
    await wait('condition=Ready');
  }
}
