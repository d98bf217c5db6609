import { Duration } from '../../config/units';
import { asksPrometheus } from '../../tools/keep-list/dashboard-queries';
import type { VariableDefinition } from '../../tools/keep-list/variable-definitions';

/** A query of a panel. */
export interface PanelQuery {
  /** The panel's title; a second panel of that title has a number behind it. */
  panel: string;
  /** Letter of the query in its panel. */
  query: string;
  /** PromQL with Grafana's variables in it. */
  expr: string;
  /** Whether it is asked for one moment, the end, and not for a curve. */
  instant: boolean;
  /** Variable for each value of which Grafana draws the panel once. */
  repeat?: string;
}

/** What Grafana remembers as chosen. */
export interface Variable extends VariableDefinition {
  current?: { value?: unknown };
  /** An expression in slashes that leaves values out, and cuts a part out of the others. */
  regex?: unknown;
}

/** As much of a dashboard as its queries depend on. */
export interface AskedDashboard {
  title: string;
  /** Seconds that it looks back when it is opened. */
  range: number;
  variables: Variable[];
  /** Panels that ask Prometheus something. */
  panels: number;
  queries: PanelQuery[];
}

interface PanelJson {
  title?: string;
  datasource?: unknown;
  repeat?: string;
  panels?: PanelJson[];
  targets?: { refId?: string; expr?: string; instant?: boolean; range?: boolean; datasource?: unknown }[];
}

interface DashboardJson {
  title?: string;
  time?: { from?: string };
  panels?: PanelJson[];
  rows?: { panels?: PanelJson[] }[];
  templating?: { list?: Variable[] };
}

/** Where a dashboard says nothing else, Grafana opens it with six hours. */
const range = Duration.parse('6h');

/** Grafana's classic JSON. Rows, folded or not, are not panels of their own. */
export function askedDashboard(json: string): AskedDashboard {
  const dashboard = JSON.parse(json) as DashboardJson;
  const variables = dashboard.templating?.list ?? [];
  const top = [...(dashboard.panels ?? []), ...(dashboard.rows ?? []).flatMap(({ panels = [] }) => panels)];
  const asking = top
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .map((panel) => ({ panel, queries: queriesOf(panel, variables) }))
    .filter(({ queries }) => queries.length > 0);
  const titles = asking.map(({ panel }) => oneLine(panel.title ?? ''));
  return {
    title: oneLine(dashboard.title ?? ''),
    range: secondsBack(dashboard.time?.from ?? ''),
    variables,
    panels: asking.length,
    queries: asking.flatMap(({ queries }, i) => {
      const title = titles[i] ?? '';
      const earlier = titles.slice(0, i).filter((other) => other === title).length;
      const panel = earlier === 0 ? title : `${title} (${earlier + 1})`;
      return queries.map((query) => ({ panel, ...query }));
    }),
  };
}

function queriesOf({ targets = [], datasource, repeat }: PanelJson, variables: readonly Variable[]) {
  return targets.flatMap((target, i) =>
    target.expr?.trim() && asksPrometheus(target.datasource ?? datasource, variables)
      ? {
          // Grafana gives letters to those that have none.
          query: target.refId ?? String.fromCharCode('A'.charCodeAt(0) + i),
          expr: target.expr,
          instant: target.instant === true && target.range !== true,
          ...(repeat && { repeat }),
        }
      : [],
  );
}

/** A name is a cell of a list with tabs between. */
const oneLine = (text: string) => text.replaceAll(/[\t\n]+/g, ' ').trim();

function secondsBack(from: string): number {
  const back = /^now-(\w+)$/.exec(from)?.[1];
  return (back === undefined ? range : Duration.parse(back)).seconds;
}
