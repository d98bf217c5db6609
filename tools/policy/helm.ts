import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { chartViolations } from '../../checks/charts';
import { pinnedCharts, type ChartName, chartArchive } from '../../components/prometheus-stack/chart-source';
import type { Manifest } from '../../policy/manifest';
import { UserError } from '../command-line';
import { programPath } from '../programs';

/** A Helm release as the program registers it, as far as the templates depend on it. */
export interface Release {
  name: string;
  namespace: string;
  chart: string;
  values: object;
}

/**
 * The text that Helm makes of a release's values, with its hooks, without a cluster.
 *
 * @param chart path of the chart's archive
 * @throws UserError when helm is not there, or what it says when it refuses the values
 */
export function helmTemplate(chart: string, { name, namespace, values }: Omit<Release, 'chart'>): string {
  const helm = programPath('helm');
  try {
    return execFileSync(helm, ['template', name, chart, '--include-crds', '-n', namespace, '-f', '-'], {
      input: JSON.stringify(values),
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new UserError(`helm template ${name}: ${stderr}`, { cause: error, exitCode: 1 });
  }
}

/** @throws UserError when a folder lacks one of the pinned charts */
export function checkCharts(folder: string): void {
  const wrong = chartViolations(folder).map(({ found, fix }) => `${found}. ${fix}`);
  if (wrong.length > 0) throw new UserError(wrong.map((line) => `CHART_DIR: ${line}`).join('\n'));
}

/**
 * The objects that a release's chart makes, by the archive in a folder.
 *
 * @throws UserError when the folder lacks the pinned chart, when helm is not there, or when it refuses the
 *   values
 */
export function chartManifests(folder: string, release: Release): Manifest[] {
  checkCharts(folder);
  const name = (Object.keys(pinnedCharts) as ChartName[]).find((chart) =>
    release.chart.endsWith(`/${chart}`),
  );
  if (!name) {
    throw new UserError(
      `${release.chart}: no chart of ours. The charts are ${Object.keys(pinnedCharts).join(', ')}; ` +
        `another needs a line in ${join('components', 'prometheus-stack', 'chart-source.ts')}.`,
    );
  }
  const text = helmTemplate(chartArchive(name, folder), release);
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error)
      throw new UserError(`helm template ${release.name}: no YAML: ${error.message}`, { exitCode: 1 });
    return (document.toJS() as Manifest | null) ?? [];
  });
}
