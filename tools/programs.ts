import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from './command-line';

/** The path of a program in the folders of PATH; undefined when none of them has it. */
export const onPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(runs);

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Looks for the programs that a command calls before it does anything.
 *
 * @throws UserError that names all that are missing
 */
export function needPrograms(...names: readonly string[]): void {
  const missing = names.filter((name) => onPath(name) === undefined);
  if (missing.length === 0) return;
  throw new UserError(
    `${missing.join(', ')}: in no folder of PATH. Install ${missing.length === 1 ? 'it' : 'them'}, or add the folder to PATH.`,
  );
}

/**
 * Path of a program in the folders of PATH.
 *
 * @throws UserError when none of them has it
 */
export function programPath(name: string): string {
  needPrograms(name);
  return onPath(name) ?? name;
}

/** How a program ended, as the end of a sentence: its exit code, the signal, or why it was not started. */
export function endOf({ exitCode, signal, originalMessage }: Ended): string {
  if (exitCode !== undefined) return `ended with ${exitCode}`;
  if (signal !== undefined) return `was ended by ${signal}`;
  return `could not be started: ${originalMessage ?? 'no reason given'}`;
}

/** Of what execa says of a program. */
interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  originalMessage?: string | undefined;
}
