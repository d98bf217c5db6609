import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Relabeling, ScrapeClass } from '../../components/prometheus-stack/application-labels';
import { freePort, Process, type Program } from './processes';

/** Pages of an exporter on loopback, each a target of its own. */
export interface Targets {
  /** host:port */
  address: string;
  paths: readonly string[];
  /** Further labels of a target, by its path. */
  labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What is done to the labels of targets and samples; default nothing. */
  class?: Pick<ScrapeClass, 'relabelings' | 'metricRelabelings'>;
}

/** A relabeling of the operator's in Prometheus' own spelling. */
const asPrometheus = ({ sourceLabels, targetLabel, ...rest }: Relabeling): object => ({
  ...rest,
  ...(sourceLabels && { source_labels: sourceLabels }),
  ...(targetLabel !== undefined && { target_label: targetLabel }),
});

/** Scrape configuration whose label `instance` is the path of a page. */
export const scrapeConfig = ({ address, paths, labels = {}, class: added }: Targets): object => ({
  job_name: 'lab',
  ...(added && {
    relabel_configs: added.relabelings.map(asPrometheus),
    metric_relabel_configs: added.metricRelabelings.map(asPrometheus),
  }),
  static_configs: paths.map((path) => ({
    targets: [address],
    labels: { __metrics_path__: path, instance: path, ...labels[path] },
  })),
});

export interface PrometheusOptions {
  /** Of the process, its configuration file and its log. */
  name: string;
  folder: string;
  /** Contents of the configuration file. */
  config: object;
  /** Arguments, less those for the configuration file and the address. */
  args: readonly string[];
  /** Port that it must have; default a free one. */
  port?: number;
}

/**
 * Writes the configuration file, also of a Prometheus that runs, which reads it again at SIGHUP.
 *
 * @returns its path
 */
export function writeConfig({ name, folder, config }: Omit<PrometheusOptions, 'args'>): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.yml`);
  writeFileSync(file, stringify(config));
  return file;
}

/** Starts Prometheus, as server or as agent, and waits until it is ready. */
export async function startPrometheus(options: PrometheusOptions): Promise<Program> {
  const { name, folder, args, port = await freePort() } = options;
  const file = writeConfig(options);
  const url = `http://127.0.0.1:${port}`;
  const process = await Process.start(
    name,
    'prometheus',
    [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`, ...args],
    { log: join(folder, `${name}.log`), ready: `${url}/-/ready` },
  );
  return { process, url };
}
