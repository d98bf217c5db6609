import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Gate } from '../../lab/gate';
import type { LoadExporter } from '../../lab/load-exporter';
import { scrapeMetrics, total } from '../../lab/metrics';
import { freePort, Process } from '../../lab/processes';

/** A process that tells on its metrics page how much processor time it took. */
export interface Program {
  process: Process;
  /** URL of its HTTP server. */
  url: string;
}

/** What a sample passes from a target to the head of an ingestor, on loopback. */
export interface Way {
  agent: Program;
  /** Receive, in the order in which a sample passes. */
  receive: readonly Program[];
  /** Between agent and Receive. */
  gate: Gate;
}

/** Values of counters at one moment. */
export interface Counters {
  /** Samples that Receive has answered for with success. */
  samples: number;
  /** Bytes that the agent has sent: HTTP, and TLS where it is used. */
  bytes: number;
  /** Processor seconds. */
  agent: number;
  receive: number;
}

const processorSeconds = async ({ url }: Program): Promise<number> =>
  total(await scrapeMetrics(url), 'process_cpu_seconds_total');

export async function counters({ agent, receive, gate }: Way): Promise<Counters> {
  const metrics = await scrapeMetrics(agent.url);
  const failed = total(metrics, 'prometheus_remote_storage_samples_failed_total');
  if (failed > 0) throw new Error(`Receive refused ${failed} samples: ${agent.process.log}`);
  const seconds = await Promise.all(receive.map(processorSeconds));
  return {
    samples: total(metrics, 'prometheus_remote_storage_samples_total'),
    bytes: gate.sentBytes,
    agent: total(metrics, 'process_cpu_seconds_total'),
    receive: seconds.reduce((sum, one) => sum + one, 0),
  };
}

/** The agent first, so that nothing is sent to a receiver that is gone. */
export async function stop({ agent, receive, gate }: Way): Promise<void> {
  await agent.process.stop();
  await gate.close();
  for (const { process } of receive) await process.stop();
}

export interface AgentOptions {
  folder: string;
  exporter: LoadExporter;
  /** Seconds. */
  scrapeInterval: number;
  externalLabels: Record<string, string>;
  /** The entry of `remote_write`. */
  remoteWrite: object;
  flags: readonly string[];
}

/** Prometheus Agent: what is scraped is the same for every way, how it is sent is not. */
export async function startAgent(options: AgentOptions): Promise<Program> {
  const { folder, exporter, scrapeInterval, externalLabels, remoteWrite, flags } = options;
  mkdirSync(folder, { recursive: true });
  const interval = `${scrapeInterval}s`;
  const file = join(folder, 'agent.yml');
  writeFileSync(
    file,
    stringify({
      global: { scrape_interval: interval, scrape_timeout: interval, external_labels: externalLabels },
      scrape_configs: [
        {
          job_name: 'load',
          static_configs: exporter.paths.map((path) => ({
            targets: [exporter.address],
            labels: { __metrics_path__: path, instance: path },
          })),
        },
      ],
      remote_write: [remoteWrite],
    }),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = await Process.start(
    'agent',
    'prometheus',
    [
      '--agent',
      `--config.file=${file}`,
      `--storage.agent.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    { log: join(folder, 'agent.log'), ready: `${url}/-/ready` },
  );
  return { process, url };
}

/** Addresses of one Receive on loopback. */
export interface ReceivePorts {
  http: number;
  grpc: number;
  remoteWrite: number;
}

/**
 * @param args of Receive, less its addresses
 * @param folder of its log
 */
export async function startReceive(
  name: string,
  args: readonly string[],
  folder: string,
): Promise<Program & { ports: ReceivePorts }> {
  mkdirSync(folder, { recursive: true });
  const ports = { http: await freePort(), grpc: await freePort(), remoteWrite: await freePort() };
  const url = `http://127.0.0.1:${ports.http}`;
  const process = await Process.start(
    name,
    'thanos',
    [
      ...args,
      `--http-address=127.0.0.1:${ports.http}`,
      `--grpc-address=127.0.0.1:${ports.grpc}`,
      `--remote-write.address=127.0.0.1:${ports.remoteWrite}`,
      `--receive.capnproto-address=127.0.0.1:${await freePort()}`,
    ],
    { log: join(folder, `${name}.log`), ready: `${url}/-/ready` },
  );
  return { process, url, ports };
}
