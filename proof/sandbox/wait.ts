import { setTimeout as sleep } from 'node:timers/promises';
import { stopIfInterrupted } from './run';

/**
 * Waits until something is so.
 *
 * @throws Error with the message after that many seconds; Interrupted when the run is ended
 */
export async function waitUntil(so: () => Promise<boolean>, seconds: number, message: string): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await so())) {
    stopIfInterrupted();
    if (Date.now() > end) throw new Error(`${message} after ${seconds} s`);
    await sleep(300);
  }
}
