import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from '../e2e/http';
import type { Series } from '../e2e/query';
import type { TimeSeries } from '../e2e/write-request';

/** The metric of every numbered sample: its value is its number, its timestamp the moment at which it was due. */
const metric = 'numbered_sample';

export interface LoadOptions {
  /** Value of the label `run`, so that one load never finds the samples of another. */
  run: string;
  /** Number of series; each has a sample of each number. */
  series: number;
  /** Milliseconds between two numbers. */
  interval: number;
  /**
   * Milliseconds by which everything is written late, as an agent's backlog is. Default 0. Later than half a block behind
   * the newest sample of its tenant, Receive keeps it apart, out of order.
   */
  lateBy?: number;
  /** Writes one request. A failure to answer and 429 or 5xx are repeated, as an agent does. */
  send: (series: readonly TimeSeries[]) => Promise<Response>;
}

/** One number, with what became of it. */
interface Numbered {
  number: number;
  timestamp: number;
  /** HTTP status of the last answer; 2xx is a promise that the sample is kept. */
  status: number;
  /** Milliseconds from the moment at which it was to be written until an answer that is final. */
  waited: number;
}

/** What a query found of a load, in samples (numbers times series). */
export interface Count {
  /** Answered with 2xx. */
  accepted: number;
  /** Answered with 4xx: never to be sent again. */
  refused: number;
  /** Accepted and found, with the right timestamp. */
  found: number;
  /** Accepted and not found. */
  lost: number;
  /** Sent again, after no answer, 429 or 5xx; requests. */
  repeated: number;
  /** The lost numbers of each series that lacks any, by the value of its label `series`. */
  missing: Record<string, number[]>;
}

/**
 * Writes numbered samples until it is stopped, and repeats each until it is answered, so that loss can be counted
 * exactly: what was accepted and is not in the answer of a query is lost.
 */
export class Load {
  private readonly numbers: Numbered[] = [];
  /** How long each request took that was answered with 2xx, in milliseconds. */
  private readonly latencies: number[] = [];
  /** Requests by their answer; 0 is none. */
  readonly statuses = new Map<number, number>();
  private stopping = false;
  private running: Promise<unknown> = Promise.resolve();

  constructor(readonly options: LoadOptions) {}

  /** PromQL for the series of this load. */
  get selector(): string {
    return `${metric}{run="${this.options.run}"}`;
  }

  start(): void {
    this.running = this.generate();
  }

  /** Begins no more numbers, and ends when all that were begun are answered: `lateBy` later at the earliest. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** Requests that had to be sent again so far: no answer, 429 or 5xx. */
  get repeated(): number {
    return [...this.statuses].reduce((sum, [status, n]) => sum + (isFinal(status) ? 0 : n), 0);
  }

  /** The longest that a number waited for its final answer, in milliseconds: the time to recover from a fault. */
  get longestWait(): number {
    return this.numbers.reduce((most, { waited }) => Math.max(most, waited), 0);
  }

  /** A percentile of the accepted requests' latencies, in milliseconds. */
  latency(share: number): number {
    const sorted = this.latencies.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  }

  /** Compares with what a query has found; `series` may name a sample many times, as copies without deduplication do. */
  count(series: readonly Series[]): Count {
    const found = new Map<string, Map<number, number>>();
    for (const { metric, values } of series) {
      const name = metric['series'] ?? '';
      const samples = found.get(name) ?? new Map<number, number>();
      for (const [at, value] of values) samples.set(Number(value), Math.round(at * 1000));
      found.set(name, samples);
    }
    const accepted = this.numbers.filter(({ status }) => status >= 200 && status < 300);
    const missing = Object.fromEntries(
      this.names
        .map((name): [string, number[]] => [
          name,
          accepted
            .filter(({ number, timestamp }) => found.get(name)?.get(number) !== timestamp)
            .map(({ number }) => number),
        ])
        .filter(([, numbers]) => numbers.length > 0),
    );
    const lost = Object.values(missing).reduce((sum, numbers) => sum + numbers.length, 0);
    const each = this.options.series;
    return {
      accepted: accepted.length * each,
      refused: this.numbers.filter(({ status }) => status >= 400 && status < 500).length * each,
      found: accepted.length * each - lost,
      lost,
      repeated: this.repeated,
      missing,
    };
  }

  private get names(): string[] {
    return Array.from({ length: this.options.series }, (_, i) => String(i));
  }

  private async generate(): Promise<void> {
    const { interval } = this.options;
    const began = Date.now();
    const sending: Promise<void>[] = [];
    for (let number = 1; !this.stopping; number++) {
      const timestamp = began + number * interval;
      await sleep(Math.max(0, timestamp - Date.now()));
      const numbered: Numbered = { number, timestamp, status: 0, waited: 0 };
      this.numbers.push(numbered);
      sending.push(this.write(numbered));
    }
    await Promise.all(sending);
  }

  private async write(numbered: Numbered): Promise<void> {
    const { run, send, lateBy = 0 } = this.options;
    await sleep(lateBy);
    const { number, timestamp } = numbered;
    const request = this.names.map((series) => ({
      labels: { __name__: metric, run, series },
      samples: [{ value: number, timestamp }],
    }));
    const due = timestamp + lateBy;
    // Prometheus' own figures: 30 ms, doubled up to 5 s.
    for (let pause = 30; ; pause = Math.min(5000, pause * 2)) {
      const began = performance.now();
      numbered.status = await send(request).then(
        ({ status }) => status,
        () => 0,
      );
      this.statuses.set(numbered.status, (this.statuses.get(numbered.status) ?? 0) + 1);
      numbered.waited = Date.now() - due;
      if (numbered.status >= 200 && numbered.status < 300) this.latencies.push(performance.now() - began);
      if (isFinal(numbered.status)) return;
      await sleep(pause);
    }
  }
}

/** Whether an agent does not send again after this answer. */
const isFinal = (status: number): boolean => status !== 0 && status !== 429 && status < 500;
