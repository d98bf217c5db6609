import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import type { Drill } from '../drill';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import { restarts } from '../restarts';
import { underLoad } from './loaded';

/** Seconds that Receive may take to write and upload its head and to start again. */
const rollout = 1200;

/** Kills the main process of a pod by SIGKILL, and waits until its container runs again. */
export async function kill(fleet: Fleet, pod: string): Promise<void> {
  const { central, namespace } = fleet.platform;
  const count = () => restarts(central, namespace, pod);
  const before = await count();
  const node = await NodeShell.beside(central, namespace, pod);
  await node.run(`kill -9 ${await node.pid('thanos', namespace, pod)}`);
  await eventually(120, async () => {
    if ((await count()) === before) throw new Failure(`${pod} was not restarted`);
  });
  await central.wait(`pod/${pod}`, 'condition=Ready', namespace, 300);
}

/** Restarts every pod of a StatefulSet one after the other, as an update does. */
export const roll = ({ platform: { central, namespace } }: Fleet, statefulSet: string): Promise<void> =>
  central.restart(`statefulset/${statefulSet}`, namespace, rollout);

const routerKilled: Drill = {
  name: 'router-killed',
  title: 'a router: kill -9',
  run: (fleet) =>
    underLoad(fleet, async () => {
      const { central, namespace } = fleet.platform;
      const label = 'app.kubernetes.io/name=thanos-receive-router';
      const [router] = await central.list<KubernetesObject>(['pods'], namespace, label);
      if (!router) throw new Failure('no router');
      await kill(fleet, router.metadata.name);
      return [];
    }),
};

const ingestorKilled: Drill = {
  name: 'ingestor-killed',
  title: 'the only ingestor: kill -9',
  run: (fleet) =>
    underLoad(fleet, async () => {
      await kill(fleet, 'thanos-receiver-0');
      return [];
    }),
};

const ingestorRolled: Drill = {
  name: 'ingestor-rolled',
  title: 'the only ingestor: rolling restart',
  run: (fleet) =>
    underLoad(fleet, async () => {
      await roll(fleet, 'thanos-receiver');
      return [];
    }),
};

/** Milliseconds that the drill's sample is ahead of the clock; Receive allows 5 minutes. */
const ahead = 3_600_000;

const fromTheFuture: Drill = {
  name: 'future',
  title: 'a sample from one hour ahead, among right ones',
  run: (fleet) =>
    underLoad(fleet, async () => {
      const writer = fleet.writer('cluster-03');
      const labels = { __name__: 'from_the_future', run: fleet.platform.run };
      const { status } = await writer.send([
        { labels, samples: [{ value: 1, timestamp: Date.now() + ahead }] },
      ]);
      writer.close();
      await sleep(5000);
      const stored = await fleet.platform.query((query) =>
        query.instant('from_the_future', { time: (Date.now() + ahead) / 1000 + 60, dedup: false }),
      );
      if (stored.length > 0 || status !== 409) {
        throw new Failure(
          `the sample from the future was answered with HTTP ${status}; ${stored.length} stored`,
        );
      }
      return [`HTTP ${status} for the sample from the future, which is not stored`];
    }),
};

export const receiveDrills = [routerKilled, ingestorKilled, ingestorRolled, fromTheFuture];
