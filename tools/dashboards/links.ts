import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import { runbooksAddress } from '../../components/grafana/dashboards';

/** Where a panel leads: its title, and an address. */
export interface Link {
  title: string;
  url: string;
}

/** Our dashboards: the uid of each, by the name of its file. Links lead to uids, so they never change. */
export const uids = {
  fleet: 'monitoring-fleet',
  edge: 'monitoring-edge',
  thanos: 'monitoring-thanos',
  capacity: 'monitoring-capacity',
  'kubernetes-cluster': 'monitoring-kubernetes-cluster',
  'node-exporter-full': 'monitoring-node-exporter-full',
  'prometheus-stats': 'monitoring-prometheus-stats',
  'alertmanager-overview': 'monitoring-alertmanager-overview',
} as const;

export type DashboardName = keyof typeof uids;

/** The tag of all of ours, by which each lists the others. */
export const tag = 'monitoring';

/** To another of our dashboards, with the same clusters and the same time. */
export const to = (name: DashboardName, title: string): Link => ({
  title,
  url: `/d/${uids[name]}?\${cluster:queryparam}&\${__url_time_range}`,
});

/** To another of our dashboards about the cluster of a table's row. */
export const toRow = (name: DashboardName, title: string): Link => ({
  title,
  url: `/d/${uids[name]}?var-cluster=\${__data.fields.Cluster}&\${__url_time_range}`,
});

/** To what somebody does about an alert. The address is the stack's (`deployedJson`). */
export const runbook = (alert: string): Link => ({
  title: `Runbook ${alert}`,
  url: `${runbooksAddress}/${alert}.md`,
});

/** A link as Grafana reads it. */
export const builtLink = ({ title, url }: Link): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(url)
    .targetBlank(url.startsWith(runbooksAddress));
