import { diffArrays } from 'diff';
import type { Path, Plain } from '../render/registered';

/** One field that differs. An absent side: the field is not there. */
export interface FieldChange {
  /**
   * Keys from the outside in; an item of a list is `[NAME]`, or `[POSITION]` where it has no name. Where
   * several have the name it is `[NAME #POSITION]`.
   */
  path: Path;
  before?: Plain;
  after?: Plain;
}

/**
 * What differs between two values, each difference at the innermost place: a field that is there on one side
 * only is one change with all that is below it.
 *
 * Items of a list are compared with those that they belong to, not with those at the same position: an item
 * more at the front would otherwise change all that follow.
 */
export function fieldChanges(before: Plain, after: Plain, path: Path = []): FieldChange[] {
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  if (isMapping(before) && isMapping(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => sides(own(before, key), own(after, key), [...path, key]));
  }
  return same(before, after) ? [] : [{ path, before, after }];
}

function sides(before: Plain | undefined, after: Plain | undefined, path: Path): FieldChange[] {
  if (before !== undefined && after !== undefined) return fieldChanges(before, after, path);
  if (before !== undefined) return [{ path, before }];
  return after === undefined ? [] : [{ path, after }];
}

/** How many values a field holds; an empty list or mapping is one. */
export function leafCount(value: Plain | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== 'object' || value === null) return 1;
  return Math.max(
    1,
    Object.values(value).reduce((sum: number, inner) => sum + leafCount(inner), 0),
  );
}

/** How many values a change touches. */
export const changedLeaves = ({ before, after }: FieldChange): number =>
  Math.max(leafCount(before), leafCount(after));

type Mapping = Record<string, Plain>;

const isMapping = (value: Plain): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Not what every object has, such as `constructor`. */
const own = (mapping: Mapping, key: string) => (Object.hasOwn(mapping, key) ? mapping[key] : undefined);

const same = (a: Plain, b: Plain) => JSON.stringify(a) === JSON.stringify(b);

function listChanges(before: readonly Plain[], after: readonly Plain[], path: Path): FieldChange[] {
  const changes: FieldChange[] = [];
  let gone: Plain[] = [];
  let position = 0;
  const repeated = repeatedNames([before, after]);
  const called = (item: Plain | undefined, place: number) => {
    const name = identity(item);
    return name === undefined ? place : repeated.has(name) ? `${name} #${place}` : name;
  };
  // Beyond it what two lists have in common takes minutes to find.
  const parts = diffArrays([...before], [...after], { comparator: same, maxEditLength: 1000 }) ?? [
    { removed: true, added: false, value: [...before] },
    { removed: false, added: true, value: [...after] },
  ];
  const settle = (come: readonly Plain[]) => {
    const positions = come.map((_, i) => position + i);
    for (const [left, right, i] of pairs(gone, come)) {
      const place = positions[i] ?? position;
      changes.push(...sides(left, right, [...path, `[${called(left ?? right, place)}]`]));
    }
    gone = [];
  };
  for (const { added, removed, value } of parts) {
    if (removed) {
      settle([]);
      gone = value;
    } else if (added) {
      settle(value);
      position += value.length;
    } else {
      settle([]);
      position += value.length;
    }
  }
  settle([]);
  return changes;
}

/** Names that more than one item of a list has. */
function repeatedNames(lists: readonly (readonly Plain[])[]): Set<string> {
  const seen = lists.map(() => new Set<string>());
  return new Set(
    lists.flatMap((list, i) =>
      list.flatMap((item) => {
        const name = identity(item);
        if (name === undefined) return [];
        if (seen[i]?.has(name)) return [name];
        seen[i]?.add(name);
        return [];
      }),
    ),
  );
}

type Pair = readonly [before: Plain | undefined, after: Plain | undefined, position: number];

/** Items that went and items that came at the same place: those that are the same thing, changed. */
function pairs(gone: readonly Plain[], come: readonly Plain[]): Pair[] {
  const left = new Set(gone.keys());
  const byName = new Map<string, number[]>();
  gone.forEach((item, j) => {
    const name = identity(item);
    if (name === undefined) return;
    const others = byName.get(name);
    if (others) others.push(j);
    else byName.set(name, [j]);
  });
  const found = come.map((item, i): Pair => {
    const name = identity(item);
    const alone = gone.length === come.length && identity(gone[i]) === undefined ? i : undefined;
    const at = name === undefined ? alone : byName.get(name)?.shift();
    if (at === undefined) return [undefined, item, i];
    left.delete(at);
    return [gone[at], item, i];
  });
  return [...[...left].map((j): Pair => [gone[j], undefined, j]), ...found];
}

/** What an item of a list is called: its name, or of `--flag=value` the flag. */
function identity(item: Plain | undefined): string | undefined {
  if (typeof item === 'string') return /^(--?[\w.-]+)=/.exec(item)?.[1];
  if (item === undefined || !isMapping(item)) return undefined;
  const metadata = item['metadata'];
  const inner = metadata !== undefined && isMapping(metadata) ? metadata['name'] : undefined;
  const name = item['name'] ?? item['alert'] ?? item['record'] ?? inner;
  return typeof name === 'string' ? name : undefined;
}
