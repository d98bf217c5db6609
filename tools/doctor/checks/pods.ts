import { allWell, judgedBoth, span, type Finding, type Observation } from '../finding';
import type { Pod, Workload } from '../objects';

export interface PodsSeen {
  now: Date;
  /** Of the namespaces of the stack. */
  pods: Observation<Pod[]>;
  /** Deployments, StatefulSets and DaemonSets there. */
  workloads: Observation<Workload[]>;
}

/** Seconds after which a restart is history. */
const recent = 3600;

/**
 * Whether everything that should run does.
 *
 * @param wanted how many pods each workload must have by the stack's configuration, by its name
 */
export const podsRun =
  (wanted: Readonly<Record<string, number>>) =>
  ({ now, pods, workloads }: PodsSeen): Finding =>
    judgedBoth(pods, workloads, (seen, controllers) => {
      const faults = [
        ...Object.entries(wanted).flatMap(([name, count]) => missing(name, count, controllers)),
        ...controllers.filter(({ metadata: { name } }) => !(name in wanted)).flatMap(incomplete),
        ...seen.flatMap(notReady),
        ...seen.flatMap((pod) => restartedLately(pod, now)),
      ];
      const restarts = seen.flatMap(restarted);
      const before = restarts.length > 0 ? `; restarted before: ${restarts.join(', ')}` : '';
      return allWell(
        faults,
        `${seen.length} pods are as they should be${before}`,
        'Look at it with kubectl -n NAMESPACE describe pod and kubectl logs --previous.',
      );
    });

function missing(name: string, count: number, workloads: readonly Workload[]): string[] {
  const found = workloads.find(({ metadata }) => metadata.name === name);
  if (!found) return count === 0 ? [] : [`there is no ${name}`];
  const [desired, ready] = counts(found);
  if (desired !== count) return [`${name} has ${desired} replicas, configured are ${count}`];
  return ready < count ? [`${name}: ${ready} of ${count} are ready`] : [];
}

/** Of what is configured nowhere: as many as it says itself. */
function incomplete(workload: Workload): string[] {
  const [desired, ready] = counts(workload);
  return ready < desired ? [`${workload.metadata.name}: ${ready} of ${desired} are ready`] : [];
}

const counts = ({ spec, status }: Workload): [desired: number, ready: number] => [
  status.desiredNumberScheduled ?? spec.replicas ?? 1,
  status.numberReady ?? status.readyReplicas ?? 0,
];

function notReady({ metadata: { name }, status }: Pod): string[] {
  if (status.phase === 'Succeeded') return [];
  if (status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return [];
  const waiting = status.containerStatuses.flatMap(({ name: container, state }) =>
    state.waiting?.reason === undefined ? [] : [`${container} ${state.waiting.reason}`],
  );
  const unscheduled = status.conditions.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  const why = [...waiting, ...(unscheduled?.message === undefined ? [] : [unscheduled.message])].join(', ');
  return [`${name} is not ready (${why || status.phase})`];
}

function restartedLately({ metadata: { name }, status }: Pod, now: Date): string[] {
  return status.containerStatuses.flatMap(({ name: container, lastState: { terminated } }) => {
    const age = (now.getTime() - Date.parse(terminated?.finishedAt ?? '')) / 1000;
    if (!(age < recent)) return [];
    return [`${name}: ${container} ended ${span(age)} ago (${terminated?.reason ?? 'no reason given'})`];
  });
}

const restarted = ({ metadata: { name }, status }: Pod): string[] =>
  status.containerStatuses.flatMap(({ name: container, restartCount }) =>
    restartCount === 0 ? [] : [`${name}/${container} ${restartCount}×`],
  );
