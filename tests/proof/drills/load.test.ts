import type { TimeSeries } from '../../../proof/samples/write-request';
import { Load, type LoadOptions } from '../../../proof/drills/load';

interface Written {
  number: number;
  timestamp: number;
}

/** Runs a load until some numbers are begun; `answer` decides each request. */
async function run(
  numbers: number,
  answer: (number: number, attempt: number) => number,
  options: Partial<LoadOptions> = {},
) {
  const written: Written[] = [];
  const attempts = new Map<number, number>();
  const load = new Load({
    run: 'test',
    series: 2,
    interval: 5,
    send: (series: readonly TimeSeries[]) => {
      const sample = series[0]?.samples[0];
      const { value = 0, timestamp = 0 } = sample ?? {};
      const attempt = (attempts.get(value) ?? 0) + 1;
      attempts.set(value, attempt);
      const status = answer(value, attempt);
      if (status === 0) return Promise.reject(new Error('connection refused'));
      if (status < 300) written.push({ number: value, timestamp });
      return Promise.resolve({ status, body: '' });
    },
    ...options,
  });
  load.start();
  while (attempts.size < numbers) await new Promise((done) => setTimeout(done, 5));
  await load.stop();
  return { load, written, attempts };
}

const series = (name: string, written: Written[]) => ({
  metric: { series: name },
  values: written.map(({ number, timestamp }): [number, string] => [timestamp / 1000, String(number)]),
});

describe('a load of numbered samples', () => {
  it('is found whole when every accepted number is in each series', async () => {
    const { load, written } = await run(5, () => 200);
    const count = load.count([series('0', written), series('1', written)]);
    const samples = written.length * 2;
    expect(count).toEqual({ sent: samples, found: samples, missing: [], refused: 0, repeated: 0 });
  });

  it('lacks what a series lacks, or has at another time than it was due', async () => {
    const { load, written } = await run(5, () => 200);
    const moved = written.map((sample) =>
      sample.number === 3 ? { ...sample, timestamp: sample.timestamp + 1 } : sample,
    );
    const count = load.count([series('0', moved), series('1', written.slice(2))]);
    expect([count.sent - count.found, count.missing]).toEqual([3, [1, 2, 3]]);
  });

  it('repeats what was not answered, 429 and 5xx, and nothing else', async () => {
    const first: Record<number, number> = { 1: 0, 2: 429, 3: 503, 4: 409 };
    const { load, attempts } = await run(5, (number, attempt) =>
      attempt === 1 ? (first[number] ?? 200) : 200,
    );
    expect([1, 2, 3, 4].map((number) => attempts.get(number))).toEqual([2, 2, 2, 1]);
    expect(load.count([])).toMatchObject({ refused: 2, repeated: 3 });
  });

  it('tells the longest wait and the latencies of what was accepted', async () => {
    const { load } = await run(5, (number, attempt) => (number === 2 && attempt === 1 ? 503 : 200));
    // One pause of 30 ms before the second attempt; timers fire up to a millisecond early.
    expect(load.longestWait).toBeGreaterThanOrEqual(28);
    expect(load.latency(0.99)).toBeLessThan(1000);
  });

  it('is written as late as it should be, with the timestamps at which it was due', async () => {
    const delays: number[] = [];
    const send = (series: readonly TimeSeries[]) => {
      delays.push(Date.now() - (series[0]?.samples[0]?.timestamp ?? 0));
      return Promise.resolve({ status: 200, body: '' });
    };
    const load = new Load({ run: 'test', series: 1, interval: 5, lateBy: 50, send });
    load.start();
    while (delays.length < 3) await new Promise((done) => setTimeout(done, 5));
    await load.stop();
    // Timers fire up to a millisecond early, twice.
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(48);
  });
});
