import type { DashboardSpec } from './dashboard';
import { alertmanagerOverview } from './source/alertmanager-overview';
import { capacity } from './source/capacity';
import { edge } from './source/edge';
import { fleet } from './source/fleet';
import { kubernetesCluster } from './source/kubernetes-cluster';
import { nodeExporterFull } from './source/node-exporter-full';
import { prometheusStats } from './source/prometheus-stats';
import { thanos } from './source/thanos';

/** Every dashboard of ours. A further one is a file in `source/`, a uid in links.ts and a line here. */
export const dashboards: readonly DashboardSpec[] = [
  fleet,
  edge,
  thanos,
  capacity,
  kubernetesCluster,
  nodeExporterFull,
  prometheusStats,
  alertmanagerOverview,
];
