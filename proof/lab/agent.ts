import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { remoteWritePath } from '../samples/remote-write';
import { folderBytes } from './folder';
import { scrapeMetrics } from './metrics';
import type { Process, Program } from './processes';
import { scrapeConfig, startPrometheus, writeConfig, type Targets } from './prometheus';

export interface AgentOptions {
  name: string;
  folder: string;
  targets: Targets;
  /** Such as `5s`. */
  scrapeInterval: string;
  scrapeTimeout?: string;
  externalLabels: Readonly<Record<string, string>>;
  /** The entry of `remote_write`. */
  remoteWrite: object;
  flags?: readonly string[];
}

/**
 * Entry of `remote_write` without TLS, where the tenant is a header. What decides about loss is set as in
 * components/prometheus-stack.
 *
 * @param url of a receiver, without path
 */
export const plainRemoteWrite = (url: string, tenant: string, queue: Record<string, unknown> = {}) => ({
  name: 'thanos-receiver',
  url: `${url}${remoteWritePath}`,
  protobuf_message: 'prometheus.WriteRequest',
  headers: { 'THANOS-TENANT': tenant },
  metadata_config: { send: false },
  queue_config: { retry_on_http_429: true, max_backoff: '5s', ...queue },
});

/** Prometheus Agent on loopback. */
export class Agent {
  private started: Program | undefined;
  /** Contents of the configuration file. */
  private config: object = {};

  constructor(readonly options: AgentOptions) {
    this.configure();
  }

  /** Writes the configuration; `extra` is merged into the entry of `remote_write`, to change it. */
  configure(extra: object = {}, scrapeTimeout = this.options.scrapeTimeout ?? '1s'): void {
    const { name, folder, targets, scrapeInterval, externalLabels, remoteWrite } = this.options;
    this.config = {
      global: {
        scrape_interval: scrapeInterval,
        scrape_timeout: scrapeTimeout,
        external_labels: externalLabels,
      },
      scrape_configs: [scrapeConfig(targets)],
      remote_write: [{ ...remoteWrite, ...extra }],
    };
    writeConfig({ name, folder, config: this.config });
  }

  async start(): Promise<void> {
    const { folder, name, flags = [] } = this.options;
    const args = ['--agent', `--storage.agent.path=${join(folder, 'data')}`, ...flags];
    this.started = await startPrometheus({ name, folder, config: this.config, args });
  }

  get url(): string {
    return this.program.url;
  }

  get running(): Process {
    return this.program.process;
  }

  private get program(): Program {
    if (!this.started) throw new Error(`${this.options.name} was not started`);
    return this.started;
  }

  metrics(): Promise<Map<string, number>> {
    return scrapeMetrics(this.url);
  }

  /** Bytes of the write-ahead log, and how many segments it has. */
  wal(): { bytes: number; segments: number } {
    const folder = join(this.options.folder, 'data', 'wal');
    const segments = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return { bytes: folderBytes(folder), segments: segments.length };
  }
}
