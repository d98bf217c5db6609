import { Failure } from '../failure';
import { kindOf } from './reasons';

/** The clusters that are asked for. */
export const places = ['centre', 'edge'] as const;
export type Place = (typeof places)[number];

/** A query, where it stands. */
export interface QueryName {
  /** Title of the dashboard. */
  dashboard: string;
  panel: string;
  query: string;
}

/** A row of the list: a query that answers nothing, and why. */
export interface Row extends QueryName {
  where: Place | 'both';
  reason: string;
}

/** A row for one of the clusters. */
type Placed = Row & { where: Place };

/** What a run has seen of one query. */
export interface Seen extends QueryName {
  where: Place;
  empty: boolean;
}

/** What stands for a reason until somebody has found it. */
const unknownReason = '?';

const isHead = (line: string) => line.startsWith('#');

/**
 * Reads the list, `tests/observability/empty-queries.tsv`.
 *
 * @throws Failure for a line of another form
 */
export function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !isHead(line))
    .map((line) => {
      const [dashboard = '', panel = '', query = '', where, reason = '', ...rest] = line.split('\t');
      if ((where !== 'centre' && where !== 'edge' && where !== 'both') || reason === '' || rest.length > 0) {
        throw new Failure(
          `"${line}": dashboard, panel, query, centre or edge or both, and reason, with tabs between`,
        );
      }
      return { dashboard, panel, query, where, reason };
    });
}

const key = ({ dashboard, panel, query }: QueryName, where: Place) =>
  [dashboard, panel, query, where].join('\t');

/** A row for both is one for each. */
const each = (row: Row): Placed[] =>
  places.flatMap((where) => (row.where === where || row.where === 'both' ? { ...row, where } : []));

export interface Comparison {
  /** In a row, and empty. */
  holding: Placed[];
  /** Empty, and in no row. */
  unlisted: Seen[];
  /** In a row, and it answers, or is not there any more. */
  stale: Placed[];
  /** In a row whose reason may pass, and it answers this time. */
  passed: Placed[];
}

/** Compares what was seen with the list; rows of dashboards that were not asked stay out of it. */
export function compared(rows: readonly Row[], seen: readonly Seen[]): Comparison {
  const asked = new Set(seen.map(({ dashboard }) => dashboard));
  const split = rows.flatMap(each).filter(({ dashboard }) => asked.has(dashboard));
  const listed = new Set(split.map((row) => key(row, row.where)));
  const found = new Map(seen.map((one) => [key(one, one.where), one]));
  const notEmpty = split.filter((row) => found.get(key(row, row.where))?.empty !== true);
  const passing = (row: Placed) => found.has(key(row, row.where)) && kindOf(row.reason)?.passing === true;
  return {
    holding: split.filter((row) => !notEmpty.includes(row)),
    unlisted: seen.filter((one) => one.empty && !listed.has(key(one, one.where))),
    stale: notEmpty.filter((row) => !passing(row)),
    passed: notEmpty.filter(passing),
  };
}

/** The list after a run: without what is stale, and with what is new, whose reasons are to be found. */
export function recorded(text: string, { unlisted, stale }: Comparison): string {
  const gone = new Set(stale.map((row) => key(row, row.where)));
  const rows = [
    ...rowsOf(text)
      .flatMap(each)
      .filter((row) => !gone.has(key(row, row.where))),
    ...unlisted.map((one) => ({ ...one, reason: unknownReason })),
  ];
  return [...text.split('\n').filter(isHead), ...joined(rows).map(line).sort(), ''].join('\n');
}

const line = ({ dashboard, panel, query, where, reason }: Row) =>
  [dashboard, panel, query, where, reason].join('\t');

/** One row where centre and edge have the same reason. */
export function joined(rows: readonly Placed[]): Row[] {
  const id = (row: Row) => [key(row, 'centre'), row.reason].join('\t');
  const both = new Map<string, Row>();
  for (const row of rows) both.set(id(row), { ...row, where: both.has(id(row)) ? 'both' : row.where });
  return [...both.values()];
}
