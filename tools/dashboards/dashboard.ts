/* eslint-disable @typescript-eslint/no-deprecated -- The SDK prefers v2, which Grafana 13 refuses to read from a file (grafana/grafana#127928). */
import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { chartJobs } from '../../components/prometheus-stack/addresses';
import { tag, uids, type DashboardName } from './links';
import { datasource } from './panel';

/** A part of a dashboard, under a head of its own. */
export interface Row {
  title: string;
  panels: readonly Builder<Panel>[];
}

export interface DashboardSpec {
  name: DashboardName;
  title: string;
  /** Whom it is for, and what it answers. */
  description: string;
  /** Besides `cluster`, or in its place. */
  variables?: readonly QueryVariableBuilder[];
  rows: readonly Row[];
  /** How far back it looks at first; default: `now-6h`. */
  from?: string;
}

/**
 * A variable of which several can be chosen at once, all at first; to be asked with `=~`.
 *
 * @param query as Grafana takes it, `label_values(METRIC, LABEL)`
 */
export const variable = (name: string, label: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
    .multi(true)
    .includeAll(true)
    // Not a list of all: it would make each query as long as the fleet.
    .allValue('.+')
    .current({ selected: true, text: ['All'], value: ['$__all'] });

/** Every cluster that sends, the centre too: its own Prometheus is there whatever else it scrapes. */
export const anyCluster = variable(
  'cluster',
  'Cluster',
  `label_values(up{job="${chartJobs.prometheus}"}, cluster)`,
);

/** The dashboard as Grafana's classic JSON. */
export function built({
  name,
  title,
  description,
  variables,
  rows,
  from = 'now-6h',
}: DashboardSpec): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uids[name])
    .description(description)
    .tags([tag])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('1m')
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('Dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  for (const each of variables ?? [anyCluster]) dashboard.withVariable(each);
  for (const row of rows) {
    dashboard.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) dashboard.withPanel(panel);
  }
  return numbered(dashboard.build());
}

/** Grafana numbers panels without an id at each import, and links to a panel then lead to another. */
const numbered = (dashboard: Dashboard): Dashboard => ({
  ...dashboard,
  panels: (dashboard.panels ?? []).map((panel, i) => ({ ...panel, id: i + 1 })),
});
