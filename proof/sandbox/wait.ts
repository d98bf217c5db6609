import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so.
 *
 * @throws Error with the message after that many seconds
 */
export async function waitUntil(so: () => Promise<boolean>, seconds: number, message: string): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await so())) {
    if (Date.now() > end) throw new Error(`${message} after ${seconds} s`);
    await sleep(300);
  }
}
