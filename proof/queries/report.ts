import { metricNamesWith } from '../../tools/keep-list/grafana-variables';
import { ofVariables, type Asked } from './ask';
import type { AskedDashboard } from './dashboard';
import { joined, places, type Comparison, type Place, type QueryName, type Seen } from './list';
import { kindOf } from './reasons';

/** A dashboard and what it has answered for each cluster. */
export interface Result {
  dashboard: AskedDashboard;
  answers: Record<Place, Asked[]>;
}

/** What is compared with the list; a query that failed is neither empty nor not. */
export const seenIn = (results: readonly Result[]): Seen[] =>
  results.flatMap(({ dashboard: { title }, answers }) =>
    places.flatMap((where) =>
      answers[where].flatMap(({ panel, query, answer }) =>
        typeof answer === 'object'
          ? []
          : [{ dashboard: title, panel, query, where, empty: answer === 'nothing' }],
      ),
    ),
  );

/** Every error, a line each. */
export const errorsIn = (results: readonly Result[]): string[] =>
  results.flatMap(({ dashboard: { title }, answers }) =>
    places.flatMap((where) =>
      answers[where].flatMap(({ answer, ...name }) =>
        typeof answer === 'object'
          ? [`${shown({ dashboard: title, ...name })}, ${where}: ${answer.error}`]
          : [],
      ),
    ),
  );

/** What was chosen on the dashboards that have an empty query, besides the cluster: it may be why. */
export const choicesIn = (results: readonly Result[]): string[] =>
  results.flatMap(({ dashboard: { title }, answers }) =>
    places.flatMap((where) => {
      const made = answers[where].flatMap(({ query, chosen }) =>
        chosen ? [`${query}=${chosen.length > 3 ? `${chosen.length} values` : chosen.join(',')}`] : [],
      );
      return made.length > 0 && answers[where].some(empty) ? [`${title}, ${where}: ${made.join(' ')}`] : [];
    }),
  );

/** Series that rules make have a colon in their names. */
const readsRecorded = (expr: string) =>
  metricNamesWith(new Map(), expr).names.some((name) => name.includes(':'));

const count = (asked: readonly Asked[], wanted: (one: Asked) => boolean = () => true) =>
  asked.filter((one) => one.panel !== ofVariables && wanted(one)).length;

const empty = ({ answer }: Asked) => answer === 'nothing';
const recordedSeries = ({ expr }: Asked) => readsRecorded(expr);

/**
 * A line for each dashboard and a sum. In brackets stand those of the queries that read series which rules
 * record.
 */
export function table(results: readonly Result[]): Record<string, string | number>[] {
  const counted = (asked: readonly Asked[]) => `${count(asked)} (${count(asked, recordedSeries)})`;
  const row = (dashboard: string, panels: number, { centre, edge }: Result['answers']) => ({
    dashboard,
    panels,
    expressions: counted(centre),
    'empty, centre': counted(centre.filter(empty)),
    'empty, edge': counted(edge.filter(empty)),
  });
  const all = (where: Place) => results.flatMap(({ answers }) => answers[where]);
  return [
    ...results.map(({ dashboard, answers }) => row(dashboard.title, dashboard.panels, answers)),
    row(
      'all',
      results.reduce((sum, { dashboard }) => sum + dashboard.panels, 0),
      { centre: all('centre'), edge: all('edge') },
    ),
  ];
}

/** What is in the list and empty, by the kind of its reason, and what the list and the run differ in. */
export function differences({ holding: rows, unlisted, stale, passed }: Comparison): string[] {
  const lines = (title: string, all: readonly string[]) =>
    all.length === 0 ? [] : [`${title}: ${all.length}`, ...all.map((one) => `  ${one}`)];
  const kinds = [...new Set(rows.map(({ reason }) => kindOf(reason)?.name ?? reason))].sort();
  return [
    ...kinds.flatMap((kind) =>
      lines(
        kind,
        joined(rows.filter(({ reason }) => (kindOf(reason)?.name ?? reason) === kind)).map(
          (row) => `${shown(row)}, ${row.where}`,
        ),
      ),
    ),
    ...lines(
      'LISTED FOR WHAT PASSES, and answering this time',
      passed.map((row) => `${shown(row)}, ${row.where} (${row.reason})`),
    ),
    ...lines(
      'NEW: empty, and in no row of the list',
      joined(unlisted.map((one) => ({ ...one, reason: '' }))).map((one) => `${shown(one)}, ${one.where}`),
    ),
    ...lines(
      'STALE: listed, and answering or gone',
      stale.map((row) => `${shown(row)}, ${row.where} (${row.reason})`),
    ),
  ];
}

const shown = ({ dashboard, panel, query }: QueryName) =>
  query === '' ? `${dashboard} | ${panel}` : `${dashboard} | ${panel} | ${query}`;
