import { lost, type Count } from '../samples/count';
import type { Fleet } from './fleet';

/** Result of a drill: samples that the centre accepted or an agent scraped, and how many a query returns. */
export interface Outcome extends Pick<Count, 'sent' | 'found'> {
  /** Seconds until everything was as before: the longest that a sample had to wait. */
  recovery: number;
  /** Least and most that may be missing; default none, where the promise covers it. */
  allowed?: readonly [least: number, most: number];
  /** Further observations, a line each. */
  said?: readonly string[];
}

/** One fault on the running platform, and what became of every sample. */
export interface Drill {
  /** Name for `--only`. */
  name: string;
  /** Description for the table. */
  title: string;
  /** @throws Error when it could not be carried out, or showed something else than it should */
  run(fleet: Fleet): Promise<Outcome>;
}

/** Whether what is missing is within bounds; the lower one holds too, or an excess would not be tested. */
export function asPromised(outcome: Outcome): boolean {
  const [least, most] = outcome.allowed ?? [0, 0];
  return outcome.sent > 0 && lost(outcome) >= least && lost(outcome) <= most;
}

/** One line of the table that the drills print: title, sent, found, lost, seconds to recover. */
export function row(title: string, outcome: Outcome): string {
  const numbers = [outcome.sent, outcome.found, lost(outcome)].map((n) => String(n).padStart(9));
  return `${title.padEnd(titleWidth)}${numbers.join('')}${outcome.recovery.toFixed(1).padStart(9)} s`;
}

const titleWidth = 66;

export const heading = [
  ''.padEnd(titleWidth),
  ...['sent', 'found', 'lost'].map((name) => name.padStart(9)),
  'recovery'.padStart(11),
].join('');
