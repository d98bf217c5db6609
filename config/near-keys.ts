import { z } from 'zod';

/** What of JSON Schema leads to keys. */
interface Schema {
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: unknown;
  propertyNames?: { enum?: readonly string[] };
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
}

type Role = 'central' | 'edge';

/**
 * What to do about a key that nobody knows: it is a key of the other role, of another kind, or one that is
 * spelt otherwise.
 *
 * @param schemas of both roles
 * @returns undefined where nothing is near
 */
export function nearKey(
  path: readonly string[],
  role: Role,
  schemas: Readonly<Record<Role, z.ZodType>>,
): string | undefined {
  const [parent, name] = [path.slice(0, -1), path.at(-1) ?? ''];
  const here = namesAt(jsonSchema(schemas[role]), parent);
  if (here.includes(name)) return `Remove it: it belongs to another kind of ${parent.join('.')}.`;
  const spelt = here.find((other) => plain(other) === plain(name));
  if (spelt !== undefined) return `Write ${spelt}.`;
  const other = role === 'central' ? 'edge' : 'central';
  if (!namesAt(jsonSchema(schemas[other]), parent).includes(name)) return undefined;
  return other === 'edge'
    ? 'Remove it: it is a key of edge stacks. Set it in the file of an edge.'
    : 'Remove it: it is a key of central stacks. Set it in the file of the central stack.';
}

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as Schema;

/** Less what people vary: case, signs between words, and the plural. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[-_ .]/g, '')
    .replace(/s$/, '');

/** The keys that may stand under a path, whatever kind is chosen on the way. */
const namesAt = (schema: Schema, path: readonly string[]): string[] => {
  const [first, ...rest] = path;
  const shapes = shapesOf(schema);
  if (first === undefined) {
    return shapes.flatMap((shape) => [
      ...Object.keys(shape.properties ?? {}),
      ...(shape.propertyNames?.enum ?? []),
    ]);
  }
  return shapes.flatMap((shape) => {
    const inner = /^\d+$/.test(first) && shape.items ? shape.items : shape.properties?.[first];
    return inner === undefined ? [] : namesAt(inner, rest);
  });
};

const shapesOf = (schema: Schema): Schema[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(shapesOf),
];
