import { join } from 'node:path';
import { scrapeMetrics } from './metrics';
import type { Process } from './processes';
import { scrapeConfig, startPrometheus, type Targets } from './prometheus';

export interface ServerOptions {
  folder: string;
  targets: Targets;
  scrapeInterval: string;
  /** Minimum and maximum alike, as beside a Thanos sidecar, which uploads every block itself. */
  blockDuration: string;
  externalLabels?: Readonly<Record<string, string>>;
}

/** Prometheus in full mode on loopback, as the central cluster runs it, without rules. */
export class Server {
  private constructor(
    readonly running: Process,
    readonly url: string,
    readonly data: string,
  ) {}

  static async start(options: ServerOptions): Promise<Server> {
    const { folder, targets, scrapeInterval, blockDuration, externalLabels = {} } = options;
    const data = join(folder, 'data');
    const { process, url } = await startPrometheus({
      name: 'server',
      folder,
      config: {
        global: {
          scrape_interval: scrapeInterval,
          scrape_timeout: scrapeInterval,
          external_labels: externalLabels,
        },
        scrape_configs: [scrapeConfig(targets)],
      },
      args: [
        `--storage.tsdb.path=${data}`,
        `--storage.tsdb.min-block-duration=${blockDuration}`,
        `--storage.tsdb.max-block-duration=${blockDuration}`,
      ],
    });
    return new Server(process, url, data);
  }

  metrics(): Promise<Map<string, number>> {
    return scrapeMetrics(this.url);
  }
}
