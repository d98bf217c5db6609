import type { Series } from '../e2e/query';

/** Length of a time slot, and the scrape interval of the numbered target: each agent scrapes once in each slot. */
export const slotSeconds = 5;

/** An agent was told the number of a slot. */
export interface Scrape {
  /** Address of the agent's pod: an agent that is restarted is another one. */
  agent: string;
  /** Unix time in seconds / `slotSeconds`, rounded down. */
  slot: number;
}

/** The scrapes of a time, and what a query found of them; in samples, which are slots times series. */
export interface SlotCount {
  /** Slots that at least one agent scraped. */
  sent: number;
  found: number;
  /** The slots that lack a sample, the oldest first. */
  missing: number[];
}

export const slotOf = (milliseconds: number): number => Math.floor(milliseconds / 1000 / slotSeconds);

/**
 * Counts what the edge scraped and what is in an answer, whichever of its agents brought it: an edge's sample is lost when no
 * copy of it is there.
 *
 * @param series each target series by its label `series`; copies apart or merged
 * @param from first slot that counts
 * @param to first slot that does not
 */
export function countSlots(
  scrapes: readonly Scrape[],
  series: readonly Series[],
  seriesPerScrape: number,
  from: number,
  to: number,
): SlotCount {
  const found = new Map<number, Set<string>>();
  for (const { metric, values } of series) {
    for (const [, value] of values) {
      const slot = Number(value);
      const names = found.get(slot) ?? new Set<string>();
      found.set(slot, names.add(metric['series'] ?? ''));
    }
  }
  const scraped = [...new Set(scrapes.map(({ slot }) => slot))].filter((slot) => slot >= from && slot < to);
  const present = (slot: number) => found.get(slot)?.size ?? 0;
  return {
    sent: scraped.length * seriesPerScrape,
    found: scraped.reduce((sum, slot) => sum + present(slot), 0),
    missing: scraped.filter((slot) => present(slot) < seriesPerScrape).sort((a, b) => a - b),
  };
}
