import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../command-line';
import { deployment, outputsOnly } from './deployment';
import { pulumi, pulumiJson, type Environment } from './pulumi';
import type { Selection } from './selection';

const stackList = z.array(z.object({ name: z.string() }));

/** A stack that holds outputs of another one, and nothing else. */
export interface Target {
  project: string;
  stack: string;
  /**
   * URL of the secrets provider that the stack is made with; undefined: a passphrase, or the backend's own.
   */
  secretsProvider: string | undefined;
  /** Where its passphrase is, for instance. */
  environment: Environment;
}

/**
 * Writes outputs into a stack of their own, which is made if need be, in the backend that pulumi is logged
 * in to.
 *
 * By export and import, since a program could not: a process has one passphrase, and this takes two.
 */
export async function publish(target: Target, selection: Selection): Promise<void> {
  const { project, stack, secretsProvider, environment } = target;
  // A project of its own: creating a stack writes a stack file, and this repository is full of them.
  const folder = mkdtempSync(join(tmpdir(), `${project}-`));
  try {
    writeFileSync(join(folder, 'Pulumi.yaml'), `name: ${project}\nruntime: nodejs\n`);
    const ask = (args: readonly string[], input?: string) => pulumi(folder, args, environment, input);
    const known = await pulumiJson(stackList, folder, ['stack', 'ls', '--json'], environment);
    if (!known.some(({ name }) => name.split('/').at(-1) === stack)) {
      const provider = secretsProvider === undefined ? [] : ['--secrets-provider', secretsProvider];
      await ask(['stack', 'init', stack, '--no-select', ...provider]);
    }
    const before = await pulumiJson(deployment, folder, ['stack', 'export', '--stack', stack], environment);
    if (before.deployment.resources?.some(isNoStack)) {
      throw new UserError(
        `Stack ${project}/${stack} has resources, so it is not one of outputs alone, and stays as it is. Name another stack, or destroy it first.`,
      );
    }
    const state = outputsOnly(target, before, selection);
    await ask(['stack', 'import', '--stack', stack], JSON.stringify(state));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isNoStack = (resource: object) => !('type' in resource) || resource.type !== 'pulumi:pulumi:Stack';
