import { seriesNames } from './numbered';
import type { Series } from './query-client';

/** A number that was given to every series. */
export interface Sent {
  number: number;
  /** Unix time in milliseconds that its samples must have; absent where the scraper decides it. */
  timestamp?: number;
}

/** Samples of a time, counted one by one: numbers times series. */
export interface Count {
  sent: number;
  found: number;
  /** Numbers that at least one series lacks, ascending. */
  missing: number[];
}

/**
 * Counts which of the sent samples are in the answer of a query.
 *
 * A sample is found when any copy of its series has its number, at its time. Copies, apart by their replica
 * labels or not, count once, and so does a number that was sent more than once. What was not sent does not
 * count.
 *
 * @param series number of series that each number was given to
 * @param answer raw samples; each series is known by its label `series`
 */
export function countNumbered(sent: readonly Sent[], series: number, answer: readonly Series[]): Count {
  const due = new Map(sent.map(({ number, timestamp }) => [number, timestamp]));
  const found = new Map(seriesNames(series).map((name) => [name, new Set<number>()]));
  for (const { metric, values } of answer) {
    const numbers = found.get(metric['series'] ?? '');
    for (const [at, value] of values) {
      const number = Number(value);
      const timestamp = due.get(number);
      if (due.has(number) && (timestamp === undefined || timestamp === Math.round(at * 1000)))
        numbers?.add(number);
    }
  }
  const all = [...found.values()];
  return {
    sent: due.size * series,
    found: all.reduce((sum, numbers) => sum + numbers.size, 0),
    missing: [...due.keys()]
      .filter((number) => all.some((numbers) => !numbers.has(number)))
      .sort((a, b) => a - b),
  };
}

/** Samples that were sent and not found. */
export const lost = ({ sent, found }: Pick<Count, 'sent' | 'found'>): number => sent - found;
