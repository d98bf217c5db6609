import { setTimeout as sleep } from 'node:timers/promises';
import { lost } from '../../samples/count';
import { Failure } from '../../failure';
import { headSeriesLimit } from '../../../capacity/write-limits';
import type { Drill, Outcome } from '../drill';
import { counted, lacking } from '../answers';
import type { Fleet } from '../fleet';
import { makeNoise, type Noise, type NoiseOptions } from '../noise';
import { writingEdge } from './loaded';

/** How many times its limit an edge sends. */
const excess = 10;

/** Seconds in which all of its series have come once, and that each run lasts. */
const growing = 100;
const lasting = 150;

/** Series of the watched edge, and milliseconds between its requests: 5000 samples a second. */
const watched = { series: 500, interval: 100 };

/** Edges that go wrong, used once each. They declare the fewest series that the configuration takes. */
export const noisyEdges = [
  { name: 'cluster-04', series: 1000 },
  { name: 'cluster-05', series: 1000 },
] as const;

/** Writes the watched edge's load while something happens, and counts it. */
async function watch<T>(fleet: Fleet, meanwhile: () => Promise<T>) {
  const since = Date.now();
  const { load, stop } = fleet.load(writingEdge, watched);
  let result: T;
  try {
    result = await meanwhile();
  } finally {
    await stop();
  }
  const count = await counted(fleet, load, since);
  return { result, count, p99: load.latency(0.99), p50: load.latency(0.5), longest: load.longestWait };
}

type Watched = Awaited<ReturnType<typeof watch>>;

async function noisy(fleet: Fleet, edge: { name: string; series: number }, manner: NoiseOptions['manner']) {
  const limit = headSeriesLimit(edge.series);
  const quiet = await watch(fleet, () => sleep(lasting * 1000));
  const loud = await watch(fleet, () =>
    makeNoise({
      ...fleet.connection(edge.name),
      run: fleet.nextRun(),
      series: limit * excess,
      growing,
      seconds: lasting,
      manner,
    }),
  );
  return outcome(quiet, loud, loud.result, limit, await seriesInHead(fleet, edge.name));
}

/** Series of a tenant, as the ingestors tell; the largest, since the head is cut. */
async function seriesInHead({ platform }: Fleet, tenant: string): Promise<number> {
  const head = `prometheus_tsdb_head_series{job="thanos-receiver",tenant="${tenant}"}`;
  const [most] = await platform.query((query) => query.instant(`max(max_over_time(${head}[10m]))`));
  return Number(most?.value[1] ?? 0);
}

function outcome(quiet: Watched, loud: Watched, noise: Noise, limit: number, stored: number): Outcome {
  if (noise.firstRefused === undefined) throw new Failure('the noisy edge was never limited');
  const seen = ({ p50, p99, count }: Watched) =>
    [
      `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, lost ${lost(count)} of ${count.sent}`,
      ...lacking(count),
      `${count.repeated} requests sent again`,
    ].join(', ');
  return {
    sent: quiet.count.sent + loud.count.sent,
    found: quiet.count.found + loud.count.found,
    recovery: loud.longest / 1000,
    said: [
      `its limit is ${limit} series; it sent ${limit * excess}: first 429 after ${(noise.firstRefused / 1000).toFixed(0)} s; ` +
        `${noise.accepted} samples accepted, ${noise.limited} refused, ${noise.failed} not answered; ${stored} series in the head`,
      `watched edge, quiet:     ${seen(quiet)}`,
      `watched edge, meanwhile: ${seen(loud)}`,
      `p99 ${(loud.p99 / quiet.p99).toFixed(2)} times that of the quiet run, p50 ${(loud.p50 / quiet.p50).toFixed(2)} times`,
    ],
  };
}

export const hostileDrills: Drill[] = [
  {
    name: 'ten-times',
    title: `an edge has ${excess} times its limit of series; another is watched`,
    run: (fleet) => noisy(fleet, noisyEdges[0], 'agent'),
  },
  {
    name: 'flood',
    title: `the same, and it sends as fast as it is answered`,
    run: (fleet) => noisy(fleet, noisyEdges[1], 'flood'),
  },
];
