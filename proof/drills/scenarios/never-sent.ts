import type { Duration } from '../../../config/units';
import { eventually } from '../../eventually';
import type { Drill, Outcome } from '../drill';
import { evictionAllowed, evictionRefused } from '../faults/eviction';
import { allBut, withEgress } from '../faults/network';
import type { Fleet } from '../fleet';
import { agents, cut, pod, reconnect, samplesOf } from './outage';
import { underScrapes } from './scraped';

const pods = [pod(0), pod(1)];

/** Seconds until a deleted agent runs again. */
const untilRunning = 700;

/** What `kubectl wait` waits for: an agent has read its log, whatever it has sent. */
const running = 'jsonpath={.status.containerStatuses[?(@.name=="prometheus")].ready}=true';

/** Seconds besides the outage until a pod may go: three looks of its probe, then the budget's. */
const untilSeen = 120;

/** Restarts both agents, each of which must stay as soon as it runs again. */
const restartBoth = ({ platform: { edge, namespace } }: Fleet): Promise<string[]> =>
  Promise.all(
    pods.map(async (name) => {
      await edge.kubectl(['delete', 'pod', name], { namespace, timeout: untilRunning });
      await eventually(untilRunning, () => edge.wait(`pod/${name}`, running, namespace, 60));
      return evictionRefused(edge, namespace, name);
    }),
  );

/** Waits until either of them may be evicted. */
async function untilTheyMayGo({ platform: { edge, namespace } }: Fleet, outage: Duration): Promise<string> {
  const start = Date.now();
  await eventually(outage.seconds + untilSeen, async () => {
    for (const name of pods) await evictionAllowed(edge, namespace, name);
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  return `either may be evicted ${seconds} s after both ran again, having sent nothing`;
}

/** Cuts the edge off and restarts both agents, which forget what they held and keep what comes then. */
async function neverSent(fleet: Fleet, outage: Duration): Promise<Outcome> {
  const { edge, namespace } = fleet.platform;
  let forgotten = 0;
  const outcome = await underScrapes(fleet, () =>
    withEgress(
      edge,
      namespace,
      agents,
      () => allBut(fleet.receiver),
      async () => {
        const since = Date.now();
        await cut(fleet);
        const refused = await restartBoth(fleet);
        forgotten = (Date.now() - since) / 1000;
        return [...refused, await untilTheyMayGo(fleet, outage)];
      },
    ),
  );
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
