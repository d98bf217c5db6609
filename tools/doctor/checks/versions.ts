import { charts, imageReference, images } from '../../../versions';
import { allWell, judgedBoth, type Finding } from '../finding';
import type { Pod } from '../objects';
import type { PodsSeen } from './pods';

/** Name of the chart's own Deployment, whose labels say of which version the release is. */
export const chartLabel = 'chart';

/**
 * Whether what runs is what `versions.ts` pins. Images that the chart brings follow from its version.
 *
 * @param operator name of the operator's Deployment
 */
export const versionsPinned =
  (operator: string) =>
  ({ pods, workloads }: Pick<PodsSeen, 'pods' | 'workloads'>): Finding =>
    judgedBoth(pods, workloads, (seen, controllers) => {
      const chart = controllers.find(({ metadata }) => metadata.name === operator)?.metadata.labels[
        chartLabel
      ];
      const wanted = `kube-prometheus-stack-${charts.kubePrometheusStack}`;
      const faults = [
        ...(chart === wanted
          ? []
          : [`the chart is ${chart ?? `unknown: there is no ${operator}`}, not ${wanted}`]),
        ...Object.values(images).flatMap((image) => others(seen, image)),
      ];
      return allWell(
        faults,
        `${wanted}; ${Object.values(images).map(imageReference).join(', ')}`,
        'Run pulumi up with this release of the project, or take the release that is deployed.',
      );
    });

/** Containers that run another tag of an image. */
function others(pods: readonly Pod[], image: { repository: string; tag: string }): string[] {
  const repository = image.repository.split('/').slice(1).join('/');
  return pods.flatMap(({ metadata, spec }) =>
    spec.containers.flatMap(({ name, image: running }) => {
      // A mirror of the registry has another host.
      const [, path, tag] = /^(?:.*\/)?([^/]+\/[^/:]+):([^@]+)/.exec(running) ?? [];
      return path === repository && tag !== image.tag ? [`${metadata.name}/${name} runs ${running}`] : [];
    }),
  );
}
