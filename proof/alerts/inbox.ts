import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notification, type Message } from './messages';

/** Most that is read of one request; Alertmanager's messages of forty alerts are below 100 kB. */
const mostBytes = 4_000_000;

/** The person whom alerts should reach: an HTTP server that writes down every notification with its time. */
export class Inbox {
  private readonly messages: Message[] = [];

  private constructor(
    private readonly server: Server,
    /** Where it listens. */
    readonly host: string,
    readonly port: number,
  ) {}

  /** @param host address of this machine that Alertmanager's pods can reach */
  static async open(host: string): Promise<Inbox> {
    const server = createServer();
    await new Promise<void>((done, failed) => {
      server.once('error', failed).listen(0, host, done);
    });
    const inbox = new Inbox(server, host, (server.address() as AddressInfo).port);
    server.on('request', (request, response) => void inbox.take(request, response));
    return inbox;
  }

  /** Everything that came since a moment (Unix time in milliseconds), in the order in which it came. */
  since(moment: number): Message[] {
    return this.messages.filter(({ at }) => at >= moment);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const text = await body(request);
    const read = notification.safeParse(text === undefined ? undefined : json(text));
    // Alertmanager gives up for good on 4xx and says so in its log and metrics.
    response.statusCode = read.success ? 200 : 400;
    response.end();
    if (read.success) this.messages.push({ at, ...read.data });
  }
}

/** The text of a request; undefined when it is longer than any message. */
async function body(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
