import type { z } from 'zod';
import { at } from './errors';
import { Cpu, Quantity } from './units';

/** Parses what was written, and once more what it means, until nothing is plain any longer. */
export function parsedAsMeant<T extends z.ZodType>(
  schema: T,
  written: object,
): z.ZodSafeParseResult<z.output<T>> {
  const result = schema.safeParse(written);
  const meant = result.success ? undefined : asMeant(written, result.error.issues);
  return meant === undefined ? result : parsedAsMeant(schema, meant);
}

/** What a value means whose type is another than the schema's, but whose meaning is plain. */
type Meant = { value: unknown } | 'absent';

/** Amounts that a plain number says too, as it does to Kubernetes. */
const countable = [Cpu.allowed, Quantity.allowed];

/**
 * Reads what people write for what they mean: `"2"` and `"true"` where a number and a truth is wanted, `cpu:
 * 2`, and a list or a mapping with nothing in it, such as `edges:` whose entries are all commented out.
 * Nothing in the place of a text or a number stays wrong: there, somebody has forgotten the value.
 *
 * @param issues what the schema says of `input`
 * @returns undefined when no issue is of this kind
 */
export function asMeant(input: object, issues: readonly z.core.$ZodIssue[]): object | undefined {
  const found = issues.flatMap((issue) => {
    const path = issue.path.map(String);
    // An entry of a list stays, so that others keep their places.
    const entry = Array.isArray(at(input, path.slice(0, -1)));
    const meant = entry && at(input, path) === null ? undefined : meaning(issue, at(input, path), path);
    return meant === undefined || path.length === 0 ? [] : [{ path, meant }];
  });
  return found.length === 0 ? undefined : found.reduce(changed, input);
}

function meaning(issue: z.core.$ZodIssue, value: unknown, path: readonly string[]): Meant | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  // At the top Pulumi hands over an empty text for nothing.
  const nothing = value === null || (value === '' && path.length === 1);
  switch (issue.expected) {
    case 'array':
    case 'object':
    case 'record':
      return nothing ? 'absent' : undefined;
    case 'boolean':
      return value === 'true' || value === 'false' ? { value: value === 'true' } : undefined;
    case 'int':
    case 'number':
      return typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value)
        ? { value: Number(value) }
        : undefined;
    case 'string':
      return typeof value === 'number' && countable.some((text) => issue.message.startsWith(text))
        ? { value: String(value) }
        : undefined;
    default:
      return undefined;
  }
}

/** The same with another value under a path, or without the key. */
function changed(node: object, { path, meant }: { path: readonly string[]; meant: Meant }): object {
  const [first = '', ...rest] = path;
  if (Array.isArray(node)) {
    return node.map((inner: unknown, i) => (String(i) === first ? inside(inner, rest, meant) : inner));
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, inner]): [string, unknown][] =>
      key !== first
        ? [[key, inner]]
        : rest.length === 0 && meant === 'absent'
          ? []
          : [[key, inside(inner, rest, meant)]],
    ),
  );
}

const inside = (value: unknown, path: readonly string[], meant: Meant): unknown =>
  path.length === 0 ? (meant === 'absent' ? value : meant.value) : changed(value as object, { path, meant });
