import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Connection } from './fleet';

export interface NoiseOptions extends Connection {
  /** Value of the label `run`. */
  run: string;
  /** Series in the end; they come one after the other. */
  series: number;
  /** Seconds until all have come, and until it ends. */
  growing: number;
  seconds: number;
  /**
   * `agent`: every series every 5 s; after 429 it waits and tries again, as an agent does. `flood`: on every
   * connection the next request as soon as the last is answered, whatever the answer.
   */
  manner: 'agent' | 'flood';
}

/** Numbers of samples by what became of them. */
export interface Noise {
  accepted: number;
  limited: number;
  /** Samples answered in another way, or not at all. */
  failed: number;
  /** Milliseconds until the first 429; undefined if there was none. */
  firstRefused: number | undefined;
}

/** Sends more and more series, in a process of its own: the sender must not slow down who is watched. */
export async function makeNoise(options: NoiseOptions): Promise<Noise> {
  const sender = fork(join(__dirname, 'noise-sender.ts'), {
    serialization: 'advanced',
    execArgv: process.execArgv,
  });
  sender.send(options);
  const ended = once(sender, 'exit').then(([code]) => {
    throw new Error(`the noisy sender ended with code ${String(code)}`);
  });
  const [noise] = (await Promise.race([once(sender, 'message'), ended])) as [Noise];
  sender.disconnect();
  return noise;
}
