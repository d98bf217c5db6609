import type { Pod } from '../../policy/pod';
import { workloads } from '../../policy/workloads';
import { factsOfPods } from '../../tools/policy/facts';
import { manifestsOf } from '../../tools/policy/manifests';
import type { Deployment } from '../../tools/render/registered';

/** Every pod of a stack, of its own workloads and of the chart, with the name of what makes it. */
export function pods(deployment: Deployment): (Pod & { name: string })[] {
  const ours = manifestsOf(deployment);
  const { configReloader, otherPods } = factsOfPods(ours);
  return [
    ...workloads(ours, configReloader).map((workload) => ({
      ...workload,
      name: workload.manifest.metadata.name,
    })),
    ...otherPods.map((pod) => ({ ...pod, name: pod.object })),
  ];
}
