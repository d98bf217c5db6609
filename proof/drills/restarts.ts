import type { Cluster } from '../../tools/kubernetes/cluster';

/** How often kubelet has started a container of a pod anew; without a name, the pod's first. */
export const restarts = async (
  cluster: Cluster,
  namespace: string,
  pod: string,
  container?: string,
): Promise<number> => {
  const which = container === undefined ? '0' : `?(@.name=="${container}")`;
  const path = `{.status.containerStatuses[${which}].restartCount}`;
  return Number(await cluster.kubectl(['get', 'pod', pod, `--output=jsonpath=${path}`], { namespace }));
};
