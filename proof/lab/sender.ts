import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { remoteWrite } from '../../capacity/remote-write';
import { percentile } from '../samples/percentile';
import {
  encoded,
  remoteWriteHeaders,
  remoteWritePath,
  RemoteWriter,
  tenantHeader,
} from '../samples/remote-write';
import type { TimeSeries } from '../samples/write-request';

/** Answer to a request: its status, or 0 when there was none, and how long it took. */
export interface Answer {
  status: number;
  milliseconds: number;
}

/**
 * Writes to a router as one tenant, over connections that stay open, as patiently as an agent, and keeps the
 * answers.
 */
export class Sender {
  private readonly writer: RemoteWriter;
  readonly answers: Answer[] = [];

  constructor(
    port: number,
    readonly tenant: string,
  ) {
    const options = { timeoutMs: remoteWrite.timeout.seconds * 1000 };
    this.writer = new RemoteWriter({ host: '127.0.0.1', port }, undefined, options);
  }

  send(series: readonly TimeSeries[]): Promise<Answer> {
    return this.sendBody(encoded(series));
  }

  /** @param body as it goes over the wire, compressed */
  async sendBody(body: Buffer): Promise<Answer> {
    const began = performance.now();
    const status = await this.writer.sendEncoded(body, tenantHeader(this.tenant)).then(
      (answer) => answer.status,
      () => 0,
    );
    const answer = { status, milliseconds: performance.now() - began };
    this.answers.push(answer);
    return answer;
  }

  /** Answers since the last call. */
  taken(): Answer[] {
    return this.answers.splice(0);
  }

  close(): void {
    this.writer.close();
  }
}

/** Connection whose request has announced a body and never sends it. */
export const unfinishedRequest = (port: number, tenant: string, length: number): Promise<Socket> =>
  new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => {
      const headers = {
        host: 'router',
        ...remoteWriteHeaders,
        ...tenantHeader(tenant),
        'content-length': length,
      };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(`POST ${remoteWritePath} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, () => {
        done(socket);
      });
    });
    socket.on('error', failed);
  });

/** Number of answers by status. */
export const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** Percentile of the latencies, in milliseconds. */
export const latency = (answers: readonly Answer[], share: number): number =>
  percentile(
    answers.map(({ milliseconds }) => milliseconds),
    share,
  );
