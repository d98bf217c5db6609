import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure';
import { lateness } from '../../../capacity/outage';
import { remoteWrite } from '../../../capacity/remote-write';
import type { Duration } from '../../../config/units';
import type { Drill } from '../drill';
import { evictionRefused } from '../faults/eviction';
import { allBut, withEgress } from '../faults/network';
import type { Fleet } from '../fleet';
import { scrapeInterval, targetSelector, targetSeries } from '../numbered-target';
import { underScrapes } from './scraped';

/** Name of the agents in the stack's network policies, and names of their pods. */
export const agents = 'prometheus-agent';
export const pod = (ordinal: number) => `prom-agent-kube-prometheus-stack-prometheus-${ordinal}`;

/**
 * Seconds before the end of the outage at which one agent is restarted: it is back before the connection is,
 * and has forgotten its backlog.
 */
const restartBefore = 90;

export interface OutageOptions {
  /** Seconds that the edge is cut off. */
  seconds: number;
  /** Whether one agent is restarted shortly before the end. */
  restart: boolean;
  /** Whether the outage is longer than promised: then a part is lost anyhow, and the agents may go. */
  beyond?: boolean;
}

/** Cuts the edge off and lets it back. */
const cutOff = (fleet: Fleet, { seconds, restart, beyond = false }: OutageOptions) =>
  underScrapes(fleet, async () => {
    const { edge, namespace } = fleet.platform;
    const end = Date.now() + seconds * 1000;
    const until = (moment: number) => sleep(Math.max(0, moment - Date.now()));
    return withEgress(
      edge,
      namespace,
      agents,
      () => allBut(fleet.receiver),
      async () => {
        await cut(fleet);
        await until(end - restartBefore * 1000);
        const said = beyond ? [] : [await evictionRefused(edge, namespace, pod(0))];
        if (restart) {
          await edge.kubectl(['delete', 'pod', pod(1)], { namespace, timeout: 700 });
          said.push(`${pod(1)} was deleted ${restartBefore} s before the end`);
        }
        await until(end);
        if (restart) await newestFirst(fleet);
        return said;
      },
    );
  });

/**
 * Writes a sample of this moment as the edge. Chance decides which agent comes back first; when it is the
 * restarted one, the other's backlog is late from its first sample on. This sample makes it late each time.
 */
async function newestFirst({ platform }: Fleet): Promise<void> {
  const { edgeCertificate, run } = platform;
  const labels = { __name__: 'drill_newest_sample', run };
  const { status } = await platform.remoteWrite(edgeCertificate, (writer) =>
    writer.send([{ labels, samples: [{ value: 1, timestamp: Date.now() }] }]),
  );
  if (status !== 200) throw new Failure(`writing as the edge: HTTP ${status}`);
}

/** Checks that nothing arrives any more, since otherwise nothing would be tested. */
export async function cut(fleet: Fleet): Promise<void> {
  const begin = Date.now();
  await sleep(60_000);
  const selector = targetSelector(fleet.platform.edgeName);
  const newest = await fleet.platform.query((query) => query.instant(`max(timestamp(${selector}))`));
  const late = Number(newest[0]?.value[1] ?? 0) * 1000 - begin;
  if (late > scrapeInterval * 3000)
    throw new Failure(`samples arrive ${late / 1000} s after the edge was cut off`);
}

/**
 * Seconds that the first samples may be late when the connection is back: a request under way has to time
 * out, the next one waits for the back-off, and is answered within a scrape interval.
 */
export const reconnect = remoteWrite.timeout.seconds + remoteWrite.maxBackoff.seconds + scrapeInterval;

/** Seconds that the longest outage is beyond what Receive still accepts. */
const excess = 120;

export const samplesOf = (seconds: number): number => Math.floor(seconds / scrapeInterval) * targetSeries;

/** Drills of the promise, for the outage that is deployed. */
export const outageDrills = (outage: Duration): Drill[] => [
  {
    name: 'outage',
    title: `edge cut off for the promised ${outage.toString()}`,
    run: (fleet) => cutOff(fleet, { seconds: outage.seconds, restart: false }),
  },
  {
    name: 'outage-restart',
    title: `the same ${outage.toString()}, and an agent restarted meanwhile`,
    run: (fleet) => cutOff(fleet, { seconds: outage.seconds, restart: true }),
  },
  {
    name: 'outage-longer',
    title: `${excess} s longer than Receive's window of ${lateness(outage).toString()}, and an agent restarted`,
    run: async (fleet) => ({
      ...(await cutOff(fleet, { seconds: lateness(outage).seconds + excess, restart: true, beyond: true })),
      // The excess, and up to one scrape at either end of it.
      allowed: [samplesOf(excess) - 2 * targetSeries, samplesOf(excess + reconnect)],
    }),
  },
];
