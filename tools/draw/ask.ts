import { interpolated } from '../dashboards/interpolation';
import { seriesFrames, tableFrame, type Frame } from './answers';
import type { Drawing } from './chromium/drawing';
import type { Dashboard, Panel, Target, Variable } from './dashboard';
import { boxOf, gridWidth } from './layout';
import { aligned, stepOf, type Period } from './period';
import type { QueryApi } from './query-api';
import { choice, labelValues, type Choice } from './variables';

/** Who is asked about which time. */
export interface Asking {
  api: Pick<QueryApi, 'instant' | 'range' | 'labelValues'>;
  period: Period;
  /** Seconds between two scrapes. */
  scrapeInterval: number;
}

/** A panel with what its queries answered. */
export interface AskedPanel {
  panel: Panel;
  frames: Frame[];
  /** What failed, one line for each query. */
  errors: string[];
}

/** A query as it is sent. */
function sent(
  expr: string,
  { period: { from, to }, scrapeInterval }: Asking,
  step: number,
  choices: readonly Choice[],
): string {
  const values = new Map(choices.map(({ name, values }) => [name, values]));
  return interpolated(expr, { values, range: to - from, step, scrapeInterval });
}

/** The values that a variable has, given what is chosen of those before it. */
async function knownValues(asking: Asking, variable: Variable, before: readonly Choice[]): Promise<string[]> {
  const { label, selector } = labelValues(variable);
  const asked = selector && sent(selector, asking, asking.scrapeInterval, before);
  return (await asking.api.labelValues(label, asked, asking.period)).sort();
}

/** The clusters that a dashboard offers. */
export async function clustersOf(asking: Asking, { templating }: Dashboard): Promise<string[]> {
  const variable = templating?.list?.find(({ name }) => name === 'cluster');
  return variable ? knownValues(asking, variable, []) : [];
}

/** What is chosen of every variable, each after those that it may refer to. */
async function choicesOf(
  asking: Asking,
  { templating }: Dashboard,
  clusters: readonly string[] | undefined,
): Promise<Choice[]> {
  const choices: Choice[] = [];
  for (const variable of templating?.list ?? []) {
    const known = await knownValues(asking, variable, choices);
    choices.push(choice(variable, known, variable.name === 'cluster' ? clusters : undefined));
  }
  return choices;
}

/**
 * Asks everything that a dashboard asks.
 *
 * @param width of the picture in pixels: a wider curve has more points
 * @param clusters absent: all
 */
export async function drawingOf(
  asking: Asking,
  dashboard: Dashboard,
  width: number,
  clusters?: readonly string[],
): Promise<Drawing> {
  const choices = await choicesOf(asking, dashboard, clusters);
  const panels = dashboard.panels.map((panel) => askPanel(asking, panel, width, choices));
  return {
    title: dashboard.title,
    choices,
    period: asking.period,
    width,
    panels: await Promise.all(panels),
  };
}

/** Asks what a panel asks. A query that fails leaves the others their answers. */
async function askPanel(
  asking: Asking,
  panel: Panel,
  width: number,
  choices: readonly Choice[],
): Promise<AskedPanel> {
  const { targets = [], gridPos } = panel;
  const step = stepOf(asking.period, boxOf(gridPos, gridWidth(width)).width, asking.scrapeInterval);
  const answers = await Promise.allSettled(
    targets.map((target) => askTarget(asking, target, { only: targets.length === 1, step, choices })),
  );
  return {
    panel,
    frames: answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
    errors: answers.flatMap((answer, i) =>
      answer.status === 'rejected' ? [`${targets[i]?.refId ?? ''}: ${(answer.reason as Error).message}`] : [],
    ),
  };
}

async function askTarget(
  asking: Asking,
  { refId, expr: given, legendFormat: legend, instant, format }: Target,
  { only, step, choices }: { only: boolean; step: number; choices: readonly Choice[] },
): Promise<Frame[]> {
  const { api, period } = asking;
  const expr = sent(given, asking, step, choices);
  const answer = instant
    ? await api.instant(expr, period.to)
    : await api.range(expr, aligned(period, step), step);
  if (format === 'table') return [tableFrame(answer, refId, only)];
  return seriesFrames(answer, { refId, expr, legend, ...(!instant && { step }) });
}
