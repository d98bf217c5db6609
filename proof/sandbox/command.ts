import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { logs } from './paths';

/** Lines of a log that a failure shows. */
const shownLines = 25;

/** A command of the sandbox that failed, with the end of its log. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export interface CommandOptions {
  /** Name of the log file. */
  log: string;
  cwd?: string;
  /** Added to the environment; undefined removes. */
  env?: Readonly<Record<string, string | undefined>>;
  input?: string;
  /** Seconds. */
  timeout?: number;
}

/**
 * Runs a command with its output in a log file.
 *
 * @returns its standard output
 * @throws CommandError with the end of the log and its path
 */
export async function run(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = join(logs, `${options.log}.log`);
  const result = await execa(file, args, {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env !== undefined && { env: options.env }),
    ...(options.input !== undefined ? { input: options.input } : { stdin: 'ignore' as const }),
    ...(options.timeout !== undefined && { timeout: options.timeout * 1000 }),
    stdout: ['pipe', { file: log }],
    stderr: ['pipe', { file: log }],
    reject: false,
  });
  if (result.exitCode === 0) return result.stdout;
  const why = result.timedOut
    ? `did not end within ${options.timeout ?? 0} s`
    : result.exitCode === undefined
      ? (result.originalMessage ?? 'was ended by a signal')
      : `failed with exit code ${result.exitCode}`;
  throw new CommandError(`${[file, ...args].join(' ')}\n${why}${tail(log)}\nWhole log: ${log}`);
}

/** Less pulumi's note, several times per provider, that a plugin on PATH is used: the steps have said so. */
const telling = (line: string) => line.trim() !== '' && !line.includes('warning: using pulumi-resource-');

/** The end of a log, after a line break. */
function tail(log: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').filter(telling);
  return lines
    .slice(-shownLines)
    .map((line) => `\n    ${line}`)
    .join('');
}
