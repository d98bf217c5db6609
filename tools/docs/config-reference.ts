import { z } from 'zod';
import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';

interface Schema {
  /** What stands for the whole schema in the table, without rows for what is in it. */
  title?: string;
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
}

interface Row {
  key: string;
  type: string;
  fallback: string;
  meaning: string;
}

const code = (value: unknown) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** One row for each leaf of a schema; a choice between shapes gives the rows of each. */
function rows(schema: Schema, key: string, required: boolean): Row[] {
  if (schema.title !== undefined) return [row(key, schema, required)];
  const shapes = schema.oneOf ?? schema.anyOf;
  if (shapes) {
    const note = schema.description ? [row(key, schema, required)] : [];
    const all = [...note, ...shapes.flatMap((shape) => rows(shape, key, required))];
    return all.filter((r, i) => all.findIndex((other) => other.key === r.key && other.type === r.type) === i);
  }
  if (schema.items?.properties) return [row(key, schema, required), ...rows(schema.items, `${key}[]`, true)];
  if (!schema.properties) return [row(key, schema, required)];
  const inner = Object.entries(schema.properties).flatMap(([name, property]) =>
    rows(property, key ? `${key}.${name}` : name, schema.required?.includes(name) ?? false),
  );
  return schema.description ? [row(key, schema, required), ...inner] : inner;
}

const row = (key: string, schema: Schema, required: boolean): Row => ({
  key,
  type: schema.title ?? (schema.const === undefined ? (schema.type ?? 'object') : code(schema.const)),
  fallback:
    schema.default === undefined
      ? required
        ? 'required'
        : '–'
      : schema.properties
        ? ''
        : code(schema.default),
  meaning: schema.description ?? '',
});

const table = (schema: z.ZodType) =>
  [
    '| key | type | default | meaning |',
    '|---|---|---|---|',
    ...rows(z.toJSONSchema(schema, { io: 'input' }) as Schema, '', true).map(
      (r) => `| \`${r.key}\` | ${r.type} | ${r.fallback} | ${r.meaning} |`,
    ),
  ].join('\n');

/** `docs/config.md`: every key of both roles, from the schemas themselves. */
export const configReference = (): string => `# Configuration

Made by \`npm run docs\` from \`config/\`; every key stands below \`monitoring:\` in a stack file. Amounts of bytes are written
\`2Gi\` or \`500MB\`, durations \`30s\`, \`6h\` or \`15d\`, CPU \`500m\` or \`2\`. Texts that YAML takes for a number or a truth
(\`"1.10"\`, \`"true"\`) stand in quotes; a list or mapping with nothing in it is as good as absent. Unknown keys are errors, also those of
other namespaces that nobody reads.

## Central stack (\`role: central\`)

${table(centralSchema)}

Secrets, needed when \`objectStore.kind\` is \`minio\` (an administrator of the MinIO server):
\`pulumi config set --secret objectStoreUser\` and \`pulumi config set --secret objectStorePassword\`.

A \`secret\` is never a text: either \`{ configKey: NAME }\`, a name of your choice that
\`pulumi config set --secret NAME\` gives its value, or \`{ secretName: NAME, key: KEY }\`, a Secret that exists in the
namespace \`monitoring\`. [Alerts](alerting.md) shows receivers and routes.

## Edge stack (\`role: edge\`)

${table(edgeSchema)}
`;
