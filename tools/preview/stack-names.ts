import { basename } from 'node:path';
import { UserError } from '../command-line';
import { stackFilesIn } from '../render/stack-file';

/**
 * Stacks of a folder.
 *
 * @param given those that the user named; none: all
 * @throws UserError for one without a file
 */
export function stackNames(folder: string, given: readonly string[]): string[] {
  const known = stackFilesIn(folder).map((path) => basename(path).slice('Pulumi.'.length, -'.yaml'.length));
  const unknown = given.filter((stack) => !known.includes(stack));
  if (unknown.length === 0) return given.length > 0 ? [...given] : known;
  throw new UserError(`${unknown.join(', ')}: no such stack file here. There are ${known.join(', ')}.`);
}
