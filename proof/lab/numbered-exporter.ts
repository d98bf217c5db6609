import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answered scrape: the number that every series of it had, and when (milliseconds). */
export interface Served {
  number: number;
  at: number;
}

/**
 * Serves `numbered{series="0"}` and so on, all with the number of the scrape, so that what arrives can be counted exactly:
 * every number served must be found once in every series. Each path is counted on its own.
 */
export class NumberedExporter {
  readonly served = new Map<string, Served[]>();

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<NumberedExporter> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const exporter = new NumberedExporter(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4');
      response.end(exporter.page(request.url ?? '/'));
    });
    return exporter;
  }

  /** The path of a page with so many series. */
  static path(key: string, series: number): string {
    return `/${key}/${series}`;
  }

  private page(path: string): string {
    const series = Number(path.split('/')[2]);
    const log = this.served.get(path) ?? [];
    this.served.set(path, log);
    const number = log.length + 1;
    log.push({ number, at: Date.now() });
    const lines = Array.from({ length: series }, (_, i) => `numbered{series="${i}"} ${number}\n`);
    return `# TYPE numbered gauge\n${lines.join('')}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
