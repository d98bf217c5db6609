import { setTimeout as sleep } from 'node:timers/promises';
import { headSeriesLimit } from '../../components/thanos/receive-limits.js';
import type { RemoteWriter } from '../../e2e/remote-write.js';
import { Failure } from '../../e2e/report.js';
import type { Drill, Outcome } from '../drill.js';
import type { Fleet } from '../fleet.js';
import { writingEdge } from './loaded.js';

/** The edge that goes wrong, and what it declares: the least that the configuration takes. */
export const noisyEdge = { name: 'cluster-04', series: 1000 };

/** How many times its limit it sends. */
const excess = 10;

/** Seconds that it sends, and that the quiet run lasts. */
const lasting = 150;

/** Seconds in which all of its series have come once. */
const growing = 100;

/** Series in one of its requests, and requests at the same time: as an agent's. */
const batch = 2000;
const inParallel = 10;

/** Series of the watched edge, and milliseconds between its requests: 5000 samples a second. */
const watched = { series: 500, interval: 100 };

/** The most that a request of the watched edge may wait longer than in the quiet run, as a factor of its p99. */
const mostSlower = 20;

/** What became of the noisy edge's samples. */
interface Noise {
  accepted: number;
  limited: number;
  /** Milliseconds until the first 429; undefined if there was none. */
  firstRefused: number | undefined;
}

/** Sends ever more series, and again those it has sent, as fast as the answers come. */
async function makeNoise(writer: RemoteWriter, run: string, seconds: number): Promise<Noise> {
  const all = headSeriesLimit(noisyEdge.series) * excess;
  const noise: Noise = { accepted: 0, limited: 0, firstRefused: undefined };
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const sender = async (offset: number) => {
    for (let request = offset; elapsed() < seconds * 1000; request += inParallel) {
      const shown = Math.max(batch, Math.min(all, (all * elapsed()) / (growing * 1000)));
      const timestamp = Date.now();
      const series = Array.from({ length: batch }, (_, i) => ({
        labels: { __name__: 'noise', run, number: String((request * batch + i) % Math.floor(shown)) },
        samples: [{ value: 1, timestamp }],
      }));
      const { status } = await writer.send(series);
      if (status === 200) noise.accepted += batch;
      else if (status === 429) {
        noise.limited += batch;
        noise.firstRefused ??= elapsed();
      } else throw new Failure(`the noisy edge got HTTP ${status}`);
    }
  };
  await Promise.all(Array.from({ length: inParallel }, (_, i) => sender(i)));
  return noise;
}

/** The watched edge's load while something happens. */
async function watch<T>(fleet: Fleet, meanwhile: () => Promise<T>) {
  const since = Date.now();
  const { load, stop } = fleet.load(writingEdge, watched);
  let result: T;
  try {
    result = await meanwhile();
  } finally {
    await stop();
  }
  const count = await fleet.counted(load, since);
  return { result, count, p99: load.latency(0.99), p50: load.latency(0.5), longest: load.longestWait };
}

async function run(fleet: Fleet): Promise<Outcome> {
  const quiet = await watch(fleet, () => sleep(lasting * 1000));
  const writer = fleet.writer(noisyEdge.name);
  const name = fleet.nextRun();
  const loud = await watch(fleet, () => makeNoise(writer, name, lasting)).finally(() => {
    writer.close();
  });
  const noise = loud.result;
  const stored = await fleet.platform.query((query) =>
    query.instant(`max(prometheus_tsdb_head_series{job="thanos-receiver",tenant="${noisyEdge.name}"})`),
  );
  const ratio = loud.p99 / quiet.p99;
  if (noise.firstRefused === undefined) throw new Failure('the noisy edge was never limited');
  if (ratio > mostSlower) throw new Failure(`the watched edge's p99 grew to ${ratio.toFixed(1)} times`);
  const limit = headSeriesLimit(noisyEdge.series);
  return {
    sent: quiet.count.accepted + loud.count.accepted,
    found: quiet.count.found + loud.count.found,
    recovery: loud.longest / 1000,
    said: [
      `limit ${limit} series; first 429 after ${(noise.firstRefused / 1000).toFixed(0)} s; ` +
        `${noise.accepted} samples accepted, ${noise.limited} refused; ${stored[0]?.value[1] ?? 'no'} series in the head`,
      `watched edge, quiet: p50 ${quiet.p50.toFixed(1)} ms, p99 ${quiet.p99.toFixed(1)} ms, ` +
        `lost ${quiet.count.lost} of ${quiet.count.accepted}`,
      `watched edge, meanwhile: p50 ${loud.p50.toFixed(1)} ms, p99 ${loud.p99.toFixed(1)} ms, ` +
        `lost ${loud.count.lost} of ${loud.count.accepted}`,
      `ratio of p99 ${ratio.toFixed(2)}, of p50 ${(loud.p50 / quiet.p50).toFixed(2)}`,
    ],
  };
}

export const hostileDrills: Drill[] = [
  { name: 'ten-times', title: `an edge sends ${excess} times its limit; another is watched`, run },
];
