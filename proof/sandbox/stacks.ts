import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSecret, ownConfig } from '../e2e/stack-config';
import { run } from './command';
import { backend, environment } from './environment';
import type { ObjectStore } from './object-store';
import { repository, state, toolLinks } from './paths';
import type { Sandbox } from './record';
import { stackFile } from './stack-config';

/**
 * A Pulumi project of the same name beside the repository's: creating a stack writes its stack file here, not
 * there.
 */
const project = join(state, 'project');

const pulumi = join(toolLinks, 'pulumi');

/** The sandbox's own stack file. */
export const stackFileOf = (stack: string) => join(project, `Pulumi.${stack}.yaml`);

/** Text of a committed stack file. */
export const committed = (stack: string): string =>
  readFileSync(join(repository, `Pulumi.${stack}.yaml`), 'utf8');

/**
 * Creates a stack if need be, and writes its stack file from the committed one as it is now.
 *
 * @param sandbox has access to the stack's cluster
 */
export async function configure(stack: string, sandbox: Sandbox, store: ObjectStore): Promise<void> {
  const cluster = sandbox.clusters[stack];
  if (!cluster) throw new Error(`the sandbox has no cluster ${stack}`);
  mkdirSync(project, { recursive: true, mode: 0o700 });
  writeFileSync(join(project, 'Pulumi.yaml'), 'name: monitoring\nruntime: nodejs\n');
  const inProject = { cwd: project, env: environment(), log: `${stack}-config` };
  if (!existsSync(stateOf(stack))) {
    await run(pulumi, ['stack', 'init', stack, '--no-select', '--non-interactive'], inProject);
  }
  const text = committed(stack);
  const previous = existsSync(stackFileOf(stack)) ? readFileSync(stackFileOf(stack), 'utf8') : '';
  const { charts, real } = sandbox;
  const to = { cluster, charts, real, objectStore: `${store.address}:${store.port}` };
  writeFileSync(stackFileOf(stack), stackFile(stack, text, previous, to), { mode: 0o600 });
  if (ownConfig(text)['objectStore'] === undefined) return;
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

/** Pulumi's state of a stack; there once the stack has been made. */
const stateOf = (stack: string) => join(backend, '.pulumi', 'stacks', 'monitoring', `${stack}.json`);

/** Whether anything of a stack was deployed, in this sandbox. */
export function deployed(stack: string): boolean {
  if (!existsSync(stateOf(stack))) return false;
  const { checkpoint } = JSON.parse(readFileSync(stateOf(stack), 'utf8')) as {
    checkpoint?: { latest?: { resources?: unknown[] } };
  };
  return (checkpoint?.latest?.resources ?? []).length > 0;
}
