import { NodeShell } from '../../drills/faults/node';
import { Failure } from '../../failure';
import type { AlertFault } from '../fault';

const pod = 'thanos-compactor-0';

/** Mebibytes of the small file system, of which 2 % stay free. */
const size = 200;

/**
 * A small file system in memory, nearly full, over the place where the kubelet has mounted the Compactor's
 * volume: there it asks how much is left. The Compactor has its own mount and goes on with its volume, and
 * the node is not filled.
 */
export const volumeNearlyFull: AlertFault = {
  name: 'volume-nearly-full',
  title: 'a volume nearly full',
  alert: { alertname: 'VolumeFilling', persistentvolumeclaim: `data-${pod}` },
  // A quarter of an hour of `for`; three minutes until an hour's trend shows it, and a kubelet that asks its
  // volumes once a minute.
  within: 22 * 60,
  resolvedWithin: 10 * 60,
  make: async ({ platform: { central, namespace } }) => {
    const volume = await central.kubectl(
      ['get', 'pvc', `data-${pod}`, '--output=jsonpath={.spec.volumeName}'],
      { namespace },
    );
    const { metadata } = await central.get('pod', pod, namespace);
    const node = await NodeShell.beside(central, namespace, pod);
    // A driver mounts below the volume's own folder.
    const place = await node.onNode(`
      while read -r _ _ _ _ point _; do
        case $point in */${metadata.uid}/*/${volume} | */${metadata.uid}/*/${volume}/mount) echo $point ;; esac
      done </proc/self/mountinfo`);
    const [folder] = place.split('\n');
    if (!folder) throw new Failure(`the kubelet has mounted no volume ${volume} for ${pod}`);
    const undo = async () => {
      // With the pod the kubelet has also unmounted what lay over its volume.
      await node.onNode(`! grep -q " ${folder} tmpfs " /proc/self/mounts || umount ${folder}`);
    };
    try {
      await node.onNode(`
        mount -t tmpfs -o size=${size}m tmpfs ${folder}
        dd if=/dev/zero of=${folder}/filler bs=1M count=${Math.floor(size * 0.98)} 2>/dev/null`);
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  },
};
