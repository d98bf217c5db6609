import type { clusterPartsShape } from '../../config/cluster-parts';
import type { EdgeConfig } from '../../config/edge';
import { kubernetesResources } from '../../config/scalars';
import type { Duration, Quantity } from '../../config/units';
import { scrapeClass } from './application-labels';
import { externalLabels, prometheusReplicaLabel } from './external-labels';
import type { PodDisruptionBudget, PrometheusAgentSpec, SharedValues, VolumeClaim } from './values-types';

/** Namespaces of the release and of node-exporter. */
export interface NamespaceNames {
  monitoring: string;
  node: string;
}

/** The configuration of what the chart deploys in every cluster. */
export type ClusterParts = Pick<EdgeConfig, keyof typeof clusterPartsShape>;

/**
 * The chart's values that are the same in every cluster: operator, exporters and scrape targets. The targets
 * kubelet with cAdvisor, API server and CoreDNS are the chart's defaults; those of the control plane:
 * `control-plane.ts`.
 */
export const sharedValues = (
  namespaces: NamespaceNames,
  scrapeInterval: Duration,
  { prometheusOperator, nodeExporter, kubeStateMetrics }: ClusterParts,
): SharedValues => ({
  // In a release of their own, which keeps them (crds.ts). Without this the chart's copies would also be
  // stored in this release's Secret, which may not exceed 1 MiB.
  crds: { enabled: false },
  // The chart's 10 s would make three times the samples of everything else. Note the capital A:
  // `cadvisorInterval` does nothing.
  kubelet: { serviceMonitor: { cAdvisorInterval: scrapeInterval.toString() } },
  'prometheus-node-exporter': {
    namespaceOverride: namespaces.node,
    resources: kubernetesResources(nodeExporter.resources),
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  },
  // The collector `secrets` needs the right to read every Secret of the cluster, and no rule or dashboard
  // uses it.
  'kube-state-metrics': {
    collectorsExclude: ['secrets'],
    resources: kubernetesResources(kubeStateMetrics.resources),
  },
  prometheusOperator: {
    // Write the kubelets' EndpointSlice directly, not an Endpoints object that the cluster must mirror.
    kubeletEndpointsEnabled: false,
    kubeletEndpointSliceEnabled: true,
    resources: kubernetesResources(prometheusOperator.resources),
    prometheusConfigReloader: {
      resources: kubernetesResources(prometheusOperator.configReloader.resources),
    },
    admissionWebhooks: {
      patch: { resources: kubernetesResources(prometheusOperator.webhookJobs.resources) },
    },
  },
});

/** The part of the spec that Prometheus and Prometheus Agent share. */
export const prometheusSpec = (
  cluster: { label: string; environment: string },
  scrapeInterval: Duration,
) => ({
  externalLabels: externalLabels(cluster),
  replicaExternalLabelName: prometheusReplicaLabel,
  scrapeInterval: scrapeInterval.toString(),
  serviceDiscoveryRole: 'EndpointSlice' as const,
  scrapeClasses: [scrapeClass],
  // By default only monitors with the label `release` of this chart are scraped; those of Thanos have none.
  serviceMonitorSelectorNilUsesHelmValues: false as const,
  podMonitorSelectorNilUsesHelmValues: false as const,
  probeSelectorNilUsesHelmValues: false as const,
  scrapeConfigSelectorNilUsesHelmValues: false as const,
  logFormat: 'json' as const,
});

/** The operator's own time for a startup probe, in seconds (0.93.1, pkg/prometheus/promcfg.go). */
const usualStartup = 900;

/**
 * Time for the startup probe, which holds when the log has been read. Left out where the operator's own is
 * enough: that is checked every 15 s, one that is given every minute, and so long a restarted pod stays
 * unready.
 */
export const startupTime = ({
  seconds,
}: Duration): Pick<PrometheusAgentSpec, 'maximumStartupDurationSeconds'> =>
  seconds > usualStartup ? { maximumStartupDurationSeconds: seconds } : {};

/** Storage of an operated StatefulSet; the claims outlive it. */
export const volumeClaim = (storageClassName: string, size: Quantity): VolumeClaim => ({
  volumeClaimTemplate: {
    spec: {
      storageClassName,
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size.kubernetes } },
    },
  },
});

/**
 * A budget that lets one pod at a time be evicted. A single replica gets none: it would block every drain of
 * its node.
 */
export const chartDisruptionBudget = (replicas: number): PodDisruptionBudget => ({
  enabled: replicas > 1,
  minAvailable: Math.max(1, replicas - 1),
});
