import { join } from 'node:path';
import { chartRegistry, charts } from '../../versions';

/** The charts of a stack and their pinned versions. */
export const pinnedCharts = {
  'kube-prometheus-stack': charts.kubePrometheusStack,
  'prometheus-operator-crds': charts.prometheusOperatorCrds,
} as const;

export type ChartName = keyof typeof pinnedCharts;

/** A chart as a Helm release takes it. */
export interface ChartSource {
  /** Reference in a registry, or the path of an archive. */
  chart: string;
  version: string;
}

/**
 * The folder of chart archives: the configuration's, then the environment's `CHART_DIR`; undefined means the
 * registry.
 */
export function chartDirectory(
  config: { directory?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const fallback = environment['CHART_DIR'];
  return config.directory ?? (fallback === '' ? undefined : fallback);
}

/**
 * Where a chart comes from. The path of an archive is part of the release's inputs: keep it the same
 * everywhere.
 */
export const chartSource = (name: ChartName, directory: string | undefined): ChartSource => ({
  chart: directory === undefined ? `${chartRegistry}/${name}` : chartArchive(name, directory),
  version: pinnedCharts[name],
});

/** Path of a chart's archive in a folder of archives. */
export const chartArchive = (name: ChartName, directory: string) =>
  join(directory, `${name}-${pinnedCharts[name]}.tgz`);
