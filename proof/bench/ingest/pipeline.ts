import type { Agent } from '../../lab/agent';
import type { Gate } from '../../lab/gate';
import { scrapeMetrics, total } from '../../lab/metrics';
import type { Receive } from '../../lab/receive';

/** Programs that a sample passes from a target to the head of an ingestor, on loopback. */
export interface Pipeline {
  agent: Agent;
  /** Receive, in the order in which a sample passes. */
  receive: readonly Receive[];
  /** Between agent and Receive. */
  gate: Gate;
}

/** Values of counters at one moment. */
export interface Counters {
  /** Samples that Receive has answered for with success. */
  samples: number;
  /** Bytes that the agent has sent: HTTP, and TLS where it is used. */
  bytes: number;
  /** Processor seconds. */
  agent: number;
  receive: number;
}

const processorSeconds = (metrics: Map<string, number>): number =>
  total(metrics, 'process_cpu_seconds_total');

export async function counters({ agent, receive, gate }: Pipeline): Promise<Counters> {
  const metrics = await agent.metrics();
  const failed = total(metrics, 'prometheus_remote_storage_samples_failed_total');
  if (failed > 0) throw new Error(`Receive refused ${failed} samples: ${agent.running.log}`);
  const seconds = await Promise.all(
    receive.map(async ({ url }) => processorSeconds(await scrapeMetrics(url))),
  );
  return {
    samples: total(metrics, 'prometheus_remote_storage_samples_total'),
    bytes: gate.sentBytes,
    agent: processorSeconds(metrics),
    receive: seconds.reduce((sum, one) => sum + one, 0),
  };
}

/** Ends the agent first, so that nothing is sent to a receiver that is gone. */
export async function stop({ agent, receive, gate }: Pipeline): Promise<void> {
  await agent.running.stop();
  await gate.close();
  for (const { process } of receive) await process.stop();
}
