import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { scrapeMetrics } from './metrics';
import { freePort, Process } from './processes';

/** Prometheus in full mode on loopback, as the central cluster runs it, without rules. */
export class Server {
  private constructor(
    readonly running: Process,
    readonly url: string,
    readonly data: string,
  ) {}

  static async start(options: {
    folder: string;
    address: string;
    paths: readonly string[];
    scrapeInterval: string;
    /** Minimum and maximum alike, as beside a Thanos sidecar, which uploads every block itself. */
    blockDuration: string;
  }): Promise<Server> {
    const { folder, address, paths, scrapeInterval } = options;
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'server.yml');
    const targets = paths.map((path) => ({
      targets: [address],
      labels: { __metrics_path__: path, instance: path },
    }));
    writeFileSync(
      file,
      stringify({
        global: { scrape_interval: scrapeInterval, scrape_timeout: scrapeInterval },
        scrape_configs: [{ job_name: 'experiment', static_configs: targets }],
      }),
    );
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const data = join(folder, 'data');
    const running = await Process.start(
      'server',
      'prometheus',
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${data}`,
        `--web.listen-address=127.0.0.1:${port}`,
        `--storage.tsdb.min-block-duration=${options.blockDuration}`,
        `--storage.tsdb.max-block-duration=${options.blockDuration}`,
      ],
      { log: join(folder, 'server.log'), ready: `${url}/-/ready` },
    );
    return new Server(running, url, data);
  }

  metrics(): Promise<Map<string, number>> {
    return scrapeMetrics(this.url);
  }
}
