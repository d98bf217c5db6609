import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unfoundedInhibitions } from '../../tools/rules/inhibitions';
import { knownMetrics } from '../../tools/rules/known-metrics';
import { checks, findings } from '../../tools/rules/lint';
import { renderedAlerting, type RenderedAlerting } from '../../tools/rules/rendered';
import type { Outcome } from './outcome';

const project = join(__dirname, '..', '..');

/** The recorded list of metrics. */
export const metricsFile = join(project, 'tests', 'rules', 'metrics.tsv');

/** What the committed central stacks would deploy, as the goldens have it. */
export const committedAlerting = (): RenderedAlerting[] => {
  const golden = join(project, 'tests', 'golden');
  return readdirSync(golden)
    .map((file) => readFileSync(join(golden, file), 'utf8'))
    .filter((text) => text.includes('kind: PrometheusRule'))
    .map(renderedAlerting);
};

/** What the checks of expressions find in the deployed rules, and in what inhibits what. */
export function lint(all: readonly RenderedAlerting[]): Outcome[] {
  const known = new Set(knownMetrics(readFileSync(metricsFile, 'utf8')).map(({ name }) => name));
  return [
    ...Object.entries(checks).map(([title, check]) => ({
      title,
      wrong: all.flatMap((alerting) => findings(check, { ...alerting, knownMetrics: known })),
    })),
    {
      title: 'every inhibition has a source and a target',
      wrong: all.flatMap(({ inhibitions, groups }) => unfoundedInhibitions(inhibitions, groups)),
    },
  ];
}
