import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../drill.js';
import type { Fleet } from '../fleet.js';
import type { LoadOptions } from '../load.js';

/** An edge of the list whose cluster the drills do not use, so that its tenant is theirs alone. */
export const writingEdge = 'cluster-03';

/** Seconds of load before a fault and after it. */
const calm = 10;

/**
 * Writes numbered samples as an edge before, during and after a fault, and counts them.
 *
 * @param fault makes it and undoes it; what it returns is said in the outcome
 */
export async function underLoad(
  fleet: Fleet,
  fault: () => Promise<string[]>,
  options: Partial<LoadOptions> = {},
): Promise<Outcome> {
  const since = Date.now();
  const { load, stop } = fleet.load(writingEdge, options);
  let said: string[];
  try {
    await sleep(calm * 1000);
    said = await fault();
    await sleep(calm * 1000);
  } finally {
    await stop();
  }
  const count = await fleet.counted(load, since);
  return {
    sent: count.accepted,
    found: count.found,
    recovery: load.longestWait / 1000,
    said: [
      ...said,
      `${count.repeated} requests sent again${count.refused > 0 ? `; ${count.refused} samples refused for good` : ''}`,
    ],
  };
}
