export type Tree = Record<string, unknown>;

/** A copy of a tree for each of its leaves, with that leaf alone changed to another value of its type; a list
 * loses its first member. */
export function changes(tree: Tree): { path: string; changed: Tree }[] {
  return leaves(tree).map((keys) => {
    const changed = structuredClone(tree);
    const parent = keys.slice(0, -1).reduce<Tree>((node, key) => node[key] as Tree, changed);
    const last = keys.at(-1) ?? '';
    parent[last] = other(parent[last]);
    return { path: keys.join('.'), changed };
  });
}

/** Lists of scalars count as one leaf; of others, each member is a node. */
function leaves(node: unknown, path: string[] = []): string[][] {
  const scalars = Array.isArray(node) && node.every((member) => typeof member !== 'object');
  if (typeof node !== 'object' || node === null || scalars) return [path];
  return Object.entries(node).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ['x'];
  return value;
}
