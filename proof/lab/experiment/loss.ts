import type { Served } from '../numbered-exporter';

/** What of the served scrapes did not arrive. */
export interface Loss {
  served: number;
  lost: number;
  /** Runs of numbers that are missing one after the other, with the times of the first and the last. */
  missing: { first: Served; last: Served; count: number }[];
}

/** @param found the numbers that a query returned */
export function loss(served: readonly Served[], found: ReadonlySet<number>): Loss {
  const missing: Loss['missing'] = [];
  let run: Loss['missing'][number] | undefined;
  for (const scrape of served) {
    if (found.has(scrape.number)) {
      run = undefined;
    } else if (run) {
      run.last = scrape;
      run.count += 1;
    } else {
      missing.push((run = { first: scrape, last: scrape, count: 1 }));
    }
  }
  return { served: served.length, lost: missing.reduce((sum, { count }) => sum + count, 0), missing };
}

/**
 * Scrapes that no replica has: a scrape that one of them lost counts as held when another, at most an interval earlier or
 * later, arrived.
 *
 * @param replicas the scrapes of each replica and which of them arrived
 * @param interval between scrapes, milliseconds
 */
export function lostByAll(
  replicas: readonly { served: readonly Served[]; found: ReadonlySet<number> }[],
  interval: number,
): Served[] {
  const arrived = replicas
    .flatMap(({ served, found }) => served.filter(({ number }) => found.has(number)))
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const near = (at: number) => {
    const next = arrived.findIndex((other) => other >= at - interval);
    return next >= 0 && (arrived[next] ?? Infinity) <= at + interval;
  };
  return replicas.flatMap(({ served, found }) =>
    served.filter(({ number, at }) => !found.has(number) && !near(at)),
  );
}
