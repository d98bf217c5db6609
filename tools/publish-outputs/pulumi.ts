import { execa } from 'execa';
import { UserError } from '../command-line';

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
  throw new UserError(
    `pulumi ${args.join(' ')} failed:\n${result.stderr || (result.originalMessage ?? '')}`,
    {
      exitCode: 1,
    },
  );
}
