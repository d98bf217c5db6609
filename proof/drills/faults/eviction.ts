import type { Cluster } from '../../../tools/kubernetes/cluster';
import { Failure } from '../../failure';

/** Asks whether a pod may be evicted, as a drain does; it stays. @returns why not, `''` if it may */
async function refusal(cluster: Cluster, namespace: string, pod: string): Promise<string> {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: pod, namespace },
    deleteOptions: { dryRun: ['All'] },
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  return cluster
    .kubectl(['create', '--raw', path, '--filename=-'], { input: JSON.stringify(eviction) })
    .then(() => '', String);
}

/** @returns a line that says so @throws Failure when the pod may be evicted, or something else is refused */
export async function evictionRefused(cluster: Cluster, namespace: string, pod: string): Promise<string> {
  const said = await refusal(cluster, namespace, pod);
  if (!/disruption budget/i.test(said))
    throw new Failure(`${pod} may be evicted during the outage: ${said || 'nothing refuses it'}`);
  return `eviction of ${pod} refused: its budget`;
}

/** @throws Failure when the pod may not be evicted */
export async function evictionAllowed(cluster: Cluster, namespace: string, pod: string): Promise<void> {
  const said = await refusal(cluster, namespace, pod);
  if (said) throw new Failure(`${pod} may not be evicted: ${said}`);
}
