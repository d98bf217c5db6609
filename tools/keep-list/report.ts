import { stringify } from 'yaml';
import type { Dashboard, KeepList, Rule, Unclear } from './keep-list';

/** The part of an edge's stack file that keeps the metrics. */
export const snippet = ({ metrics }: KeepList): string =>
  stringify({ config: { 'monitoring:agent': { keepMetrics: metrics } } }).trimEnd();

/** Summary of what was read, with each place that somebody must look at. */
export const summary = (
  rules: readonly Rule[],
  dashboards: readonly Dashboard[],
  { metrics, unclear }: KeepList,
): string =>
  [
    `${rules.length} rules, ${dashboards.length} dashboards: ${metrics.length} metrics`,
    ...(unclear.length === 0
      ? []
      : [
          `${unclear.length} unclear. What they name is in the list as far as it can be read; add by hand what else they need:`,
          ...unclear.map(line),
        ]),
  ].join('\n');

const line = ({ source, expression, why }: Unclear) =>
  expression === undefined
    ? `  ${source}: ${why}`
    : `  ${source}: ${why}\n    ${expression.replace(/\s+/g, ' ')}`;
