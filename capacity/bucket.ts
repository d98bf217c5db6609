import { replicationFactor } from './replication';
import { Duration } from '../config/units';
import { block, downsampled } from './constants';
import { times, type Term } from './need';
import { sampleRate, writtenSeries, type Plan } from './plan';

const day = Duration.parse('1d');

/**
 * The Compactor makes 8 h of 2 h, 2 d of 8 h and 14 d of 2 d: each sample is written three times more (Thanos
 * v0.42.4, cmd/thanos/compact.go).
 */
const rewrites = 3;

/**
 * Days that the bucket keeps a deleted or overwritten object as a noncurrent version: a weekend
 * (docs/adr/0003).
 */
export const noncurrentDays = 3;

/**
 * Until copies of the hashring have become one block: two blocks of 8 h are made when the next one begins.
 */
const copiesStay = Duration.parse('16h');

/** The longest block, and so the longest time that one index covers. */
export const longestBlock = Duration.parse('14d');

const rawPerDay = (series: number, plan: Plan): number => {
  const samples = sampleRate(series, plan) * day.seconds;
  return samples * (block.chunksPerSample + block.indexPerSample);
};

/** Series in the bucket: those of the edges, and the central cluster's of each of its replicas. */
const storedSeries = (plan: Plan): number =>
  writtenSeries(plan) + plan.central.series * plan.central.replicas;

/** Bytes that a day of all clusters takes as raw blocks, once they are merged. */
export const bucketPerDay = (plan: Plan): number => rawPerDay(storedSeries(plan), plan);

/** Bytes of one tenant's raw blocks over some time; the largest group of the Compactor is one of them. */
export const tenantBytes = (series: number, replicas: number, time: Duration, plan: Plan): number =>
  (rawPerDay(series * replicas, plan) * time.hours) / 24;

/**
 * The bucket when nothing grows any more: three resolutions over their retention, copies that are not merged
 * yet, and replaced blocks until `deleteDelay` is over, and everything that was deleted (replaced, or past
 * its retention) for a few days more as an old version.
 */
export function bucketTerms(plan: Plan): Term[] {
  const series = storedSeries(plan);
  const { raw, fiveMinutes, oneHour, deleteDelay } = plan.compactor;
  const daily = bucketPerDay(plan);
  const copies = replicationFactor(plan.receive.ingestors) - 1;
  const edgeDaily = rawPerDay(writtenSeries(plan), plan);
  return [
    { what: `raw, ${raw.toString()} of ${Math.round(daily / 2 ** 20)} MiB`, bytes: (daily * raw.hours) / 24 },
    times(
      (series * fiveMinutes.seconds) / 300,
      `five-minute points of ${fiveMinutes.toString()}`,
      downsampled.fiveMinutes,
    ),
    times((series * oneHour.seconds) / 3600, `one-hour points of ${oneHour.toString()}`, downsampled.oneHour),
    {
      what: `${copies} copies of ${copiesStay.toString()} from the hashring`,
      bytes: (copies * edgeDaily * copiesStay.plus(deleteDelay).hours) / 24,
    },
    {
      what: `blocks replaced ${rewrites} times, for ${deleteDelay.toString()}`,
      bytes: (rewrites * daily * deleteDelay.hours) / 24,
    },
    {
      what: `deleted ${rewrites + 1} times, for ${noncurrentDays}d as old versions`,
      bytes: (rewrites + 1) * daily * noncurrentDays,
    },
  ];
}
