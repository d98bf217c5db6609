import { basename, join } from 'node:path';
import { allOf, UserError } from '../command-line';
import { checkWritable } from '../output-file';
import { needPrograms } from '../programs';
import { stackFilesIn } from '../render/stack-file';

/**
 * What `preview` and `drift` ask before they look at anything: stacks, a file that can be written, pulumi.
 *
 * @param given stacks that the user named; none: all of this repository
 * @throws UserError with all that is wrong
 */
export function stacksToLookAt(given: readonly string[], out: string | undefined): string[] {
  const [names] = allOf([
    () => stackNames(join(__dirname, '..', '..'), given),
    () => {
      checkWritable('--out', out);
    },
    () => {
      needPrograms('pulumi');
    },
  ]);
  return names;
}

/**
 * Stacks of a folder.
 *
 * @param given those that the user named; none: all
 * @throws UserError for one without a file
 */
function stackNames(folder: string, given: readonly string[]): string[] {
  const known = stackFilesIn(folder).map((path) => basename(path).slice('Pulumi.'.length, -'.yaml'.length));
  const unknown = given.filter((stack) => !known.includes(stack));
  if (unknown.length === 0) return given.length > 0 ? [...given] : known;
  throw new UserError(`${unknown.join(', ')}: no such stack file here. There are ${known.join(', ')}.`);
}
