import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './report';

/**
 * Repeats an attempt until it does not fail.
 *
 * @param seconds how long
 * @throws Failure with the last failure's message, when time is up
 */
export async function eventually<T>(seconds: number, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() < end) {
        await sleep(2000);
        continue;
      }
      throw new Failure(
        `after ${seconds} s still: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    }
  }
}
