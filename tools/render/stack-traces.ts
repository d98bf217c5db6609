import { RunError } from '@pulumi/pulumi';
import { UserError } from '../command-line';

/**
 * Runs an action without stack traces; if it fails, once more with them, so that the error has one. It must
 * be one that can be run twice.
 *
 * Pulumi takes a stack trace for every promise, to tell at the end of `pulumi up` which never came to an end.
 * In a render nobody sees them, and they were a third of its time: 401 stacks in 32.2 s with and 20.8 s
 * without them (one after the other on a busy machine, the same texts). What is refused needs no trace.
 */
export async function tracedOnFailure<T>(action: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  let failure: unknown;
  Error.stackTraceLimit = 0;
  // As tsx turns it on: each line of each trace would be looked up in the sources.
  process.setSourceMapsEnabled(false);
  try {
    return await action();
  } catch (error) {
    failure = error;
  } finally {
    Error.stackTraceLimit = limit;
    process.setSourceMapsEnabled(true);
  }
  if (!(failure instanceof UserError) && !RunError.isInstance(failure)) await action();
  throw failure;
}
