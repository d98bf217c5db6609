import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Observation, Unseen } from './finding';

/** What could not be looked at, with what to do where the collector knows better than `remedy`. */
export class NotSeen extends Error {
  override name = 'NotSeen';

  constructor(
    message: string,
    readonly fix?: string,
  ) {
    super(message);
  }
}

/**
 * Looks at one thing. Whatever goes wrong is an observation too: one thing that cannot be looked at must not
 * keep the others from being seen.
 *
 * @param what as the message names it
 * @param seconds how long it may take
 * @param look is told by the signal that its time is up, and ends what it has started
 */
export async function observe<T>(
  what: string,
  seconds: number,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<Observation<T>> {
  const end = new AbortController();
  const late = sleep(seconds * 1000, undefined, { signal: end.signal }).then(() => {
    throw new NotSeen(`no answer within ${seconds} s`);
  });
  // Aborted below, when the answer came first.
  late.catch(() => undefined);
  try {
    return { value: await Promise.race([look(end.signal), late]) };
  } catch (error) {
    return unseen(what, error);
  } finally {
    end.abort();
  }
}

/** The same of something that another observation leads to. */
export const observeWith = async <A, T>(
  first: Observation<A>,
  look: (value: A) => Promise<Observation<T>>,
): Promise<Observation<T>> => ('why' in first ? first : look(first.value));

export function unseen(what: string, error: unknown): Unseen {
  const why = reason(error);
  const known = error instanceof NotSeen ? error.fix : undefined;
  return { why: `${what}: ${why}`, fix: known ?? remedy(why) };
}

function reason(error: unknown): string {
  if (error instanceof z.ZodError) {
    const paths = error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.map(String).join('.')} ${message}`.trim());
    return `an answer of another form (${paths.join('; ')})`;
  }
  if (error instanceof SyntaxError) return 'an answer that is no JSON';
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  const text = error instanceof Error ? error.message : String(error);
  // kubectl repeats its own lines of log above what it says at last.
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} /.test(line));
  return (lines[0] ?? 'failed').slice(0, 300);
}

const remedies: [RegExp, string][] = [
  [/forbidden/i, "Give this kubeconfig's user the right that is named, or ask with another."],
  [/unauthorized|must be logged in/i, 'Renew the credentials of the kubeconfig.'],
  [/not found|HTTP 404/i, 'Run pulumi up on the stack, or look whether this is its cluster.'],
  [
    /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|no answer within|connection refused/i,
    'Look whether it runs and is reachable from here, and ask again.',
  ],
];

const remedy = (why: string): string =>
  remedies.find(([pattern]) => pattern.test(why))?.[1] ?? 'Look at it by hand, or ask again.';
