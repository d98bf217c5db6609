const silent = 'an edge that does not send it would be taken for silent, for ever';
const behind = 'nobody would be told that its agents are behind, or lose samples';
const full = 'nobody would be told before its volumes are full';
const agents = 'nobody would be told that its agents are not what was asked for';

/**
 * Metrics that the rules over all clusters read of every edge, and what becomes of an edge that does not send
 * one. Written out, so that the configuration is checked without a PromQL parser; a test compares it with the
 * rules.
 */
export const metricsOfEdges: Readonly<Record<string, string>> = {
  container_memory_working_set_bytes: 'nobody would be told before its agents are killed for memory',
  kube_pod_container_resource_limits: 'nobody would be told before its agents are killed for memory',
  kubelet_volume_stats_available_bytes: full,
  kubelet_volume_stats_capacity_bytes: full,
  node_time_seconds: 'nobody would be told that its clocks are off, until Receive refuses its samples',
  process_start_time_seconds: 'nobody would be told that an agent was restarted with a backlog',
  prometheus_operator_managed_resources: agents,
  prometheus_operator_reconcile_errors_total: agents,
  prometheus_remote_storage_queue_highest_sent_timestamp_seconds: behind,
  prometheus_remote_storage_samples_dropped_total: behind,
  prometheus_remote_storage_samples_failed_total: behind,
  prometheus_remote_storage_samples_total: behind,
  prometheus_tsdb_wal_writes_failed_total: behind,
  up: silent,
};
