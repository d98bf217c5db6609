import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** The text of each rendered stack by file name, `STACK.yaml`. */
export type Rendered = ReadonlyMap<string, string>;

const patchStyle = { context: 3, headerOptions: FILE_HEADERS_ONLY };

/**
 * Compares what was rendered with the files of a folder.
 *
 * @param folder as it is shown in the diff
 * @returns a unified diff, also of files that only one side has; empty when both are the same
 */
export function difference(rendered: Rendered, folder: string): string {
  const present = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.yaml')) : [];
  const files = [...new Set([...present, ...rendered.keys()])].sort();
  return files
    .map((file) => {
      const path = join(folder, file);
      const before = present.includes(file) ? readFileSync(path, 'utf8') : '';
      const after = rendered.get(file) ?? '';
      return before === after
        ? ''
        : createTwoFilesPatch(path, `rendered/${file}`, before, after, undefined, undefined, patchStyle);
    })
    .join('');
}

/** Writes what was rendered into a folder, which is made if it is not there. */
export function write(rendered: Rendered, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of rendered) writeFileSync(join(folder, file), text);
}

/** Writes what was rendered, as `write` does, and removes the files of stacks that are gone. */
export function replace(rendered: Rendered, folder: string): void {
  write(rendered, folder);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml') && !rendered.has(name))) {
    rmSync(join(folder, file));
  }
}
