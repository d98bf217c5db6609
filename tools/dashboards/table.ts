import {
  TableCellBackgroundDisplayMode,
  TableCellDisplayMode,
  TableSortByFieldStateBuilder,
  type TableCellOptions,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import type { Link } from './links';
import { described, instantQueries, ofNothing, refId, type PanelSpec } from './panel';

/** A column with a query of its own. */
export interface Column {
  /** Its head. */
  name: string;
  /** Its result has the table's key as its only label. */
  expr: string;
  unit: string;
  thresholds?: Threshold[];
  mappings?: ValueMapping[];
  decimals?: number;
  width?: number;
}

export interface TableSpec extends Omit<PanelSpec, 'thresholds' | 'mappings' | 'decimals' | 'min' | 'max'> {
  /** The label that says of what a row is, and the head of its column. */
  key: { label: string; name: string; links?: readonly Link[] };
  /** Columns by which rows are sorted, the highest first; rows that are alike by their key. */
  worst?: readonly string[];
}

const coloured: TableCellOptions = {
  type: TableCellDisplayMode.ColorBackground,
  mode: TableCellBackgroundDisplayMode.Basic,
};

/** Answers come in no order at all. */
const sorted = (names: readonly string[], desc: boolean) =>
  names.map((name) => new TableSortByFieldStateBuilder().displayName(name).desc(desc));

const property = (id: string, value: unknown): DynamicConfigValue => ({ id, value });

const linksOf = (links: readonly Link[]) => links.map(({ title, url }) => ({ title, url }));

/** A row for each value of a label, a column for each query. */
export function tablePanel(spec: TableSpec, columns: readonly Column[]): table.PanelBuilder {
  const { key, worst = [] } = spec;
  const queries = columns.map(({ name, expr }) => ({ expr, legend: name }));
  const panel = described(new table.PanelBuilder(), spec, 9)
    .targets(instantQueries(queries, PromQueryFormat.Table))
    .sortBy([...sorted(worst, true), ...sorted([key.name], false)])
    .withTransformation({ id: 'joinByField', options: { byField: key.label, mode: 'outer' } })
    // The time of each answer says nothing in a row.
    .withTransformation({
      id: 'filterFieldsByName',
      options: { include: { pattern: `^(${key.label}|Value.*)$` } },
    })
    .withTransformation({
      id: 'organize',
      options: {
        renameByName: {
          [key.label]: key.name,
          // Of a single query Grafana does not say whose value it is.
          ...(columns.length === 1 ? { Value: columns[0]?.name } : {}),
          ...Object.fromEntries(columns.map(({ name }, i) => [`Value #${refId(i)}`, name])),
        },
      },
    });
  if (key.links) panel.overrideByName(key.name, [property('links', linksOf(key.links))]);
  for (const { name, unit, thresholds, mappings, decimals, width } of columns) {
    panel.overrideByName(name, [
      property('unit', unit),
      ...(thresholds
        ? [
            property('thresholds', { mode: 'absolute', steps: thresholds }),
            property('custom.cellOptions', coloured),
          ]
        : []),
      ...(mappings || thresholds
        ? [property('mappings', [...(mappings ?? []), ofNothing('', 'transparent')])]
        : []),
      ...(decimals === undefined ? [] : [property('decimals', decimals)]),
      ...(width === undefined ? [] : [property('custom.width', width)]),
    ]);
  }
  return panel;
}

/** A row for each series of one query: its labels are the columns, and sort it; its value comes last. */
export const seriesTable = (
  spec: Omit<PanelSpec, 'mappings' | 'min' | 'max'>,
  labels: Readonly<Record<string, string>>,
  value: string,
  expr: string,
): table.PanelBuilder =>
  described(new table.PanelBuilder(), spec, 9)
    .targets(instantQueries([{ expr, legend: value }], PromQueryFormat.Table))
    .sortBy(sorted(Object.values(labels), false))
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true },
        renameByName: { ...labels, Value: value },
        indexByName: Object.fromEntries([...Object.keys(labels), 'Value'].map((name, i) => [name, i])),
      },
    });
