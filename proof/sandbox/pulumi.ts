import { join } from 'node:path';
import { execa } from 'execa';
import { run } from './command';
import { environment } from './environment';
import { clearDeadLocks } from './locks';
import { repository, toolLinks } from './paths';
import { noteGroup, stopIfInterrupted } from './run';
import { stackFileOf } from './stacks';

export type Verb = 'up' | 'preview' | 'destroy';

const pulumi = join(toolLinks, 'pulumi');

const command = (verb: Verb, stack: string) => [
  verb,
  '--stack',
  stack,
  '--config-file',
  stackFileOf(stack),
  '--non-interactive',
];

/** Deploys or destroys without showing it first. */
const atOnce = ['--yes', '--skip-preview'];

/**
 * Deploys a stack.
 *
 * @returns what changed, for people
 * @throws CommandError with the end of pulumi's output; can be repeated
 */
export const up = (stack: string): Promise<string> => logged('up', stack);

/** Removes a stack with all it protects, for `down`. */
export async function remove(stack: string): Promise<string> {
  await run(pulumi, ['state', 'unprotect', '--all', '--yes', '--stack', stack], {
    cwd: repository,
    env: environment(),
    log: `${stack}-unprotect`,
  });
  return logged('destroy', stack);
}

async function logged(verb: Verb, stack: string): Promise<string> {
  clearDeadLocks(stack);
  const flags = [...atOnce, '--color=never', '--suppress-outputs'];
  const output = await run(pulumi, [...command(verb, stack), ...flags], {
    cwd: repository,
    env: environment(),
    log: `${stack}-${verb}`,
  });
  return changes(output);
}

/** The counts of pulumi's summary, such as "87 created". */
function changes(output: string): string {
  const summary = output.slice(output.lastIndexOf('\nResources:'));
  const counts = [...summary.matchAll(/\d+ (created|updated|replaced|deleted|unchanged)/g)];
  return counts.map(([count]) => count).join(', ') || 'nothing to do';
}

/**
 * Runs a pulumi command on a stack before the user's eyes.
 *
 * @param flags for pulumi, as they are
 * @returns its exit code
 * @throws Interrupted when the run is ended
 */
export async function show(verb: Verb, stack: string, flags: readonly string[]): Promise<number> {
  stopIfInterrupted();
  clearDeadLocks(stack);
  // The stacks protect the bucket: `destroy` would refuse as long as it is there.
  const but = verb === 'destroy' ? ['--exclude-protected'] : [];
  const child = execa(pulumi, [...command(verb, stack), ...but, ...flags], {
    cwd: repository,
    env: environment(),
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    reject: false,
  });
  const result = await child.finally(noteGroup(child.pid, true));
  stopIfInterrupted();
  return result.exitCode ?? 1;
}

/** The same, without showing first what would be done. */
export const showAtOnce = (verb: Verb, stack: string, flags: readonly string[]): Promise<number> =>
  show(verb, stack, [...atOnce, ...flags]);

/**
 * The outputs of a stack.
 *
 * @param secrets whether in plain text: never for a log
 */
export async function outputs(stack: string, secrets = false): Promise<Record<string, unknown>> {
  const args = ['stack', 'output', '--json', '--stack', stack, '--non-interactive'];
  if (!secrets) {
    const text = await run(pulumi, args, { cwd: repository, env: environment(), log: `${stack}-output` });
    return JSON.parse(text) as Record<string, unknown>;
  }
  const { stdout } = await execa(pulumi, [...args, '--show-secrets'], {
    cwd: repository,
    env: environment(),
    stdin: 'ignore',
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}
