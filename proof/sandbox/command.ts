import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { logs } from './paths';
import { runVariable } from './processes';
import { noteGroup, outlivingEnvironment, stopIfInterrupted } from './run';

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
  /** What it starts runs on when this run ends. */
  outlives?: boolean;
}

/**
 * Runs a command with its output in a log file; in a run of the sandbox (`run.ts`) in a process group of its
 * own, else in the terminal's, which ends with Ctrl-C.
 *
 * @returns its standard output
 * @throws CommandError with the end of the log and its path; Interrupted when the run was ended before
 */
export async function run(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  stopIfInterrupted();
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = join(logs, `${options.log}.log`);
  const child = execa(file, args, {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { ...(options.outlives && outlivingEnvironment()), ...options.env },
    detached: process.env[runVariable] !== undefined,
    ...(options.input !== undefined ? { input: options.input } : { stdin: 'ignore' as const }),
    ...(options.timeout !== undefined && { timeout: options.timeout * 1000 }),
    stdout: ['pipe', { file: log }],
    stderr: ['pipe', { file: log }],
    reject: false,
  });
  const ended = noteGroup(child.pid, isEngine(file));
  const result = await child.finally(ended);
  if (result.exitCode === 0) return result.stdout;
  stopIfInterrupted();
  const why = result.timedOut
    ? `did not end within ${options.timeout ?? 0} s`
    : result.exitCode === undefined
      ? (result.originalMessage ?? 'was ended by a signal')
      : `failed with exit code ${result.exitCode}`;
  throw new CommandError(`${[file, ...args].join(' ')}\n${why}${tail(log)}\nWhole log: ${log}`);
}

/** Whether a command is pulumi itself. */
export const isEngine = (file: string): boolean => basename(file) === 'pulumi';

/** The end of a log, after a line break. */
function tail(log: string): string {
  const lines = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(-shownLines)
    .map((line) => `\n    ${line}`)
    .join('');
}
