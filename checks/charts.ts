import { existsSync } from 'node:fs';
import { archiveFiles } from '../components/prometheus-stack/chart-archive';
import { chartArchive, pinnedCharts, type ChartName } from '../components/prometheus-stack/chart-source';
import type { Violation } from '../config/errors';
import { chartRegistry } from '../versions';

/**
 * Checks the archives of a folder before anything is registered: each must be there and say in its Chart.yaml
 * that it is the pinned chart in the pinned version. Any other version is refused, because it may lack values
 * that we set, and Helm ignores those without a word. Whoever changes a version in `versions.ts` runs `npm
 * run check:chart`, which compares our values with the new chart's; so the program itself need not.
 *
 * @param directory undefined: the registry, which serves exactly the version asked for
 */
export const chartViolations = (directory: string | undefined): Violation[] =>
  directory === undefined
    ? []
    : (Object.keys(pinnedCharts) as ChartName[]).flatMap((name) => archiveViolations(name, directory));

function archiveViolations(name: ChartName, directory: string): Violation[] {
  const path = chartArchive(name, directory);
  const allowed = `an archive of ${name} ${pinnedCharts[name]}`;
  const violation = (found: string, fix: string): Violation[] => [
    { key: 'charts.directory', found: `${path}, ${found}`, allowed, fix },
  ];
  const pull = `Run: helm pull ${chartRegistry}/${name} --version ${pinnedCharts[name]} --destination ${directory}`;
  if (!existsSync(path)) return violation('which does not exist', pull);
  let chart: { name: string; version: string };
  try {
    chart = chartMetadata(path, name);
  } catch (error) {
    return violation(`which is no chart archive (${(error as Error).message})`, pull);
  }
  if (chart.name === name && chart.version === pinnedCharts[name]) return [];
  return violation(
    `which holds ${chart.name} ${chart.version}`,
    `${pull}; or, to use that version, set it in versions.ts and run: npm run check:chart`,
  );
}

/**
 * Name and version in the archive's Chart.yaml: the two top-level lines alone, so that no YAML parser is
 * loaded at start.
 *
 * @throws Error when there is no Chart.yaml with both
 */
function chartMetadata(path: string, name: ChartName): { name: string; version: string } {
  const file = `${name}/Chart.yaml`;
  const text = archiveFiles(path, (entry) => entry === file).get(file);
  if (text === undefined) throw new Error(`no ${file} in it`);
  const line = (key: string) => new RegExp(`^${key}:\\s*["']?([^\\s"'#]+)`, 'm').exec(text)?.[1];
  const found = { name: line('name'), version: line('version') };
  if (!found.name || !found.version) throw new Error(`no name or version in its Chart.yaml`);
  return { name: found.name, version: found.version };
}
