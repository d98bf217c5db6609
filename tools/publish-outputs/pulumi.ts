import { execa } from 'execa';
import type { z } from 'zod';
import { UserError } from '../command-line';
import { checkedJson } from '../json';
import { endOf } from '../programs';

/** Added to the environment; undefined removes. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs pulumi in a folder.
 *
 * @param input for its standard input; may hold secrets, as may what it answers, so neither is ever part of
 *   an error
 * @returns its standard output
 * @throws UserError with what pulumi wrote to standard error
 */
export async function pulumi(
  cwd: string,
  args: readonly string[],
  env: Environment = {},
  input?: string,
): Promise<string> {
  const result = await execa('pulumi', [...args, '--non-interactive'], {
    cwd,
    env: { PULUMI_SKIP_UPDATE_CHECK: '1', ...env },
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    reject: false,
  });
  if (result.exitCode === 0) return result.stdout;
  const why = [...(result.exitCode === undefined ? [endOf(result)] : []), result.stderr].filter(Boolean);
  throw new UserError(
    `pulumi ${args.join(' ')} failed:\n${why.join('\n') || `it ${endOf(result)} and said nothing`}`,
    { exitCode: 1 },
  );
}

/**
 * The same, of what it answers in JSON.
 *
 * @throws UserError also where it answers something else, of which nothing is repeated
 */
export const pulumiJson = async <T>(
  schema: z.ZodType<T>,
  cwd: string,
  args: readonly string[],
  env: Environment = {},
): Promise<T> =>
  checkedJson(
    `pulumi ${args.join(' ')}`,
    schema,
    await pulumi(cwd, args, env),
    'Run it by hand: what is on its standard output beside the answer, such as a warning, must go.',
  );
