import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** What stands at a path: content, or how the answer goes wrong. */
export type Answer = string | Buffer | ((response: ServerResponse) => void);

/** A server on loopback in the place of upstream's hosts; paths begin with the host. */
export class Upstream {
  readonly answers = new Map<string, Answer>();
  readonly asked: string[] = [];
  private readonly server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    if (request.method === 'GET') this.asked.push(path);
    const answer = this.answers.get(path);
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'function') answer(response);
    else response.end(answer);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Announces more than it sends, then closes the connection. */
export const cutOff = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('the beginning', () => response.destroy());
};

/** Sends a first part, then nothing. */
export const stalled = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('the beginning');
};
