import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import { drainTime } from '../../../capacity/outage';
import { Duration } from '../../../config/units';
import type { Drill } from '../drill';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import type { Load } from '../load';
import { underLoad } from './loaded';
import { kill, roll } from './receive';

/** Milliseconds by which the second load comes late, as an agent's backlog does: more than one block. */
const late = 300_000;

/** Seconds of load after a step. */
const calm = 60;

/**
 * Seconds until the Compactor has merged the blocks of three ingestors and of late samples: before, both
 * answers can hide some of them (docs/outage.md).
 */
const untilMerged = 3600;

/**
 * Receive from one ingestor to three and back while samples come in, in time and late: one of three is
 * killed, all are rolled, and the steps that would lose samples are tried and must be refused.
 */
const scale: Drill = {
  name: 'scale',
  title: 'Receive 1 → 3 → 1; one of three killed, three rolled',
  run: (fleet) =>
    underLoad(fleet, (load) => steps(fleet, load), { loads: [{}, { lateBy: late }], patience: untilMerged }),
};

async function steps(fleet: Fleet, load: Load): Promise<string[]> {
  const said: string[] = [];
  const step = async (what: string, act: () => Promise<unknown>) => {
    const [began, before] = [Date.now(), load.repeated];
    await act();
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    said.push(`${what}: ${seconds} s, ${load.repeated - before} requests sent again`);
  };
  const refused = async (receive: object) => {
    const message = await fleet.refusal({ receive });
    said.push(`${JSON.stringify(receive)} is refused:`, ...refusalLines(message));
  };
  await step('receive.replicas: 3', () => fleet.change({ receive: { replicas: 3 } }));
  await sleep(calm * 1000);
  await step('kill -9 of thanos-receiver-1', () => kill(fleet, 'thanos-receiver-1'));
  await step('rolling restart of three', () => roll(fleet, 'thanos-receiver'));
  await refused({ replicas: 1 });
  await step('receive.ring: 1', () => fleet.change({ receive: { replicas: 3, ring: 1 } }));
  await refused({ replicas: 1, ring: 1 });
  const { blockDuration } = fleet.platform.outputs.receive;
  const drain = drainTime(Duration.parse(blockDuration ?? '2h'));
  await sleep(drain.seconds * 1000);
  said.push(`waited ${drain.toString()}`);
  for (const pod of ['thanos-receiver-1', 'thanos-receiver-2']) await everythingUploaded(fleet, pod);
  said.push('every block of thanos-receiver-1 and -2 is uploaded');
  await step('receive.replicas: 1', () => fleet.change({ receive: { replicas: 1 } }));
  await sleep(calm * 1000);
  return said;
}

/** The lines of a refusal that name a key. */
const refusalLines = (message: string): string[] =>
  message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('monitoring:'));

/** Checks as docs/operating.md says: the ingestor lists each block in its folder as uploaded. */
async function everythingUploaded({ platform: { central, namespace } }: Fleet, pod: string): Promise<void> {
  const node = await NodeShell.beside(central, namespace, pod);
  await eventually(120, async () => {
    const root = `/proc/${await node.pid('thanos', namespace, pod)}/root/var/thanos`;
    const left = await node.run(`
      for block in ${root}/*/01*/; do
        [ ! -d "$block" ] || busybox grep -q "$(busybox basename "$block")" "$(busybox dirname "$block")/thanos.shipper.json" ||
          echo "$block"
      done`);
    if (left.trim() !== '') throw new Failure(`not uploaded by ${pod}: ${left}`);
  });
}

export const scalingDrills = [scale];
