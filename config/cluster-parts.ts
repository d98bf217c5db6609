import { z } from 'zod';
import { resources } from './scalars';

const part = (cpus: [string, string], bytes: [string, string]) =>
  z.strictObject({ resources: resources(cpus, bytes) }).prefault({});

/**
 * What the chart deploys in every cluster beside Prometheus; it sets no resources on these containers. The
 * same keys for central and edge stacks.
 */
export const clusterPartsShape = {
  prometheusOperator: z
    .strictObject({
      // More memory than in kube-prometheus, because it keeps the metadata of every Secret and ConfigMap.
      resources: resources(['100m', '500m'], ['128Mi', '512Mi']),
      // As in kube-prometheus.
      configReloader: part(['10m', '100m'], ['50Mi', '50Mi']).describe(
        'the container beside each Prometheus, Alertmanager and Ruler that makes it read its configuration again',
      ),
      webhookJobs: part(['10m', '100m'], ['32Mi', '64Mi']).describe(
        'the two containers that make the webhook’s certificate when the chart is installed or updated',
      ),
    })
    .prefault({}),
  // Twice kube-prometheus' processor time: at 250m it was throttled in up to 15 % of its periods on a node
  // with little on it, and CPUThrottlingHigh begins at 25.
  nodeExporter: part(['100m', '500m'], ['64Mi', '180Mi']),
  // Twice the sum for the default `series` (docs/capacity.md); 250Mi, as in kube-prometheus, was killed with
  // 25 600 series of its own (cozystack#3846).
  kubeStateMetrics: part(['10m', '100m'], ['190Mi', '512Mi']),
};
