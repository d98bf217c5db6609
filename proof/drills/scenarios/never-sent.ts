import type { Duration } from '../../../config/units';
import { eventually } from '../../eventually';
import type { Drill, Outcome } from '../drill';
import { agentPods, reconnect, whileCutOff } from '../faults/cut-off';
import { evictionAllowed, evictionRefused } from '../faults/eviction';
import type { Fleet } from '../fleet';
import { samplesOf } from '../numbered-target';
import { underScrapes } from './scraped';

/** Seconds until a deleted agent runs again. */
const untilRunning = 700;

/** What `kubectl wait` waits for: an agent has read its log, whatever it has sent. */
const running = 'jsonpath={.status.containerStatuses[?(@.name=="prometheus")].ready}=true';

/** Seconds besides the outage until a pod may go: three looks of its probe, then the budget's. */
const untilSeen = 120;

/** Restarts both agents, each of which must stay as soon as it runs again. */
const restartBoth = ({ platform: { edge, namespace } }: Fleet): Promise<string[]> =>
  Promise.all(
    agentPods.map(async (name) => {
      await edge.kubectl(['delete', 'pod', name], { namespace, timeout: untilRunning });
      await eventually(untilRunning, () => edge.wait(`pod/${name}`, running, namespace, 60));
      return evictionRefused(edge, namespace, name);
    }),
  );

/** Waits until either of them may be evicted. */
async function untilTheyMayGo({ platform: { edge, namespace } }: Fleet, outage: Duration): Promise<string> {
  const start = Date.now();
  await eventually(outage.seconds + untilSeen, async () => {
    for (const name of agentPods) await evictionAllowed(edge, namespace, name);
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  return `either may be evicted ${seconds} s after both ran again, having sent nothing`;
}

/** Cuts the edge off and restarts both agents, which forget what they held and keep what comes then. */
async function neverSent(fleet: Fleet, outage: Duration): Promise<Outcome> {
  let forgotten = 0;
  const outcome = await underScrapes(fleet, () => {
    const since = Date.now();
    return whileCutOff(fleet, async () => {
      const refused = await restartBoth(fleet);
      forgotten = (Date.now() - since) / 1000;
      return [...refused, await untilTheyMayGo(fleet, outage)];
    });
  });
  return { ...outcome, allowed: [0, samplesOf(forgotten + reconnect)] };
}

/**
 * A guard of what has not been sent must end: two agents that never sent anything hold their nodes for the
 * promised outage, and no longer.
 */
export const neverSentDrills = (outage: Duration): Drill[] => [
  {
    name: 'never-sent',
    title: 'edge cut off, both agents restarted: when may they go?',
    run: (fleet) => neverSent(fleet, outage),
  },
];
