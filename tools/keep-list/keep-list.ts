import { metricsOfEdges } from '../../observability/rules/edge-metrics';
import { dashboardQueries } from './dashboard-queries';
import { metricNamesWith } from './grafana-variables';
import { metricNames, type MetricNames } from './metric-names';

/** Rule, as far as it reads and makes metrics. */
export interface Rule {
  /** Where it stands, for people. */
  source: string;
  expr: string;
  /** The name that a recording rule gives its result. */
  record?: string;
}

export interface Dashboard {
  source: string;
  /** Grafana's JSON. */
  json: string;
}

/** Reader of metrics that may not be in the list, so that somebody must look at it. */
export interface Unclear {
  source: string;
  /** The expression; absent where the whole dashboard is meant. */
  expression?: string;
  why: string;
}

export interface KeepList {
  /** Metrics that an edge must send, sorted. */
  metrics: string[];
  unclear: Unclear[];
}

/** Metrics that whatever evaluates alerting rules makes; no edge does. */
const madeOfAlerts = ['ALERTS', 'ALERTS_FOR_STATE'];

interface Reading extends MetricNames {
  source: string;
  expression?: string;
}

/**
 * The metrics that rules and dashboards read.
 *
 * What a rule records is made at the centre of what the rule reads, so its name is left out and the
 * expression's names are in. A recorded name without a colon stays, since a target may have a metric of that
 * name.
 */
export function keepList(rules: readonly Rule[], dashboards: readonly Dashboard[]): KeepList {
  const readings: Reading[] = [
    ...rules.map(({ source, expr }) => ({ source, expression: expr, ...metricNames(expr) })),
    ...dashboards.flatMap(dashboardReadings),
  ];
  const made = new Set([
    ...madeOfAlerts,
    ...rules.flatMap(({ record }) => (record?.includes(':') ? record : [])),
  ]);
  const read = new Set([...Object.keys(metricsOfEdges), ...readings.flatMap(({ names }) => names)]);
  return {
    metrics: [...read].filter((name) => !made.has(name)).sort(),
    unclear: readings.flatMap(({ source, expression, unclear }) =>
      unclear.map((why) => ({ source, ...(expression !== undefined && { expression }), why })),
    ),
  };
}

function dashboardReadings({ source, json }: Dashboard): Reading[] {
  let dashboard: unknown;
  try {
    dashboard = JSON.parse(json);
  } catch {
    return [{ source, names: [], unclear: ['is no JSON'] }];
  }
  const { expressions, values, unclear } = dashboardQueries(dashboard);
  return [
    { source, names: [], unclear },
    ...expressions.map((expression) => ({ source, expression, ...metricNamesWith(values, expression) })),
  ];
}
