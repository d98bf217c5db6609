import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { named, type Fault } from './faults';
import type { Catch } from './tests';

/** Who noticed each fault, kept in a file, so that a run that was ended goes on where it was. */
export class Results {
  private readonly byName: Record<string, Catch>;

  constructor(private readonly path: string) {
    this.byName = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Catch>) : {};
  }

  of(fault: Fault): Catch | undefined {
    return this.byName[named(fault)];
  }

  set(fault: Fault, caught: Catch): void {
    this.byName[named(fault)] = caught;
    writeFileSync(this.path, JSON.stringify(this.byName, null, 2));
  }
}

const columns = ['behaviour', 'compiler', 'golden', 'nothing'] as const;

/**
 * How many faults of each kind were noticed by whom, and those that no test of behaviour noticed, one a line.
 */
export function page(faults: readonly Fault[], results: Results): string {
  const counted = (some: readonly Fault[]) =>
    columns.map((column) => some.filter((fault) => results.of(fault) === column).length);
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const row = (name: string, some: readonly Fault[]) =>
    [name.padEnd(12), ...[some.length, ...counted(some)].map((count) => String(count).padStart(10))].join('');
  const unnoticed = columns.slice(2).flatMap((column) => {
    const some = faults.filter((fault) => results.of(fault) === column);
    return some.length > 0
      ? ['', `by ${column === 'golden' ? 'a golden alone' : column}:`, ...some.map(named)]
      : [];
  });
  return [
    ['kind'.padEnd(12), ...['faults', ...columns].map((title) => title.padStart(10))].join(''),
    ...kinds.map((kind) =>
      row(
        kind,
        faults.filter((fault) => fault.kind === kind),
      ),
    ),
    row('all', faults),
    ...unnoticed,
  ].join('\n');
}
