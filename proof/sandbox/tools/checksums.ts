import { basename } from 'node:path';

/**
 * A file whose bytes are not those that were promised. Never a reason to build instead: somebody must look.
 */
export class ChecksumError extends Error {
  override name = 'ChecksumError';

  constructor(address: string, expected: string, found: string, source: string) {
    super(
      `${address} is not what it should be:\n` +
        `  sha256 of what was downloaded: ${found}\n` +
        `  sha256 by ${source}: ${expected}\n` +
        'Nothing of it was kept. Either the address serves another file now, or somebody stands in between: find ' +
        'out which before anything else. SANDBOX_TOOLS=build works without it.',
    );
  }
}

/**
 * The sum of a file in upstream's checksum file: lines of sum and name, or a sum alone.
 *
 * @returns undefined when the file names no sum of it
 */
export function sumOf(address: string, checksums: string): string | undefined {
  const lines = checksums.split('\n').flatMap((line) => {
    const [, sum, name] = /^\s*([0-9a-fA-F]{64})(?:\s+\*?(\S+))?\s*$/.exec(line) ?? [];
    return sum === undefined
      ? []
      : [{ sum: sum.toLowerCase(), name: name === undefined ? '' : basename(name) }];
  });
  // MinIO's files name the program without its platform.
  if (lines.length === 1) return lines[0]?.sum;
  return lines.find(({ name }) => name === basename(address))?.sum;
}
