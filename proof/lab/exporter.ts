import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** HTTP server on loopback with pages for Prometheus to scrape. */
export class Exporter {
  private constructor(
    private readonly server: Server,
    /** host:port */
    readonly address: string,
  ) {}

  /** @param page makes the page of a path; each call is a scrape */
  static async start(page: (path: string) => string): Promise<Exporter> {
    const server = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4');
      response.end(page(request.url ?? '/'));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Exporter(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
