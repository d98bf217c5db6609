import type { Fleet } from '../drills/fleet';
import type { Heard, Labels } from './messages';

/** One thing that goes wrong, and the alert that must tell a person. */
export interface AlertFault {
  /** Name for `--only`. */
  name: string;
  /** Description for the table. */
  title: string;
  /** Labels of the alert that must come. */
  alert: Labels;
  /** Whether it needs blocks in the bucket, which a fresh deployment has after hours only. */
  needsBlocks?: boolean;
  /**
   * Seconds from the fault until its message, at most: by the rule, and two minutes for evaluation and
   * grouping.
   */
  within: number;
  /** Seconds from the end of the fault until the message that says so, at most. */
  resolvedWithin: number;
  /**
   * Seconds that the fault goes on after the message came; default none. Repeats and followers show in that
   * time.
   */
  goesOn?: number;
  /**
   * Happens once the message came, while the fault goes on: what must not bring a second one. Bounded by
   * itself.
   */
  meanwhile?(fleet: Fleet): Promise<void>;
  /**
   * Makes it.
   *
   * @returns what undoes it, by a way that does not depend on what was broken
   */
  make(fleet: Fleet): Promise<() => Promise<void>>;
}

/** What became of a fault. */
export interface Told extends Heard {
  /** When the fault was there, and when it was undone. */
  made: number;
  undone: number;
  /** Names of all the alerts that came between the two. */
  beside: readonly string[];
}

const titleWidth = 52;

const columns = [
  ['alert', 34],
  ['to message', 12],
  ['messages', 10],
  ['to resolved', 13],
] as const;

export const heading = [
  'fault'.padEnd(titleWidth),
  ...columns.map(([name, width]) => name.padStart(width)),
].join('');

/**
 * One line of the table: title, alert, seconds from fault to message, messages, seconds from its end to
 * `resolved`.
 */
export function row({ title, alert }: AlertFault, told: Told): string {
  const seconds = (from: number, to: number | undefined) =>
    to === undefined ? 'never' : `${((to - from) / 1000).toFixed(0)} s`;
  const cells = [
    alert['alertname'] ?? '',
    seconds(told.made, told.fired),
    String(told.messages),
    seconds(told.undone, told.resolved),
  ];
  return [title.padEnd(titleWidth), ...cells.map((cell, i) => cell.padStart(columns[i]?.[1] ?? 0))].join('');
}

/** Whether a person was told in time, once, and also of the end, once. */
export const asWanted = ({ within, resolvedWithin }: AlertFault, told: Told): boolean =>
  told.messages === 1 &&
  told.endings === 1 &&
  told.fired !== undefined &&
  told.fired - told.made <= within * 1000 &&
  told.resolved !== undefined &&
  told.resolved - told.undone <= resolvedWithin * 1000;
