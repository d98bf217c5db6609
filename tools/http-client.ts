import * as http from 'node:http';
import * as https from 'node:https';
import type { Address } from './kubernetes/port-forward';

export interface Tls {
  /** Name in the server's certificate, also sent as the Host. */
  serverName: string;
  /** PEM of the authority that the server's certificate must come from; none: one that this machine knows. */
  ca?: string | undefined;
  /** The client's certificate, if it has one (PEM). */
  client?: { certificate: string; privateKey: string };
}

export interface Request {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Response {
  status: number;
  body: string;
}

export interface ConnectionOptions {
  /** Longest that a server may take. Default 130 s: Query's own limit is 2 minutes. */
  timeoutMs?: number;
  /** Connections at the same time; further requests wait for one. Default: as many as there are requests. */
  maxSockets?: number;
}

/**
 * A connection to one server, kept open between requests.
 *
 * Node.js' `fetch` takes neither client certificates nor another address than the URL's.
 */
export class HttpClient {
  private readonly agent: http.Agent;
  private readonly timeoutMs: number;

  constructor(
    private readonly address: Address | { socketPath: string },
    private readonly tls?: Tls,
    { timeoutMs = 130_000, maxSockets = Infinity }: ConnectionOptions = {},
  ) {
    this.timeoutMs = timeoutMs;
    this.agent = tls
      ? new https.Agent({
          keepAlive: true,
          maxSockets,
          servername: tls.serverName,
          ...(tls.ca !== undefined && { ca: tls.ca }),
          ...(tls.client && { cert: tls.client.certificate, key: tls.client.privateKey }),
        })
      : new http.Agent({ keepAlive: true, maxSockets });
  }

  /** @throws Error when there is no answer: refused, reset, TLS alert, timeout */
  send({ method = 'GET', path, headers = {}, body }: Request): Promise<Response> {
    const { promise, resolve, reject } = withResolvers<Response>();
    const host = this.tls ? { host: this.tls.serverName } : {};
    const request = (this.tls ? https : http).request(
      {
        ...this.address,
        agent: this.agent,
        method,
        path,
        headers: { ...host, ...headers },
        timeout: this.timeoutMs,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', reject)
          .on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
          });
      },
    );
    request
      .on('error', reject)
      .on('timeout', () => request.destroy(new Error(`no answer within ${this.timeoutMs / 1000} s`)));
    request.end(body);
    return promise;
  }

  close(): void {
    this.agent.destroy();
  }
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
