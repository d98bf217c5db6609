import { setTimeout as sleep } from 'node:timers/promises';
import { remoteWrite } from '../../../capacity/remote-write';
import { maxAgents } from '../../../config/cluster';
import { Failure } from '../../failure';
import type { Fleet } from '../fleet';
import { scrapeInterval, targetSelector } from '../numbered-target';
import { allBut, withEgress } from './network';

/** Name of the agents in the stack's network policies. */
const policy = 'prometheus-agent';

/** The StatefulSet of an edge's agents. */
export const agentStatefulSet = 'prom-agent-kube-prometheus-stack-prometheus';

/** Names of their pods. */
export const agentPods = Array.from({ length: maxAgents }, (_, ordinal) => `${agentStatefulSet}-${ordinal}`);

/**
 * Seconds that the first samples may be late when the connection is back: a request under way has to time
 * out, the next one waits for the back-off, and is answered within a scrape interval.
 */
export const reconnect = remoteWrite.timeout.seconds + remoteWrite.maxBackoff.seconds + scrapeInterval;

/** Cuts the edge off from the centre while `during` runs, which begins when nothing arrives any more. */
export const whileCutOff = <T>(fleet: Fleet, during: () => Promise<T>): Promise<T> => {
  const { edge, namespace } = fleet.platform;
  return withEgress(
    edge,
    namespace,
    policy,
    () => allBut(fleet.receiver),
    async () => {
      await nothingArrives(fleet);
      return during();
    },
  );
};

/** Checks that nothing arrives any more, since otherwise nothing would be tested. */
async function nothingArrives({ platform }: Fleet): Promise<void> {
  const begin = Date.now();
  await sleep(60_000);
  const selector = targetSelector(platform.edgeName);
  const newest = await platform.query((query) => query.instant(`max(timestamp(${selector}))`));
  const late = Number(newest[0]?.value[1] ?? 0) * 1000 - begin;
  if (late > scrapeInterval * 3000)
    throw new Failure(`samples arrive ${late / 1000} s after the edge was cut off`);
}
