import { setTimeout as sleep } from 'node:timers/promises';
import { quantity } from '../../../capacity/need';
import { planOf } from '../../../capacity/plan';
import { ingestorMemory } from '../../../capacity/receive';
import { centralSchema } from '../../../config/central';
import { Quantity } from '../../../config/units';
import { Failure } from '../../failure';
import { historyInterval, writeHistory } from '../../samples/history';
import type { Drill } from '../drill';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import { restarts } from '../restarts';
import { underLoad } from './loaded';

const pod = 'thanos-receiver-0';

/** Edge whose series are read; both of its agents' are written by the drill. */
const wide = { name: 'cluster-07', series: 20_000 };

/** Seconds of the panel, and between two of its points. */
const range = 3600;
const step = 60;

/** Seconds that panels are asked for, one after the other. */
const asking = 60;

/** Panels at once that no sum has room for. */
const tooMany = 20;

const wideQuery: Drill = {
  name: 'wide-query',
  title: 'panels over every series of the only ingestor, for a minute',
  run: async (fleet) => {
    const memory = await onlyWhatIsNeeded(fleet);
    try {
      const written = await history(fleet);
      return await underLoad(fleet, async () => [
        `limit of memory: ${memory.kubernetes}, what the sum says; ${written} samples of an hour`,
        ...(await promised(fleet)),
        await beyond(fleet),
      ]);
    } finally {
      await fleet.change();
    }
  },
};

/** Deploys an ingestor with as much memory as capacity says, and no more. */
async function onlyWhatIsNeeded(fleet: Fleet): Promise<Quantity> {
  const changes = {
    edges: [...fleet.edges.map(({ name }) => ({ series: 1000, name })), wide].map((edge) =>
      edge.name === fleet.platform.edgeName ? { ...edge, series: wide.series } : edge,
    ),
    // One head holds the hour, as it does where blocks are of two.
    receive: { blockDuration: '2h' },
  };
  const need = quantity(ingestorMemory(planOf(centralSchema.parse(fleet.configured(changes)))));
  const memory = Quantity.parse(`${Math.ceil(need.bytes / 2 ** 20)}Mi`);
  const limited = { ...changes.receive, resources: { limits: { memory: memory.kubernetes } } };
  await fleet.change({ ...changes, receive: limited });
  await fleet.writable(wide.name);
  return memory;
}

/** Writes an hour of both agents' series. @returns the number of samples */
async function history(fleet: Fleet): Promise<number> {
  const writer = fleet.writer(wide.name);
  const [series, samples] = [2 * wide.series, range / historyInterval];
  const send = async (body: Buffer) => (await writer.sendEncoded(body)).status;
  await writeHistory({ series, samples, labels: { run: fleet.nextRun() }, send });
  writer.close();
  return series * samples;
}

/** As many panels at once as Query has replicas. @throws Failure when the ingestor does not survive them */
async function promised(fleet: Fleet): Promise<string[]> {
  const { replicas } = centralSchema.parse(fleet.configured()).query;
  const { answers, restarted } = await panels(fleet, replicas);
  if (restarted > 0) throw new Failure(`${replicas} panels at once restarted the ingestor`);
  return [`${replicas} at once: ${answers}, no restart, at most ${await most(fleet)} MiB`];
}

/** More than there is room for: what becomes of the ingestor is said, and what was written is counted. */
async function beyond(fleet: Fleet): Promise<string> {
  const { answers, restarted } = await panels(fleet, tooMany);
  const { central, namespace } = fleet.platform;
  await central.wait(`pod/${pod}`, 'condition=Ready', namespace, 300);
  return `${tooMany} at once: ${answers}, the ingestor restarted ${restarted} times`;
}

/** Asks as people do, through query-frontend, each panel anew so that no cache answers. */
async function panels(fleet: Fleet, atOnce: number): Promise<{ answers: string; restarted: number }> {
  const { central, namespace } = fleet.platform;
  const before = await restarts(central, namespace, pod);
  const until = Date.now() + asking * 1000;
  const counts = { answered: 0, failed: 0 };
  await fleet.platform.query(async (query) => {
    const reader = async (number: number) => {
      for (let turn = 0; Date.now() < until; turn++) {
        const end = Math.floor(Date.now() / 1000);
        const panel = `count({__name__!="", __name__!="reader-${atOnce}-${number}-${turn}"})`;
        const found = await query.range(panel, { start: end - range, end, step }).catch(() => []);
        const enough = Number(found[0]?.values.at(-1)?.[1] ?? 0) > wide.series;
        counts[enough ? 'answered' : 'failed']++;
        if (!enough) await sleep(1000);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, number) => reader(number)));
  });
  const restarted = (await restarts(central, namespace, pod)) - before;
  return { answers: `${counts.answered} answers, ${counts.failed} failed`, restarted };
}

/** Most memory that the ingestor has taken, in MiB. */
async function most(fleet: Fleet): Promise<string> {
  const { central, namespace } = fleet.platform;
  const node = await NodeShell.beside(central, namespace, pod);
  const status = `/proc/${await node.pid('thanos', namespace, pod)}/status`;
  const kibibytes = await node.run(`busybox awk '/^VmHWM/ { print $2 }' ${status}`);
  return (Number(kibibytes) / 1024).toFixed(0);
}

export const readerDrills = [wideQuery];
