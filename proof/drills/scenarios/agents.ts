import { agentDisk } from '../../../capacity/agent';
import { quantity, size } from '../../../capacity/need';
import type { EdgePlan } from '../../../capacity/plan';
import { agentStartup } from '../../../capacity/startup';
import { maxAgents } from '../../../config/cluster';
import { Duration } from '../../../config/units';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import type { Drill } from '../drill';
import { fillAndKill } from '../faults/agent-log';
import { agentPods } from '../faults/cut-off';
import { NodeShell } from '../faults/node';
import type { Fleet } from '../fleet';
import { scrapeInterval, targetSeries } from '../numbered-target';
import { restarts } from '../restarts';
import { underScrapes } from './scraped';

/** Seconds until an agent is Ready again: it must catch up first. */
const untilReady = 450;

/** Seconds until the copies are written. */
const filling = 1800;

/**
 * Seconds from a read log until the pod is Ready, besides the second reading: the first samples are scraped
 * and sent.
 */
const untilSent = 180;

/** What is asked of an edge's agents: its series, and the plan that sizes them. */
function planned({ platform: { outputs, edgeName } }: Fleet, outage: Duration) {
  const scrape = Duration.parse(outputs.planned.scrapeInterval);
  const plan: EdgePlan = { agents: maxAgents, scrapeInterval: scrape, outage };
  return { series: outputs.planned.series[edgeName] ?? 0, plan };
}

/**
 * Restarts one agent after the other, so that each has a finished segment. Not by `kubectl rollout restart`,
 * which would leave an annotation in the template: the operator makes the next StatefulSet without it, and
 * that restarts both once more.
 */
async function restartInTurn({ platform: { edge, namespace } }: Fleet): Promise<void> {
  for (const pod of agentPods) {
    await edge.kubectl(['delete', 'pod', pod], { namespace, timeout: 700 });
    // Until its StatefulSet has made it anew, there is none to wait for.
    await eventually(untilReady, () => edge.wait(`pod/${pod}`, 'condition=Ready', namespace, 60));
  }
}

/** Fills both logs to what their volumes are sized for, kills both agents, and waits until they run again. */
async function killBoth(fleet: Fleet, outage: Duration): Promise<string[]> {
  const { edge, namespace } = fleet.platform;
  const { series, plan } = planned(fleet, outage);
  await restartInTurn(fleet);
  const began = await Promise.all(agentPods.map((pod) => restarts(edge, namespace, pod, 'prometheus')));
  const logs = await Promise.all(
    agentPods.map(async (pod) => {
      const node = await NodeShell.beside(edge, namespace, pod);
      const pid = await node.pid('prometheus', namespace, pod);
      const { bytes } = quantity(agentDisk(series, plan));
      return node.run(fillAndKill({ pid, data: `/proc/${pid}/root/prometheus`, bytes }), filling);
    }),
  );
  const killed = Date.now();
  const allowed = agentStartup(series, plan).seconds;
  return Promise.all(
    agentPods.map(async (pod, i) => {
      await eventually(120, async () => {
        if ((await restarts(edge, namespace, pod, 'prometheus')) === began[i])
          throw new Failure(`${pod} was not restarted`);
      });
      // Remote write reads the log once more before it sends.
      await edge.wait(`pod/${pod}`, 'condition=Ready', namespace, 2 * allowed + untilSent);
      const times = (await restarts(edge, namespace, pod, 'prometheus')) - (began[i] ?? 0);
      if (times !== 1) throw new Failure(`${pod} was started ${times} times, not once`);
      const seconds = ((Date.now() - killed) / 1000).toFixed(0);
      return `${pod}: log of ${size(Number(logs[i]))}, Ready ${seconds} s after it was killed; it may read for ${allowed} s`;
    }),
  );
}

/**
 * Seconds of samples that both may have had in hand: a batch waits for up to 5 s, a scrape is answered while
 * the agent stands still, and the two are not killed at the same moment.
 */
const inHand = 5 + 2 * scrapeInterval;

/** Drills of the agents themselves, for the outage that is deployed. */
export const agentDrills = (outage: Duration): Drill[] => [
  {
    name: 'agents-killed',
    title: 'both agents: kill -9, each with a full log',
    run: async (fleet) => ({
      ...(await underScrapes(fleet, () => killBoth(fleet, outage))),
      // Nothing was scraped while they read.
      allowed: [0, Math.ceil(inHand / scrapeInterval) * targetSeries],
    }),
  },
];
