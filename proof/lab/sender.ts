import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { snappyLiteral, writeRequest, type WrittenSeries } from './remote-write';

/** What a request got: its status, or 0 when there was no answer, and how long that took. */
export interface Answer {
  status: number;
  milliseconds: number;
}

/** How long an agent of this project waits for an answer (`remoteTimeout`). */
const timeoutMilliseconds = 30_000;

const headers = (tenant: string, length: number) => ({
  'Content-Type': 'application/x-protobuf',
  'Content-Encoding': 'snappy',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
  'THANOS-TENANT': tenant,
  'Content-Length': String(length),
});

/** Writes to a router as one tenant, over connections that stay open, and tells each answer. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true });
  readonly answers: Answer[] = [];

  constructor(
    private readonly port: number,
    readonly tenant: string,
  ) {}

  send(series: readonly WrittenSeries[]): Promise<Answer> {
    return this.sendBody(snappyLiteral(writeRequest(series)));
  }

  /** @param body as it goes over the wire, compressed */
  async sendBody(body: Buffer): Promise<Answer> {
    const begin = performance.now();
    const status = await new Promise<number>((done) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method: 'POST',
          path: '/api/v1/receive',
          agent: this.agent,
          headers: headers(this.tenant, body.length),
          timeout: timeoutMilliseconds,
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            done(response.statusCode ?? 0);
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => {
        done(0);
      });
      outgoing.end(body);
    });
    const answer = { status, milliseconds: performance.now() - begin };
    this.answers.push(answer);
    return answer;
  }

  /** Answers since the last call. */
  taken(): Answer[] {
    return this.answers.splice(0);
  }

  close(): void {
    this.agent.destroy();
  }
}

/** A connection whose request has announced a body and never sends the last byte of it. */
export const unfinishedRequest = (port: number, tenant: string, length: number): Promise<Socket> =>
  new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => {
      const lines = Object.entries(headers(tenant, length)).map(([name, value]) => `${name}: ${value}`);
      socket.write(`POST /api/v1/receive HTTP/1.1\r\nHost: router\r\n${lines.join('\r\n')}\r\n\r\n`, () => {
        done(socket);
      });
    });
    socket.on('error', failed);
  });

/** How many of each status. */
export const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** A percentile of the latencies, in milliseconds. */
export function percentile(answers: readonly Answer[], share: number): number {
  const sorted = answers.map((answer) => answer.milliseconds).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
