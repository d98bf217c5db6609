import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UserError } from '../../tools/command-line';

/** One deliberate fault: a text of a product file that stands there once, and what it becomes. */
export interface Fault {
  /** What sort of mistake it is; the table counts by it. */
  kind: string;
  file: string;
  text: string;
  replacement: string;
}

/** A fault in one line, also its name among the results. */
export const named = ({ file, text, replacement }: Fault): string =>
  `${file}: ${JSON.stringify(text)} -> ${JSON.stringify(replacement)}`;

/** All of faults.yaml, in its order. */
export function faults(): Fault[] {
  const path = join(__dirname, 'faults.yaml');
  const kinds = parse(readFileSync(path, 'utf8')) as Record<string, Record<string, [string, string][]>>;
  return Object.entries(kinds).flatMap(([kind, files]) =>
    Object.entries(files).flatMap(([file, changes]) =>
      changes.map(([text, replacement]) => ({ kind, file, text, replacement })),
    ),
  );
}

/** @throws UserError with every fault whose text does not stand in its file exactly once */
export function checkTexts(all: readonly Fault[], repository: string): void {
  const wrong = all.flatMap((fault) => {
    const count = readFileSync(join(repository, fault.file), 'utf8').split(fault.text).length - 1;
    return count === 1 ? [] : [`${named(fault)}: the text stands there ${count} times, not once`];
  });
  if (wrong.length > 0) throw new UserError(wrong.join('\n'));
}
