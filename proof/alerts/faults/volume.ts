import { NodeShell } from '../../drills/faults/node';
import { Failure } from '../../failure';
import type { AlertFault } from '../fault';

const pod = 'thanos-compactor-0';

/** Mebibytes of the small file system, of which 2 % stay free. */
const size = 200;

/**
 * A small file system in memory over the folder behind the Compactor's volume, nearly full: a folder has no
 * size of its own, and the node must not be filled. The Compactor's files are only a cache, and come back
 * with the folder.
 */
export const volumeNearlyFull: AlertFault = {
  name: 'volume-nearly-full',
  title: 'a volume nearly full',
  alert: { alertname: 'VolumeFilling', persistentvolumeclaim: `data-${pod}` },
  within: 7 * 60,
  resolvedWithin: 7 * 60,
  make: async ({ platform: { central, namespace } }) => {
    const volume = await central.kubectl(
      ['get', 'pvc', `data-${pod}`, '--output=jsonpath={.spec.volumeName}'],
      { namespace },
    );
    const folder = await central.kubectl([
      ...['get', 'pv', volume],
      '--output=jsonpath={.spec.local.path}{.spec.hostPath.path}',
    ]);
    if (!folder) throw new Failure(`the volume of ${pod} is no folder of its node: fill it by hand`);
    const node = await NodeShell.beside(central, namespace, pod);
    await node.onNode(`
      mount -t tmpfs -o size=${size}m tmpfs ${folder}
      dd if=/dev/zero of=${folder}/filler bs=1M count=${Math.floor(size * 0.98)} 2>/dev/null`);
    return async () => {
      await node.onNode(`umount ${folder}`);
    };
  },
};
