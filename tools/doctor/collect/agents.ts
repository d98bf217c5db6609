import { chartPods } from '../../../components/prometheus-stack/addresses';
import type { KubectlContext } from '../../kubernetes/kubeconfig';
import type { AgentSeen } from '../checks/agents';
import type { Observation } from '../finding';
import type { Pod } from '../objects';
import { podsWith } from './cluster';
import { askForwarded } from './forwarded';

/** Sums of a metric over its series, from what a program shows on `/metrics`. */
export const metricsIn = (text: string) => {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return (name: string): number =>
    lines
      .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      .map((line) => Number(/ (\S+)(?: \d+)?$/.exec(line)?.[1]))
      .reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
};

const remote = 'prometheus_remote_storage_';

/** What an agent tells of its one queue. */
export function agentIn(pod: string, text: string): AgentSeen {
  const of = metricsIn(text);
  return {
    pod,
    scraped: of(`${remote}highest_timestamp_in_seconds`),
    sent: of(`${remote}queue_highest_sent_timestamp_seconds`),
    pending: of(`${remote}samples_pending`),
    failed: of(`${remote}samples_failed_total`),
    retried: of(`${remote}samples_retried_total`),
  };
}

/** Each agent, asked itself: nobody else in an edge cluster keeps what it tells. */
export const lookAtAgents = (
  cluster: KubectlContext,
  pods: Observation<Pod[]>,
): Promise<Observation<AgentSeen>[]> =>
  'why' in pods
    ? Promise.resolve([pods])
    : Promise.all(
        podsWith(pods, chartPods.agent.podLabels).map(({ metadata: { name } }) =>
          askForwarded(
            cluster,
            { target: `pod/${name}`, port: chartPods.agent.ports.http },
            async ({ get }) => agentIn(name, await get('/metrics')),
          ),
        ),
      );
