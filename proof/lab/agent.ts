import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { scrapeMetrics } from './metrics';
import { freePort, Process } from './processes';

/** How an agent of an experiment is set up; what is left out is as this project sets it. */
export interface AgentOptions {
  name: string;
  folder: string;
  /** Address of the exporter, host:port, and the paths it serves. */
  targets: { address: string; paths: readonly string[] };
  remoteWriteUrl: string;
  tenant: string;
  replica: string;
  scrapeInterval: string;
  scrapeTimeout?: string;
  externalLabels?: Record<string, string>;
  queue?: Record<string, unknown>;
  flags?: readonly string[];
}

/** Prometheus Agent on loopback, with the remote-write settings that matter set as in components/prometheus-stack. */
export class Agent {
  private process: Process | undefined;
  private port = 0;

  constructor(readonly options: AgentOptions) {
    mkdirSync(options.folder, { recursive: true });
    this.configure();
  }

  /** Writes the configuration; `extra` is merged into the one remote-write entry, to change it. */
  configure(extra: Record<string, unknown> = {}, scrapeTimeout = this.options.scrapeTimeout ?? '1s'): void {
    const { targets, remoteWriteUrl, tenant, replica, scrapeInterval, externalLabels, queue, folder } =
      this.options;
    const config = {
      global: {
        scrape_interval: scrapeInterval,
        scrape_timeout: scrapeTimeout,
        external_labels: { ...externalLabels, prometheus_replica: replica },
      },
      scrape_configs: [
        {
          job_name: 'experiment',
          static_configs: targets.paths.map((path) => ({
            targets: [targets.address],
            labels: { __metrics_path__: path, instance: path },
          })),
        },
      ],
      remote_write: [
        {
          name: 'thanos-receiver',
          url: `${remoteWriteUrl}/api/v1/receive`,
          protobuf_message: 'prometheus.WriteRequest',
          headers: { 'THANOS-TENANT': tenant },
          metadata_config: { send: false },
          queue_config: { retry_on_http_429: true, max_backoff: '5s', ...queue },
          ...extra,
        },
      ],
    };
    writeFileSync(join(folder, 'agent.yml'), stringify(config));
  }

  async start(): Promise<void> {
    const { folder, name, flags = [] } = this.options;
    this.port = await freePort();
    this.process = await Process.start(
      name,
      'prometheus',
      [
        '--agent',
        `--config.file=${join(folder, 'agent.yml')}`,
        `--storage.agent.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${this.port}`,
        ...flags,
      ],
      { log: join(folder, 'agent.log'), ready: `${this.url}/-/ready` },
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): Process {
    if (!this.process) throw new Error(`${this.options.name} was not started`);
    return this.process;
  }

  metrics(): Promise<Map<string, number>> {
    return scrapeMetrics(this.url);
  }

  /** Bytes of the write-ahead log, and how many segments it has. */
  wal(): { bytes: number; segments: number } {
    const folder = join(this.options.folder, 'data', 'wal');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    const bytes = files.reduce((sum, f) => sum + statSync(join(f.parentPath, f.name)).size, 0);
    return { bytes, segments: files.filter((f) => f.parentPath === folder).length };
  }
}
