import { setTimeout as sleep } from 'node:timers/promises';
import { countNumbered, type Count, type Sent } from '../samples/count';
import type { Response } from '../../tools/http-client';
import { numberedMetric, numberedSeries } from '../samples/numbered';
import { percentile } from '../samples/percentile';
import type { Series } from '../samples/query-client';
import type { TimeSeries } from '../samples/write-request';

export interface LoadOptions {
  /** Value of the label `run`, so that one load never finds the samples of another. */
  run: string;
  /** Number of series; each has a sample of each number. */
  series: number;
  /** Milliseconds between two numbers. */
  interval: number;
  /**
   * Milliseconds by which everything is written late, as an agent's backlog is. Default 0. A sample more than
   * half a block older than the newest of its tenant is kept apart by Receive, as out of order.
   */
  lateBy?: number;
  /** Writes one request. Without an answer, or after 429 or 5xx, it is called again, as an agent does. */
  send: (series: readonly TimeSeries[]) => Promise<Response>;
}

/** One number and what became of it. */
interface Written extends Sent {
  /** Unix time in milliseconds at which its samples were due. */
  timestamp: number;
  /** HTTP status of the last answer; 2xx is a promise that the sample is kept. */
  status: number;
  /** Milliseconds from the moment at which it was to be written until its final answer. */
  waited: number;
}

/** What a query has of a load. Only what was answered with 2xx counts as sent. */
export interface LoadCount extends Count {
  /** Samples answered with 4xx, which an agent would drop. */
  refused: number;
  /** Requests sent again, after no answer, 429 or 5xx. */
  repeated: number;
}

/**
 * Load of numbered samples. Each is written when it is due and repeated until it is answered, so that loss
 * can be counted exactly: what was accepted and is not in the answer of a query is lost.
 */
export class Load {
  private readonly numbers: Written[] = [];
  /** Milliseconds that each request took that was answered with 2xx. */
  private readonly latencies: number[] = [];
  /** Number of requests by status; 0 stands for no answer. */
  readonly statuses = new Map<number, number>();
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(readonly options: LoadOptions) {}

  /** PromQL for the series of this load. */
  get selector(): string {
    return `${numberedMetric}{run="${this.options.run}"}`;
  }

  start(): void {
    this.running = this.generate();
  }

  /** Begins no more numbers, and ends when all that were begun are answered: `lateBy` later or more. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** Requests that had to be sent again so far: no answer, 429 or 5xx. */
  get repeated(): number {
    return [...this.statuses].reduce((sum, [status, n]) => sum + (isFinal(status) ? 0 : n), 0);
  }

  /** Milliseconds that the slowest number waited for its final answer: the time to recover from a fault. */
  get longestWait(): number {
    return this.numbers.reduce((most, { waited }) => Math.max(most, waited), 0);
  }

  /** Percentile of the accepted requests' latencies, in milliseconds. */
  latency(share: number): number {
    return percentile(this.latencies, share);
  }

  /** Compares with what a query has found. */
  count(answer: readonly Series[]): LoadCount {
    const { series } = this.options;
    const accepted = this.numbers.filter(({ status }) => status >= 200 && status < 300);
    return {
      ...countNumbered(accepted, series, answer),
      refused: this.numbers.filter(({ status }) => status >= 400 && status < 500).length * series,
      repeated: this.repeated,
    };
  }

  private async generate(): Promise<void> {
    const { interval } = this.options;
    const began = Date.now();
    const sending: Promise<void>[] = [];
    for (let number = 1; !this.stopping; number++) {
      const timestamp = began + number * interval;
      await sleep(Math.max(0, timestamp - Date.now()));
      const written: Written = { number, timestamp, status: 0, waited: 0 };
      this.numbers.push(written);
      sending.push(this.write(written));
    }
    await Promise.all(sending);
  }

  private async write(written: Written): Promise<void> {
    const { run, series, send, lateBy = 0 } = this.options;
    await sleep(lateBy);
    const request = numberedSeries(written, series, { run });
    const due = written.timestamp + lateBy;
    // Prometheus' own figures: 30 ms, doubled up to 5 s.
    for (let pause = 30; ; pause = Math.min(5000, pause * 2)) {
      const began = performance.now();
      written.status = await send(request).then(
        ({ status }) => status,
        () => 0,
      );
      this.statuses.set(written.status, (this.statuses.get(written.status) ?? 0) + 1);
      written.waited = Date.now() - due;
      if (written.status >= 200 && written.status < 300) this.latencies.push(performance.now() - began);
      if (isFinal(written.status)) return;
      await sleep(pause);
    }
  }
}

/** Whether an agent does not send again after this answer. */
const isFinal = (status: number): boolean => status !== 0 && status !== 429 && status < 500;
