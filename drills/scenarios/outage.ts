import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../e2e/cluster.js';
import { Failure } from '../../e2e/report.js';
import { eventually } from '../../e2e/waiting.js';
import type { Drill, Outcome } from '../drill.js';
import { allBut, withEgress } from '../faults/network.js';
import type { Fleet } from '../fleet.js';
import { NumberedTarget, targetMetric, targetSeries } from '../numbered-target.js';
import { countSlots, slotOf, slotSeconds, type SlotCount } from '../slots.js';

/** The party of the agents in the stack's network policies, and what their pods are called. */
const agents = 'prometheus-agent';
const pod = (ordinal: number) => `prom-agent-kube-prometheus-stack-prometheus-${ordinal}`;

/** Seconds of scrapes before the outage. */
const before = 30;

/**
 * Seconds before the end of the outage at which one agent is restarted: it is back before the connection is, and sends its
 * newest samples at once, so that the other's backlog is as late as it can be.
 */
const restartBefore = 90;

/** Seconds until the backlog is in: reconnecting, and sending it. */
const patience = 300;

/** Seconds that a slot may take from the scrape to an answer; the newest are not counted. */
const underWay = 30;

export interface OutageOptions {
  /** Seconds that the edge is cut off. */
  seconds: number;
  /** Whether one agent is restarted shortly before the end. */
  restart: boolean;
}

/** Cuts the edge off, lets it back, and counts every time slot that either agent has scraped. */
export async function cutOff(fleet: Fleet, { seconds, restart }: OutageOptions): Promise<Outcome> {
  const { edge, namespace } = fleet.platform;
  const target = await NumberedTarget.deploy(edge);
  await eventually(180, async () => {
    const copies = await fleet.platform.query((query) => query.instant(targetMetric, { dedup: false }));
    if (copies.length < 2 * targetSeries) throw new Failure(`${copies.length} series of the numbered target`);
  });
  const since = Date.now();
  await sleep(before * 1000);
  const said = await withEgress(
    edge,
    namespace,
    agents,
    () => allBut(fleet.receiver),
    async () => {
      await cut(fleet);
      if (!restart) {
        await sleep(since + (before + seconds) * 1000 - Date.now());
        return [await refusedEviction(edge, namespace, pod(0))];
      }
      await sleep(since + (before + seconds - restartBefore) * 1000 - Date.now());
      const refusal = await refusedEviction(edge, namespace, pod(0));
      await edge.kubectl(['delete', 'pod', pod(1)], { namespace, timeout: 700 });
      await sleep(since + (before + seconds) * 1000 - Date.now());
      return [refusal, `${pod(1)} was deleted ${restartBefore} s before the end`];
    },
  );
  const back = Date.now();
  const { count, recovery } = await recovered(fleet, target, since, back);
  const deduplicated = await inAnswer(fleet, await target.scrapes(), since, back, true);
  return {
    sent: count.sent,
    found: count.found,
    recovery,
    said: [
      ...said,
      `with deduplication ${deduplicated.found} of ${deduplicated.sent}`,
      ...range(count, since + before * 1000),
    ],
  };
}

/** That nothing arrives any more: otherwise nothing was tested. */
async function cut(fleet: Fleet): Promise<void> {
  const begin = Date.now();
  await sleep(60_000);
  const newest = await fleet.platform.query((query) => query.instant(`max(timestamp(${targetMetric}))`));
  const late = Number(newest[0]?.value[1] ?? 0) * 1000 - begin;
  if (late > slotSeconds * 3000)
    throw new Failure(`samples arrive ${late / 1000} s after the edge was cut off`);
}

/** Asks as a drain does. @returns the answer @throws Failure when it would be evicted */
async function refusedEviction(edge: Cluster, namespace: string, name: string): Promise<string> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const said = await edge
    .kubectl(['create', '--raw', path, '--filename=-'], { input: JSON.stringify(eviction) })
    .then(() => '', String);
  if (!/disruption budget/i.test(said)) throw new Failure(`${name} was evicted during the outage: ${said}`);
  return `eviction of ${name} refused: its budget`;
}

/** Waits until nothing is missing any more, or no more comes. */
async function recovered(fleet: Fleet, target: NumberedTarget, since: number, back: number) {
  for (;;) {
    const count = await inAnswer(fleet, await target.scrapes(), since, back, false);
    const recovery = (Date.now() - back) / 1000;
    if (count.missing.length === 0 || recovery > patience) return { count, recovery };
    await sleep(5000);
  }
}

async function inAnswer(
  fleet: Fleet,
  scrapes: Awaited<ReturnType<NumberedTarget['scrapes']>>,
  since: number,
  back: number,
  dedup: boolean,
): Promise<SlotCount> {
  const selector = `${targetMetric}{cluster="${fleet.platform.edgeName}"}`;
  const seconds = Math.ceil((Date.now() - since) / 1000) + 60;
  const series = await eventually(60, () =>
    fleet.platform.query((query) => query.raw(selector, `${seconds}s`, { dedup })),
  );
  const to = slotOf(Math.min(Date.now() - underWay * 1000, back + underWay * 1000));
  return countSlots(scrapes, series, targetSeries, slotOf(since), to);
}

/** Which part of the outage is missing. */
function range({ missing }: SlotCount, began: number): string[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const at = (slot: number) => (slot * slotSeconds - began / 1000).toFixed(0);
  return [
    `missing: ${missing.length} slots of ${slotSeconds} s, from ${at(first)} to ${at(last + 1)} s of the outage`,
  ];
}

export interface OutagePromise {
  /** `monitoring:outage`, in seconds, and what Receive's window has on top of it. */
  outage: number;
  margin: number;
}

/** Samples that may be late when the connection is back: an agent's back-off, and the time until the first request. */
const reconnect = 20;

/** Seconds beyond what Receive still takes. */
const excess = 120;

const samplesOf = (seconds: number): number => Math.floor(seconds / slotSeconds) * targetSeries;

/** The drills of the promise, for the outage that is deployed. */
export const outageDrills = ({ outage, margin }: OutagePromise): Drill[] => [
  {
    name: 'outage',
    title: `edge cut off for the promised ${outage} s`,
    run: (fleet) => cutOff(fleet, { seconds: outage, restart: false }),
  },
  {
    name: 'outage-restart',
    title: `the same, and an agent restarted meanwhile`,
    run: (fleet) => cutOff(fleet, { seconds: outage, restart: true }),
  },
  {
    name: 'outage-longer',
    title: `${excess} s longer than Receive's window, and an agent restarted`,
    run: async (fleet) => ({
      ...(await cutOff(fleet, { seconds: outage + margin + excess, restart: true })),
      allowed: [samplesOf(excess), samplesOf(excess + reconnect)],
    }),
  },
];
