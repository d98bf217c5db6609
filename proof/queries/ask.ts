import { interpolated, type Interpolation } from '../../tools/dashboards/interpolation';
import { stepOf } from '../../tools/dashboards/step';
import type { QueryClient, Range } from '../samples/query-client';
import type { AskedDashboard, PanelQuery } from './dashboard';
import type { Datasource } from './datasource';
import { chosen, type Chosen } from './variables';

/** What a query has answered: series with a number in them, none, or an error. */
export type Answer = 'something' | 'nothing' | { error: string };

export interface Asked {
  panel: string;
  query: string;
  expr: string;
  answer: Answer;
  /** Of a variable, what is chosen. */
  chosen?: readonly string[];
}

/** The panel under which the queries of variables stand. */
export const ofVariables = '(variables)';

/** As much of Query as dashboards ask. */
export type Query = Pick<QueryClient, 'instant' | 'range' | 'labelValues'>;

/** An answer that lacks a StoreAPI's part would look like an empty query. */
const whole = { partial_response: 'false' };

/**
 * Asks every query of a dashboard as it is asked when somebody opens it, one after the other.
 *
 * @param cluster the choice at the top of the dashboard
 * @param now Unix time in seconds
 */
export async function askDashboard(
  query: Query,
  dashboard: AskedDashboard,
  cluster: string,
  now: number,
  { scrapeInterval, besides }: Datasource,
): Promise<Asked[]> {
  const step = stepOf(dashboard.range, scrapeInterval);
  const times = { range: dashboard.range, step, scrapeInterval };
  // Grafana begins and ends at a whole step.
  const end = Math.floor(now / step) * step;
  const range: Range = { start: end - dashboard.range, end, step };
  const seen: Asked[] = [];
  let choice: Chosen;
  try {
    choice = await chosen(dashboard.variables, new Map([['cluster', cluster]]), times, (label, selector) =>
      query.labelValues(label, selector, range),
    );
  } catch (error) {
    return [{ panel: ofVariables, query: '', expr: '', answer: { error: message(error) } }];
  }
  for (const [name, found] of choice.options) {
    const answer = found.length > 0 ? 'something' : 'nothing';
    seen.push({
      panel: ofVariables,
      query: name,
      expr: '',
      answer,
      chosen: choice.values.get(name) ?? [],
    });
  }
  for (const one of dashboard.queries) {
    const answer = await first(variants(one, choice), (values) =>
      answerOf(query, one, { ...times, values }, { ...range, now }, besides),
    );
    seen.push({ panel: one.panel, query: one.query, expr: one.expr, answer });
  }
  return seen;
}

/** A panel that Grafana draws for each value of a variable answers when it does for one. */
function variants({ repeat }: PanelQuery, { values }: Chosen): Chosen['values'][] {
  const repeated = repeat === undefined ? undefined : values.get(repeat);
  if (repeat === undefined || !repeated) return [values];
  return repeated.map((value) => new Map([...values, [repeat, [value]]]));
}

/** The first answer that is not nothing. */
async function first<T>(all: readonly T[], ask: (one: T) => Promise<Answer>): Promise<Answer> {
  for (const one of all) {
    const answer = await ask(one);
    if (answer !== 'nothing') return answer;
  }
  return 'nothing';
}

async function answerOf(
  query: Query,
  { expr, instant }: PanelQuery,
  interpolation: Interpolation,
  { now, ...range }: Range & { now: number },
  besides: Datasource['besides'],
): Promise<Answer> {
  try {
    const asked = interpolated(expr, interpolation);
    const values = instant
      ? (await query.instant(asked, { time: now, besides })).map(({ value }) => value)
      : (await query.range(asked, range, { ...besides, ...whole })).flatMap((series) => series.values);
    // 0 / 0 draws nothing.
    return values.some(([, value]) => value !== 'NaN') ? 'something' : 'nothing';
  } catch (error) {
    return { error: message(error) };
  }
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));
