import { dirname, resolve } from 'node:path';
import { execa } from 'execa';
import { readGiven, UserError } from '../../command-line';
import { parsedJson } from '../../json';
import { endOf, needPrograms } from '../../programs';

/** Where a stack's outputs come from. */
export interface Outputs {
  /** All of them, without secrets. */
  plain: () => Promise<Record<string, unknown>>;
  /** One of them in plain text; undefined where it is not to be had. */
  secret: (name: string) => Promise<unknown>;
}

/** From a file that `pulumi stack output --json` wrote, with `--show-secrets` or without. */
export function outputsIn(path: string): Outputs {
  const all = parsed(`--outputs ${path}`, readGiven('--outputs', path));
  // Without --show-secrets pulumi writes this in the place of each.
  const known = (name: string) => (all[name] === '[secret]' ? undefined : all[name]);
  return { plain: () => Promise.resolve(all), secret: (name) => Promise.resolve(known(name)) };
}

/**
 * From pulumi itself, as the shell has it (backend, passphrase). Secrets are asked one by one, since the
 * edges' keys are among them and nobody here needs those.
 *
 * @param stackFile whose folder is the project's
 */
export function outputsOf(stack: string, stackFile: string): Outputs {
  needPrograms('pulumi');
  const output = async (...args: string[]) => {
    const result = await execa(
      'pulumi',
      ['stack', 'output', '--json', '--stack', stack, '--non-interactive', '--color=never', ...args],
      { cwd: resolve(dirname(stackFile)), stdin: 'ignore', timeout: 60_000, reject: false },
    );
    if (result.exitCode === 0) return result.stdout;
    throw new UserError(
      `pulumi stack output --stack ${stack}: ${said(result.stderr) || endOf(result)}. ${remedy}`,
    );
  };
  return {
    plain: async () => parsed(`stack ${stack}`, await output()),
    secret: async (name) =>
      parsedJson(
        `pulumi stack output --stack ${stack} ${name}`,
        await output(name, '--show-secrets'),
        'Run it by hand: what is on its standard output beside the answer must go.',
      ),
  };
}

const remedy =
  'Name a stack of this backend (pulumi stack ls), log in to it (pulumi login), or give its outputs with --outputs FILE.';

const said = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('warning:'))
    .map((line) => line.replace(/^error: /, ''))[0] ?? '';

function parsed(where: string, text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(`${where}: no outputs. Needed is what pulumi stack output --json prints.`);
}
