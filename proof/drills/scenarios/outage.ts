import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../failure';
import { catchUp, largestEdge, shards } from '../../../capacity/agent';
import { lateness } from '../../../capacity/outage';
import { planOf } from '../../../capacity/plan';
import { centralSchema } from '../../../config/central';
import { Duration } from '../../../config/units';
import type { Drill } from '../drill';
import { agentPods, reconnect, whileCutOff } from '../faults/cut-off';
import { evictionRefused } from '../faults/eviction';
import type { Fleet } from '../fleet';
import { samplesOf, targetSeries } from '../numbered-target';
import { underScrapes } from './scraped';

const [kept, restarted] = agentPods as [string, string];

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
  underScrapes(fleet, () => {
    const { edge, namespace } = fleet.platform;
    const end = Date.now() + seconds * 1000;
    const until = (moment: number) => sleep(Math.max(0, moment - Date.now()));
    return whileCutOff(fleet, async () => {
      await until(end - restartBefore * 1000);
      const said = beyond ? [] : [await evictionRefused(edge, namespace, kept)];
      if (restart) {
        await edge.kubectl(['delete', 'pod', restarted], { namespace, timeout: 700 });
        said.push(`${restarted} was deleted ${restartBefore} s before the end`);
      }
      await until(end);
      if (restart) await newestFirst(fleet);
      return said;
    });
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

/** Seconds that the longest outage is beyond what Receive still accepts. */
const excess = 120;

/**
 * Seconds in which the agent is told of the excess that it comes too late, at the pace that is planned: the
 * window moves on meanwhile, and what is at its edge is lost too.
 */
function whileRefused(fleet: Fleet): number {
  const plan = planOf(centralSchema.parse(fleet.configured()));
  const series = largestEdge(plan);
  const tooLate = { ...plan, outage: Duration.ofSeconds(excess + reconnect) };
  const { time } = catchUp(series, tooLate, { count: shards(series, plan) }) ?? {};
  if (time === undefined) throw new Failure(`the plan of ${series} series never catches up`);
  return time.seconds;
}

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
      allowed: [samplesOf(excess) - 2 * targetSeries, samplesOf(excess + reconnect + whileRefused(fleet))],
    }),
  },
];
