import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import type { Drill } from '../drill';
import { withEgress, withoutPort } from '../faults/network';
import type { Fleet } from '../fleet';
import { underLoad, writingEdge } from './loaded';

/** Name of the ingestors in the stack's network policies (stacks/flows.ts). */
const ingestors = 'thanos-receiver';

/** Seconds without the object store, in which Receive cuts three blocks of the drills' length. */
const away = 400;

/** Seconds until an ingestor has given up two uploads, its last and its first: 3 minutes each, and more. */
const withoutUpload = 600;

/** Seconds until what was cut is uploaded: Receive looks each half minute, and cuts by the clock. */
const upload = 300;

const withoutObjectStore = (fleet: Fleet, during: () => Promise<string[]>): Promise<string[]> =>
  withEgress(
    fleet.platform.central,
    fleet.platform.namespace,
    ingestors,
    withoutPort(fleet.objectStorePort),
    during,
  );

/** Blocks of the drills' tenant that overlap a time (Unix time in milliseconds). */
async function blocksOf({ platform }: Fleet, from: number, to: number) {
  const blocks = await platform.bucket.blocks();
  return blocks.filter(
    ({ minTime, maxTime, thanos }) =>
      thanos.labels['cluster'] === writingEdge && minTime < to && maxTime > from,
  );
}

const duringUpload: Drill = {
  name: 'object-store-away',
  title: `object store away for ${away} s, while blocks are cut`,
  run: (fleet) =>
    underLoad(fleet, async () => {
      const from = Date.now();
      const said = await withoutObjectStore(fleet, async () => {
        await sleep(away * 1000);
        const uploaded = await blocksOf(fleet, from + 60_000, Date.now());
        if (uploaded.length > 0) throw new Failure('blocks were uploaded: the object store was not away');
        return [];
      });
      const back = Date.now();
      const blocks = await eventually(upload, async () => {
        const found = await blocksOf(fleet, from, back - 240_000);
        const end = Math.max(0, ...found.map(({ maxTime }) => maxTime));
        if (end < back - 240_000) throw new Failure('what was cut meanwhile is not in the bucket');
        return found;
      });
      const seconds = ((Date.now() - back) / 1000).toFixed(0);
      return [...said, `${blocks.length} blocks of that time in the bucket ${seconds} s after it was back`];
    }),
};

const atStart: Drill = {
  name: 'object-store-away-at-start',
  title: 'object store away while the ingestor stops and starts',
  run: (fleet) =>
    underLoad(fleet, async () => {
      const { central, namespace } = fleet.platform;
      return withoutObjectStore(fleet, async () => {
        const pod = 'thanos-receiver-0';
        const began = Date.now();
        await central.kubectl(['delete', 'pod', pod], { namespace, timeout: 1200 });
        const stopped = Date.now();
        await eventually(60, () => central.get('pod', pod, namespace));
        await central.wait(`pod/${pod}`, 'condition=Ready', namespace, withoutUpload);
        const ready = Date.now();
        await sleep(20_000);
        const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
        return [`stopped after ${seconds(began, stopped)} s, Ready ${seconds(stopped, ready)} s later`];
      });
    }),
};

export const objectStoreDrills = [duringUpload, atStart];
