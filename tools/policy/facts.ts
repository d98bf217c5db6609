import { userName } from '../../components/object-store/minio';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { receiver } from '../../components/thanos/roles';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import type { Facts } from '../../policy/policy';
import type { Manifest } from '../../policy/manifest';
import { hostnames } from '../../stacks/hostnames';
import { podsOfChart, recordedPods } from './chart-pods';
import { releasesIn } from './manifests';

/**
 * Where images may come from: the projects that are deployed, each by its own repository, and not all that a
 * registry has.
 */
export const repositories: readonly string[] = [
  'quay.io/thanos/',
  'quay.io/prometheus/',
  'quay.io/prometheus-operator/',
  'quay.io/kiwigrid/k8s-sidecar:',
  'registry.k8s.io/kube-state-metrics/',
  'ghcr.io/jkroepke/kube-webhook-certgen:',
  'docker.io/grafana/grafana:',
  'docker.io/library/busybox:',
];

type FromConfig = Pick<Facts, 'repositories' | 'exposed' | 'bucket'>;

/**
 * The facts that follow from a stack's configuration.
 *
 * Who may write to the bucket and who may delete is written here once more, beside
 * `components/thanos/roles.ts`, from which the rights are made: a policy that read it there would allow
 * whatever is written there.
 */
export function factsOfConfig(config: CentralConfig | EdgeConfig): FromConfig {
  if (config.role === 'edge') {
    return { repositories, exposed: [], bucket: { name: '', writers: [], deleters: [] } };
  }
  const { cluster, objectStore } = config;
  const hosts = hostnames(cluster.domain);
  return {
    repositories,
    exposed: [hosts.grafana, hosts.query, `Service ${monitoringNamespace}/${receiver}`],
    bucket: {
      name: objectStore.bucket,
      writers: (['sidecar', 'receive', 'ruler'] as const).map((user) => userName(cluster.name, user)),
      deleters: [userName(cluster.name, 'compactor')],
    },
  };
}

/**
 * All facts about a stack.
 *
 * @param stack chart: what its charts make; without it, what is recorded of their pods. deployed: as it was
 *   rendered before
 */
export function factsOf(
  config: CentralConfig | EdgeConfig,
  stack: { ours: readonly Manifest[]; chart?: readonly Manifest[]; deployed?: readonly Manifest[] },
  secrets: ReadonlySet<string>,
): Facts {
  const { ours, chart, deployed } = stack;
  return { ...factsOfConfig(config), ...factsOfPods(ours, chart), secrets, deployed };
}

/** The pods beside those in the manifests, and the container that the operator adds to its own. */
export function factsOfPods(
  ours: readonly Manifest[],
  chart?: readonly Manifest[],
): Pick<Facts, 'otherPods' | 'configReloader'> {
  if (chart) return { otherPods: [], configReloader: podsOfChart(chart).configReloader };
  const { pods, configReloader } = recordedPods(releasesIn(ours));
  return { otherPods: pods, configReloader };
}
