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
