import type { Served } from '../numbered-exporter';

/** Scrapes that are missing one after the other. */
export interface Run {
  first: Served;
  last: Served;
  count: number;
}

/** Runs of missing scrapes, in the order in which they were served. */
export function missingRuns(served: readonly Served[], missing: readonly number[]): Run[] {
  const lacks = new Set(missing);
  const runs: Run[] = [];
  let run: Run | undefined;
  for (const scrape of served) {
    if (!lacks.has(scrape.number)) {
      run = undefined;
    } else if (run) {
      run.last = scrape;
      run.count += 1;
    } else {
      runs.push((run = { first: scrape, last: scrape, count: 1 }));
    }
  }
  return runs;
}

/**
 * Scrapes that no replica has. A scrape that one of them lacks is held by another whose own scrape, at most
 * an interval earlier or later, arrived.
 *
 * @param replicas the scrapes of each replica, and the numbers of those that are missing
 * @param interval between scrapes, in milliseconds
 */
export function lostByAll(
  replicas: readonly { served: readonly Served[]; missing: readonly number[] }[],
  interval: number,
): Served[] {
  const sorted = replicas.map(({ served, missing }) => {
    const lacks = new Set(missing);
    return {
      arrived: served.filter(({ number }) => !lacks.has(number)),
      absent: served.filter(({ number }) => lacks.has(number)),
    };
  });
  const times = sorted.flatMap(({ arrived }) => arrived.map(({ at }) => at)).sort((a, b) => a - b);
  const near = (at: number) => {
    const next = times.findIndex((other) => other >= at - interval);
    return next >= 0 && (times[next] ?? Infinity) <= at + interval;
  };
  return sorted.flatMap(({ absent }) => absent.filter(({ at }) => !near(at)));
}
