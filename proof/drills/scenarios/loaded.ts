import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../drill';
import { counted, lacking, type Answered } from '../answers';
import type { Fleet } from '../fleet';
import type { Load, LoadOptions } from '../load';

/** Edge whose cluster the drills do not use, so that its tenant is theirs alone. */
export const writingEdge = 'cluster-03';

/** Seconds of load before a fault and after it. */
const calm = 10;

export interface LoadedOptions {
  /** Each is a load of its own; default one that writes in time. */
  loads?: readonly Partial<LoadOptions>[];
  /** Seconds until a query knows everything; default that of `counted`. */
  patience?: number;
}

/**
 * Writes numbered samples as an edge before, during and after a fault, and counts them.
 *
 * @param fault makes it and undoes it; what it returns is said in the outcome
 */
export async function underLoad(
  fleet: Fleet,
  fault: (load: Load) => Promise<string[]>,
  { loads = [{}], patience }: LoadedOptions = {},
): Promise<Outcome> {
  const since = Date.now();
  const running = loads.map((options) => fleet.load(writingEdge, options));
  const [first] = running;
  if (!first) throw new Error('no load');
  let said: string[];
  try {
    await sleep(calm * 1000);
    said = await fault(first.load);
    await sleep(calm * 1000);
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
  }
  const counts: Answered[] = [];
  for (const { load } of running) counts.push(await counted(fleet, load, since, patience));
  const sum = (of: 'sent' | 'found' | 'repeated' | 'refused' | 'merged' | 'apart') =>
    counts.reduce((total, count) => total + count[of], 0);
  return {
    sent: sum('sent'),
    found: sum('found'),
    recovery: Math.max(...running.map(({ load }) => load.longestWait)) / 1000,
    said: [
      ...said,
      ...running.flatMap(({ load }, i) => when(counts[i]?.missing ?? [], load.options.interval)),
      ...lacking({ found: sum('found'), merged: sum('merged'), apart: sum('apart') }),
      `${sum('repeated')} requests sent again${sum('refused') > 0 ? `; ${sum('refused')} samples refused for good` : ''}`,
    ],
  };
}

/** Where in the load the numbers stand that are missing, for whoever looks for the cause. */
function when(missing: readonly number[], interval: number): string[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const seconds = (number: number) => ((number * interval) / 1000).toFixed(1);
  return [
    `${missing.length} numbers are missing, due ${seconds(first)} s to ${seconds(last)} s after the first`,
  ];
}
