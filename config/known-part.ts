import type { z } from 'zod';
import { at } from './errors';
import { parsedAsMeant } from './meant';

/** A configuration with defaults in the place of what is wrong, and the keys of which nothing is known. */
export interface KnownPart<Config> {
  config: Config;
  unknown: readonly string[];
}

type Path = readonly string[];

/**
 * What is known of a configuration of which some values are wrong: the rest, with defaults for those.
 *
 * @param standIns values of required keys, which have no default
 * @returns undefined when nothing is left that the schema takes
 */
export function knownPart<T extends z.ZodType>(
  schema: T,
  written: object,
  standIns: object,
): KnownPart<z.output<T>> | undefined {
  const unknown = new Set<string>();
  let input = written;
  // Each round takes out what the last has left: at worst every level of the deepest key.
  for (let round = 0; round < 10; round++) {
    const result = parsedAsMeant(schema, input);
    if (result.success) return { config: result.data, unknown: [...unknown] };
    for (const path of result.error.issues.flatMap(pathsOf)) {
      const gone = outermost(path, input, unknown);
      if (gone.length === 0) return undefined;
      unknown.add(gone.join('.'));
      input = replaced(input, gone, at(standIns, gone)) as object;
    }
  }
  return undefined;
}

const pathsOf = (issue: z.core.$ZodIssue): Path[] => {
  const path = issue.path.map(String);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
};

/** The path, or what is around it: where it was taken out already, and of a list the whole. */
function outermost(path: Path, input: object, unknown: ReadonlySet<string>): Path {
  const parent = path.slice(0, -1);
  const again = unknown.has(path.join('.')) || Array.isArray(at(input, parent));
  return again && path.length > 0 ? outermost(parent, input, unknown) : path;
}

function replaced(node: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((inner: unknown, i) => (String(i) === first ? replaced(inner, rest, value) : inner));
  }
  const { [first]: inner, ...others } = (typeof node === 'object' ? node : {}) as Record<string, unknown>;
  const next = rest.length === 0 ? value : replaced(inner, rest, value);
  return next === undefined ? others : { ...others, [first]: next };
}
