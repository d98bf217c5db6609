import type { ControlPlane } from '../../config/cluster';
import type { ControlPlaneKey, Scraped, ScrapedWithRules } from './values-types';

const chartKeys: Readonly<Record<keyof ControlPlane, ControlPlaneKey>> = {
  scheduler: 'kubeScheduler',
  controllerManager: 'kubeControllerManager',
  etcd: 'kubeEtcd',
  kubeProxy: 'kubeProxy',
};

const each = <Value>(parts: ControlPlane, value: (scraped: boolean) => Value) =>
  Object.fromEntries(
    Object.entries(chartKeys).map(([part, key]) => [key, value(parts[part as keyof ControlPlane])]),
  ) as Record<ControlPlaneKey, Value>;

/** The parts of an edge's control plane: scraped or not, since its rules and dashboards are the centre's. */
export const scrapedControlPlane = (parts: ControlPlane): Record<ControlPlaneKey, Scraped> =>
  each(parts, (enabled) => ({ enabled }));

/**
 * The parts of the central cluster's control plane. `enabled` is also what makes the chart bring a part's
 * rules and dashboards, which are for every cluster: so it is true for all of them, and what is scraped here
 * is said by the Service and the ServiceMonitor. The alerts that would fire where a part is nowhere scraped
 * are left out (`central-values.ts`).
 */
export const centralControlPlane = (parts: ControlPlane): Record<ControlPlaneKey, ScrapedWithRules> =>
  each(parts, (enabled) => ({ enabled: true, service: { enabled }, serviceMonitor: { enabled } }));
