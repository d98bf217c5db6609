import { delimiter } from 'node:path';
import { UserError } from '../../tools/command-line';
import { SandboxBusy } from './lock';
import { toolLinks } from './paths';
import { beginRun, exitCodeOf, Interrupted, interruption, nextStep } from './run';

/** Exit code: another process uses the sandbox. */
const busy = 3;

/** Classes of what is thrown with a message for people, besides those of the command line. */
const forPeople = ['Error', 'CommandError', 'Failure'];

/**
 * Runs an action as the one process that uses the sandbox, and sets the exit code.
 *
 * @param doing what it does with the sandbox, for who comes second: `A sandbox is being started by process …`
 * @param script the npm script that does it
 * @throws UserError with what failed; a fault of the program as it is
 */
export async function alone(doing: string, action: () => Promise<void>, script = 'sandbox'): Promise<void> {
  const words = process.argv.slice(2);
  const command = [`npm run ${script}`, ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
  process.env['PATH'] = [toolLinks, process.env['PATH'] ?? ''].join(delimiter);
  let end: (() => Promise<void>) | undefined;
  let failure: Error | undefined;
  try {
    end = await beginRun(command, doing);
    await action();
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  } finally {
    await end?.();
  }
  if (interruption() !== undefined || failure instanceof Interrupted) {
    console.error(`\n${nextStep}`);
    process.exitCode = exitCodeOf(interruption() ?? 'SIGINT');
  } else if (failure instanceof SandboxBusy) {
    console.error(failure.message);
    process.exitCode = busy;
  } else if (failure instanceof Error) {
    if (!forPeople.includes(failure.name)) throw failure;
    throw new UserError(`\n${failure.message}`, { cause: failure, exitCode: 1 });
  }
}
