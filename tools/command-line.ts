import './supported-node';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ConfigError } from '../config/errors';

/*
 * The one convention of the command line, for every script of package.json that is a program of this project:
 *
 *   0  done, and the answer is yes; also --help
 *   1  done, and the answer is no: a difference, a failed check, a plan that does not hold, a refused
 *   configuration 2  not done, for what was given: wrong arguments (the usage follows), a missing file, a
 *   tool not on PATH
 *
 * Options are given as `--flag value` or `--flag=value`. What is wrong is said in one message on standard
 * error. Only a fault of the program itself shows a stack trace; its exit code is 1, as Node has it.
 */

/**
 * A mistake of the user's. The message says what was found, what is allowed and what to do; no stack trace
 * helps.
 */
export class UserError extends Error {
  override name = 'UserError';
  readonly exitCode: 1 | 2;

  /** @param options exitCode: 1 where the program has done its work and this is the answer; 2 by default */
  constructor(message: string, { exitCode = 2, ...options }: ErrorOptions & { exitCode?: 1 | 2 } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** Arguments, or an environment, that a command cannot run with; the usage is printed below the message. */
export class UsageError extends UserError {
  override name = 'UsageError';
}

/**
 * A command that answers `--help` and wrong arguments as all do; arguments, options and action are still to
 * be added.
 *
 * @param name as people call it, `npm run render --`; that of a sub-command is one word
 * @param description what it does and what it needs; wrapped to the width of the terminal
 */
export const command = (name: string, description: string) => {
  const program = new Command(name);
  return program
    .description(description)
    .helpOption('-h, --help', 'print this usage')
    .helpCommand(false)
    .showHelpAfterError()
    .configureOutput({
      outputError: (text, write) => {
        write(unknownCommand(program) ?? text.replace(/^error: /, ''));
      },
    })
    .exitOverride();
};

/** A program that does something without a sub-command takes one that it does not have for an argument. */
function unknownCommand({ commands, args: [first], registeredArguments }: CommandUnknownOpts) {
  if (first === undefined || commands.length === 0 || registeredArguments.length > 0) return undefined;
  const names = commands.map((sub) => sub.name());
  if (first.startsWith('-') || names.includes(first)) return undefined;
  return `unknown command '${first}'; there are ${names.join(', ')}\n`;
}

/**
 * Reads the command line, runs the action and sets the exit code. An action that has done its work and whose
 * answer is no sets `process.exitCode = 1` itself.
 *
 * @param argv without the paths of Node and of the program
 */
export async function run(
  program: CommandUnknownOpts,
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  let called = program;
  // `npm run render | head` has read enough: no fault of anybody's.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  program.hook('preAction', (_, action) => {
    called = action;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, called);
  }
}

/** Prints what went wrong. @returns the exit code */
function report(error: unknown, called: CommandUnknownOpts): number {
  // Commander has printed its message and the usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    console.error(error.message);
    if (error instanceof UsageError) console.error(`\n${called.helpInformation({ error: true })}`);
    return error.exitCode;
  }
  console.error(error instanceof ConfigError ? error.message : error);
  return 1;
}

/**
 * Reads or checks several things that the user named.
 *
 * @param argv the command line, in whose order options are said that are wrong
 * @throws UserError with what is wrong with any of them, one line or more for each; a UsageError where one of
 *   them is
 */
export function allOf<T extends readonly unknown[]>(
  readings: { [I in keyof T]: () => T[I] },
  argv: readonly string[] = process.argv.slice(2),
): T {
  const errors: UserError[] = [];
  const values = readings.map((reading) => {
    try {
      return reading();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      errors.push(error);
      return undefined;
    }
  });
  if (errors.length === 0) return values as unknown as T;
  const message = errors
    .map((error) => error.message)
    .sort((a, b) => placeOf(a, argv) - placeOf(b, argv))
    .join('\n');
  throw errors.some((error) => error instanceof UsageError)
    ? new UsageError(message)
    : new UserError(message);
}

/** Where the option stands with which a message begins; what begins with none comes last. */
function placeOf(message: string, argv: readonly string[]): number {
  const option = /^--[\w-]+/.exec(message)?.[0];
  const at = argv.findIndex((argument) => argument.split('=', 1)[0] === option);
  return at < 0 ? argv.length : at;
}

/**
 * Reads a file that the user named.
 *
 * @param argument how it was named, such as `--central`
 * @throws UserError when it cannot be read
 */
export function readGiven(argument: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === undefined) throw error;
    throw new UserError(`${argument} ${path}: ${why}. Name a file that can be read.`, { cause: error });
  }
}

/** Why a file could not be read, for people; undefined: for a reason that is no mistake of the user's. */
export const whyUnreadable = (error: unknown): string | undefined =>
  unreadable[(error as NodeJS.ErrnoException).code ?? ''];

/**
 * Makes a folder that the user named, unless it is there, and asks whether files can be written there.
 *
 * @param argument how it was named, such as `--out`
 * @throws UserError when it cannot be
 */
export function makeGiven(argument: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    const why = unmakeable[(error as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw error;
    throw new UserError(`${argument} ${path}: ${why}. Name a folder that can be made.`, { cause: error });
  }
}

const unmakeable: Readonly<Partial<Record<string, string>>> = {
  EEXIST: 'a file',
  ENOENT: 'no name of a folder',
  ENOTDIR: 'below a file',
  EACCES: 'this user may not make it or write there',
  EROFS: 'on a file system that is read-only',
};

const unreadable: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'this user may not read it',
};
