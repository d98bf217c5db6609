import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure';

/**
 * Repeats an attempt every two seconds until it succeeds.
 *
 * @param seconds how long to go on trying
 * @param pause milliseconds between two attempts
 * @throws Failure with the last failure's message, when time is up
 */
export async function eventually<T>(seconds: number, attempt: () => Promise<T>, pause = 2000): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Failure(`after ${seconds} s still: ${why}`, { cause: error });
      }
      await sleep(pause);
    }
  }
}
