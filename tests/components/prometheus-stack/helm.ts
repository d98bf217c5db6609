import { execFileSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { chartDirectory, chartSource } from '../../../components/prometheus-stack/chart-source';

/** Folder of the pinned charts, for tests of the real ones. */
export function chartsFolder(): string {
  const directory = chartDirectory({}, process.env);
  if (directory === undefined) {
    throw new Error('Set CHART_DIR to a folder with the pinned charts (helm pull), and have helm on PATH.');
  }
  return directory;
}

/** The archive of kube-prometheus-stack. */
export const stackChart = (): string => chartSource('kube-prometheus-stack', chartsFolder()).chart;

/** The manifests that Helm makes of values; the reason, if it refuses them. */
export function rendered(values: object): string {
  try {
    return execFileSync(
      'helm',
      ['template', 'kube-prometheus-stack', stackChart(), '--include-crds', '-n', 'monitoring', '-f', '-'],
      {
        input: JSON.stringify(values),
        encoding: 'utf8',
        maxBuffer: 64 * 2 ** 20,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error('helm is not on PATH.');
    return `refused: ${stderr ?? ''}`;
  }
}

export interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** The objects of a rendered text. */
export const manifests = <Kind extends Manifest = Manifest>(text: string): Kind[] =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as Kind | null) ?? []);

/** The objects that Helm makes of values. */
export const manifestsOf = (values: object): Manifest[] => manifests(rendered(values));
