import { kubeStateMetrics } from './constants';
import { times, type Need } from './need';

/**
 * Memory of kube-state-metrics: it keeps the text of every series of its page, and what it has listed. Its
 * series are a part of those of the cluster.
 *
 * @param series active series of the cluster, as one agent or Prometheus counts them
 */
export const kubeStateMetricsMemory = (series: number): Need => ({
  component: 'kube-state-metrics',
  resource: 'memory',
  key: 'kubeStateMetrics.resources.limits.memory',
  pods: 1,
  terms: [
    { what: 'the process', bytes: kubeStateMetrics.memory },
    times(series * kubeStateMetrics.share, 'series of its own', kubeStateMetrics.memoryPerSeries),
  ],
});
