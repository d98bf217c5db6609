import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from './command-line';

/**
 * Whether a file that the user named can be written, asked before the work whose result it is to hold.
 * Nothing is made or changed.
 *
 * @param option how it was named, such as `--out`
 * @param path undefined: none was named
 * @throws UserError when it cannot
 */
export function checkWritable(option: string, path: string | undefined): void {
  if (path === undefined) return;
  if (path === '') throw new UserError(`${option}: found nothing. ${remedy}`);
  const why = whyNot(() => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return 'a folder';
    if (!found && !statSync(dirname(path)).isDirectory()) return 'below a file';
    accessSync(found ? path : dirname(path), constants.W_OK);
    return undefined;
  });
  if (why !== undefined) throw new UserError(`${option} ${path}: ${why}. ${remedy}`);
}

/**
 * Writes a file that the user named.
 *
 * @throws UserError when it cannot be, as when the disk is full
 */
export function writeGiven(option: string, path: string, text: string): void {
  const why = whyNot(() => {
    writeFileSync(path, text);
    return undefined;
  });
  if (why !== undefined) throw new UserError(`${option} ${path}: ${why}. ${remedy}`);
}

const remedy = 'Name a file that can be written.';

function whyNot(trying: () => string | undefined): string | undefined {
  try {
    return trying();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return unwritable[code] ?? message;
  }
}

const unwritable: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'below a file',
  EISDIR: 'a folder',
  EACCES: 'this user may not write it',
  EPERM: 'this user may not write it',
  EROFS: 'on a file system that is read-only',
  ENOSPC: 'no room left on the disk',
};
