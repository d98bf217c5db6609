import { setTimeout as sleep } from 'node:timers/promises';
import { lost } from '../samples/count';
import type { QueryOptions, Series } from '../samples/query-client';
import { eventually } from '../eventually';
import type { Fleet } from './fleet';
import type { Load, LoadCount } from './load';

/** Seconds until Query knows what the ingestors have. */
const untilQueried = 90;

/**
 * A count over all answers together, also those of each StoreAPI alone, and how many samples the answers to
 * people have.
 */
export interface Answered extends LoadCount {
  /** Samples in the answer that Query gives by default. */
  merged: number;
  /** Samples in the answer without deduplication. */
  apart: number;
}

/** Lines about an answer that lacks what the other has. */
export const lacking = ({ found, merged, apart }: Pick<Answered, 'found' | 'merged' | 'apart'>): string[] => [
  ...(merged < found ? [`the deduplicated answer has ${merged} of them`] : []),
  ...(apart < found ? [`the answer without deduplication has ${apart} of them`] : []),
];

/**
 * Every raw sample of a selector since a moment (milliseconds), as Query answers by default, and with copies
 * apart. Either can lack what the other has while blocks overlap (docs/outage.md).
 */
export async function answers(
  fleet: Fleet,
  selector: string,
  since: number,
): Promise<{ merged: Series[]; apart: Series[] }> {
  return {
    merged: await raw(fleet, selector, since, { dedup: true }),
    apart: await raw(fleet, selector, since, { dedup: false }),
  };
}

/**
 * The same of each ingestor and Store asked alone. Where the chunks of several overlap, an answer of all can
 * lack what one of them has, which is hidden and not lost.
 */
export async function alone(fleet: Fleet, selector: string, since: number): Promise<Series[]> {
  const { receive = [], store = [] } = await fleet.platform.query((query) => query.stores());
  const found: Series[] = [];
  for (const { name } of [...receive, ...store]) {
    found.push(...(await raw(fleet, selector, since, { dedup: false, store: name })));
  }
  return found;
}

function raw({ platform }: Fleet, selector: string, since: number, options: QueryOptions): Promise<Series[]> {
  const seconds = Math.ceil((Date.now() - since) / 1000) + 60;
  return eventually(60, () => platform.query((query) => query.raw(selector, `${seconds}s`, options)));
}

/**
 * Counts a stopped load in the answers of queries; waits while something is missing, since Query asks a
 * returned ingestor only after its names have been resolved again. What is missing then is looked for in each
 * StoreAPI alone.
 */
export async function counted(
  fleet: Fleet,
  load: Load,
  since: number,
  patience = untilQueried,
): Promise<Answered> {
  const end = Date.now() + patience * 1000;
  for (;;) {
    const { merged, apart } = await answers(fleet, load.selector, since);
    const complete = lost(load.count([...merged, ...apart])) === 0;
    if (complete || Date.now() > end) {
      const besides = complete ? [] : await alone(fleet, load.selector, since);
      const count = load.count([...merged, ...apart, ...besides]);
      return { ...count, merged: load.count(merged).found, apart: load.count(apart).found };
    }
    await sleep(5000);
  }
}
