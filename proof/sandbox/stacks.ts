import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { run } from './command';
import { environment } from './environment';
import { clearDeadLocks } from './locks';
import type { ObjectStore } from './object-store';
import { repository, state, toolLinks } from './paths';
import { hasSecret, stackFile, type Surroundings } from './stack-config';

/** The committed stacks that the sandbox deploys, the central one first. */
export const stacks = ['cluster-01', 'cluster-02'] as const;
export type Stack = (typeof stacks)[number];

export type Verb = 'up' | 'preview' | 'destroy';

/**
 * A Pulumi project of the same name beside the repository's: creating a stack writes its stack file here, not
 * there.
 */
const project = join(state, 'project');

const pulumi = join(toolLinks, 'pulumi');

/** The sandbox's own stack file. */
export const stackFileOf = (stack: Stack) => join(project, `Pulumi.${stack}.yaml`);

const command = (verb: Verb, stack: Stack) => [
  verb,
  '--stack',
  stack,
  '--config-file',
  stackFileOf(stack),
  '--non-interactive',
  ...(verb === 'preview' ? [] : ['--yes', '--skip-preview']),
];

/** Creates a stack if need be and writes its stack file. */
export async function configure(stack: Stack, to: Omit<Surroundings, 'objectStore'>, store: ObjectStore) {
  mkdirSync(project, { recursive: true, mode: 0o700 });
  writeFileSync(join(project, 'Pulumi.yaml'), 'name: monitoring\nruntime: nodejs\n');
  const inProject = { cwd: project, env: environment(), log: `${stack}-config` };
  if (!(await exists(stack))) {
    await run(pulumi, ['stack', 'init', stack, '--no-select', '--non-interactive'], inProject);
  }
  const committed = readFileSync(join(repository, `Pulumi.${stack}.yaml`), 'utf8');
  const previous = existsSync(stackFileOf(stack)) ? readFileSync(stackFileOf(stack), 'utf8') : '';
  const objectStore = `${store.address}:${store.port}`;
  writeFileSync(stackFileOf(stack), stackFile(committed, previous, { ...to, objectStore }), { mode: 0o600 });
  if (!committed.includes('monitoring:objectStore:')) return;
  for (const [key, value] of [
    ['monitoring:objectStoreUser', store.user],
    ['monitoring:objectStorePassword', store.password],
  ] as const) {
    if (hasSecret(previous, key)) continue;
    // By standard input: arguments can be read by every user of the machine.
    await run(pulumi, ['config', 'set', '--secret', key, '--stack', stack, '--non-interactive'], {
      ...inProject,
      input: value,
    });
  }
}

/**
 * Deploys a stack.
 *
 * @returns what changed, for people
 * @throws CommandError with the end of pulumi's output; can be repeated
 */
export const up = (stack: Stack): Promise<string> => logged('up', stack);

/** Removes a stack with all it protects, for `down`. */
export async function remove(stack: Stack): Promise<string> {
  await run(pulumi, ['state', 'unprotect', '--all', '--yes', '--stack', stack], {
    cwd: repository,
    env: environment(),
    log: `${stack}-unprotect`,
  });
  return logged('destroy', stack);
}

async function logged(verb: Verb, stack: Stack): Promise<string> {
  clearDeadLocks(stack);
  const output = await run(pulumi, [...command(verb, stack), '--color=never', '--suppress-outputs'], {
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
 * @returns its exit code
 */
export async function show(verb: Verb, stack: Stack, flags: readonly string[]): Promise<number> {
  // The stacks protect the bucket: `destroy` would refuse as long as it is there.
  const but = verb === 'destroy' ? ['--exclude-protected'] : [];
  const result = await execa(pulumi, [...command(verb, stack), ...but, ...flags], {
    cwd: repository,
    env: environment(),
    stdio: 'inherit',
    reject: false,
  });
  return result.exitCode ?? 1;
}

/** The outputs of a stack; secrets are masked. */
export async function outputs(stack: Stack): Promise<Record<string, unknown>> {
  const text = await run(pulumi, ['stack', 'output', '--json', '--stack', stack, '--non-interactive'], {
    cwd: repository,
    env: environment(),
    log: `${stack}-output`,
  });
  return JSON.parse(text) as Record<string, unknown>;
}

async function exists(stack: Stack): Promise<boolean> {
  const text = await run(pulumi, ['stack', 'ls', '--json', '--non-interactive'], {
    cwd: project,
    env: environment(),
    log: 'stacks',
  });
  return (JSON.parse(text) as { name: string }[]).some(({ name }) => name === stack);
}
