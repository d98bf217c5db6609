import type { ResourceChange } from './stack-changes';

/** Things that are the same but for the name of the edge that they are about. */
export interface Alike<T> {
  items: readonly T[];
  /** The first of them, to be shown. */
  first: T;
}

/** Groups by a signature, in the order of the first of each group. */
export function alike<T>(items: readonly T[], signature: (item: T) => string): Alike<T>[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = signature(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ items: group, first: group[0] }],
  );
}

/** The text with the name of an edge taken out, so that what is said of two edges can be compared. */
export function without(name: string, text: string): string {
  return text.replaceAll(new RegExp(`(?<![A-Za-z0-9])${literal(name)}(?![A-Za-z0-9])`, 'g'), '⟨edge⟩');
}

const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Of the names, that which a text holds; the longest, since `edge-1` is also in `edge-1-b`. */
export function nameIn(names: ReadonlySet<string>, text: string): string | undefined {
  let found: string | undefined;
  // Words stand at even places, what is between them at odd ones. All runs of words are looked up, since
  // trying each of hundreds of names would take as many times longer.
  const words = text.split(/([^A-Za-z0-9]+)/);
  for (let from = 0; from < words.length; from += 2) {
    let candidate = words[from] ?? '';
    for (let next = from + 1; candidate.length <= longestName; next += 2) {
      if (candidate.length > (found?.length ?? 0) && names.has(candidate)) found = candidate;
      if (next >= words.length) break;
      candidate += `${words[next] ?? ''}${words[next + 1] ?? ''}`;
    }
  }
  return found;
}

/** Characters: Pulumi has no longer name of a stack, Kubernetes no longer label. */
const longestName = 100;

/** What a change of a resource is, whichever edge it is about. Positions in lists say nothing. */
export function signature(change: ResourceChange, edge: string | undefined): string {
  const text = JSON.stringify([change.kind, change.type, change.name, change.fields, change.because]);
  return edge === undefined ? text : without(edge, text);
}
