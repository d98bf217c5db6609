import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chartRegistry, charts } from '../../versions';
import { run } from './command';
import { repository, state } from './paths';

/** Where the stacks take their charts from. */
export interface ChartSource {
  /** Folder of chart archives; undefined: the registry. */
  directory: string | undefined;
  /** For people. */
  description: string;
}

interface Chart {
  name: string;
  version: string;
}

const needed: readonly Chart[] = [
  { name: 'kube-prometheus-stack', version: charts.kubePrometheusStack },
  { name: 'prometheus-operator-crds', version: charts.prometheusOperatorCrds },
];

const archive = ({ name, version }: Chart) => `${name}-${version}.tgz`;

/** Archives of the placeholders, made once per sandbox. */
const packed = join(state, 'charts');

/**
 * Decides where the charts come from: CHART_DIR, else the registry, else the placeholders of this repository.
 * A sandbox that began with placeholders keeps them until `down`, unless CHART_DIR is given.
 *
 * @throws Error when CHART_DIR lacks a chart
 */
export async function chartSource(): Promise<ChartSource> {
  const given = process.env['CHART_DIR'];
  if (given) return { directory: checked(resolve(given)), description: `real, from CHART_DIR ${given}` };
  if (!existsSync(packed) && (await registryAnswers())) {
    return { directory: undefined, description: `real, from ${chartRegistry}` };
  }
  for (const chart of needed) await pack(chart);
  return {
    directory: packed,
    description:
      'placeholders of sandbox/offline, which only record their values: the real ones cannot be had',
  };
}

function checked(folder: string): string {
  const missing = needed.map(archive).filter((file) => !existsSync(join(folder, file)));
  if (missing.length === 0) return folder;
  throw new Error(
    `CHART_DIR ${folder} lacks ${missing.join(', ')} (helm pull ${chartRegistry}/NAME --version VERSION)`,
  );
}

/** Whether the registry is within reach: it answers any request for a manifest, be it to ask for a token. */
async function registryAnswers(): Promise<boolean> {
  const { host, pathname } = new URL(chartRegistry);
  const urls = needed.map(
    ({ name, version }) => `https://${host}/v2${pathname}/${name}/manifests/${version}`,
  );
  try {
    const answers = await Promise.all(urls.map((url) => fetch(url, { signal: AbortSignal.timeout(5000) })));
    return answers.every(({ status }) => status === 200 || status === 401);
  } catch {
    return false;
  }
}

/** Packs a placeholder at the version that the stacks ask for. */
async function pack(chart: Chart): Promise<void> {
  const source = join(repository, 'proof', 'sandbox', 'offline', 'charts', chart.name);
  const copies = join(packed, 'unpacked');
  const copy = join(copies, chart.name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copies, { recursive: true });
  cpSync(source, copy, { recursive: true });
  const metadata = join(copy, 'Chart.yaml');
  writeFileSync(metadata, `${readFileSync(metadata, 'utf8').trimEnd()}\nversion: ${chart.version}\n`);
  await run('tar', ['-czf', join(packed, archive(chart)), '-C', copies, chart.name], {
    log: `chart-${chart.name}`,
  });
}
