import { readDashboards, type DashboardFile } from '../../components/grafana/dashboards';
import { dashboardQueries } from '../keep-list/dashboard-queries';
import { metricNamesWith } from '../keep-list/grafana-variables';

/** The names of the metrics that a dashboard reads, each once. */
function metricsOf({ json }: Pick<DashboardFile, 'json'>): string[] {
  const { expressions, values } = dashboardQueries(JSON.parse(json));
  return [...new Set(expressions.flatMap((expression) => metricNamesWith(values, expression).names))];
}

/** The names of the metrics that the dashboards of this repository read, each once. */
export const metricsOfDashboards = (): string[] => [...new Set(readDashboards().flatMap(metricsOf))];
