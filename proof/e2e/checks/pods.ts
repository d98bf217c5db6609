import type { Cluster, KubernetesObject } from '../../../tools/kubernetes/cluster';
import { monitoringNamespace, nodeNamespace } from '../../../components/foundation/namespaces';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';

/** Seconds until images are pulled, volumes attached and all containers started. */
const patience = 900;

interface Condition {
  type: string;
  status: string;
  message?: string;
  observedGeneration?: number;
}

interface Pod extends KubernetesObject {
  status: {
    phase: string;
    conditions?: Condition[];
    containerStatuses?: {
      name: string;
      restartCount: number;
      state: { waiting?: { reason?: string; message?: string } };
    }[];
  };
}

interface Workload extends KubernetesObject {
  spec: { replicas?: number };
  status: {
    observedGeneration?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
    conditions?: Condition[];
  };
}

const workloads = ['deployments', 'statefulsets', 'daemonsets'];
/** Kinds of which the operator makes StatefulSets, after the release has returned. */
const operated = ['prometheuses', 'prometheusagents', 'alertmanagers', 'thanosrulers'].map(
  (kind) => `${kind}.monitoring.coreos.com`,
);

/**
 * Waits until everything that was deployed runs.
 *
 * @returns how many pods, and how often a container was restarted
 */
export const everyPodReady = (cluster: Cluster): Promise<string> =>
  eventually(patience, async () => {
    const all = [monitoringNamespace, nodeNamespace];
    const lists = await Promise.all(
      all.map(async (namespace) => ({
        pods: await cluster.list<Pod>(['pods'], namespace),
        workloads: await cluster.list<Workload>([...workloads, ...operated], namespace),
      })),
    );
    const pods = lists.flatMap((list) => list.pods);
    const wrong = [...lists.flatMap((list) => list.workloads).flatMap(notReady), ...pods.flatMap(notRunning)];
    if (wrong.length > 0) throw new Failure(wrong.join('\n'));
    const restarts = pods.flatMap((pod) => restarted(pod));
    return `${pods.length} pods${restarts.length > 0 ? `, restarted: ${restarts.join(', ')}` : ''}`;
  });

function notRunning({ metadata: { name }, status }: Pod): string[] {
  if (status.phase === 'Succeeded') return [];
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return [];
  const waiting = (status.containerStatuses ?? []).flatMap(({ state, name: container }) =>
    state.waiting ? [`${container} ${state.waiting.reason ?? ''} ${state.waiting.message ?? ''}`] : [],
  );
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  const otherwise = scheduled?.status === 'False' ? scheduled.message : ready?.message;
  const why = waiting.length > 0 ? waiting.join('; ') : otherwise;
  return [`pod ${name}: ${status.phase} ${why ?? ''}`];
}

function notReady({ kind, metadata: { name, generation }, spec, status }: Workload): string[] {
  const what = `${kind} ${name}`;
  const available = status.conditions?.find(({ type }) => type === 'Available');
  if (kind.startsWith('Prometheus') || kind === 'Alertmanager' || kind === 'ThanosRuler') {
    const seen = (available?.observedGeneration ?? 0) >= (generation ?? 0);
    if (!available || !seen) return [`${what}: not looked at yet`];
    return available.status === 'True' ? [] : [`${what}: ${available.message ?? 'not available'}`];
  }
  if ((status.observedGeneration ?? 0) < (generation ?? 0)) return [`${what}: not looked at yet`];
  const wanted = status.desiredNumberScheduled ?? spec.replicas ?? 1;
  const ready = status.numberReady ?? status.readyReplicas ?? 0;
  const updated = status.updatedNumberScheduled ?? status.updatedReplicas ?? 0;
  return ready === wanted && updated === wanted
    ? []
    : [`${what}: of ${wanted} ${updated} updated, ${ready} ready`];
}

const restarted = ({ metadata: { name }, status }: Pod): string[] =>
  (status.containerStatuses ?? []).flatMap(({ name: container, restartCount }) =>
    restartCount > 0 ? [`${name}/${container} ${restartCount} times`] : [],
  );
