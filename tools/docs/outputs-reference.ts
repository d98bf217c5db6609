import { contractVersion } from '../../contract/central';
import { schemas, type OutputSchema } from '../../contract/schema';
import { examples } from './outputs-examples';

const cell = (text: string) => text.replaceAll('|', '\\|');

/** What a value is, as a table shows it. */
function typeOf(schema: OutputSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  if (schema.additionalProperties) return `map of ${typeOf(schema.additionalProperties)}`;
  return schema.type ?? 'any';
}

/** A row for an output, and one for each key in it, whose terms are those of the output. */
function rows(path: string, schema: OutputSchema, required: boolean, terms: OutputSchema): string[] {
  const row = [
    `\`${path}\``,
    `${typeOf(schema)}${required ? '' : ', may be absent'}`,
    terms['x-secret'] ? '**secret**' : 'plain',
    String(terms['x-since'] ?? ''),
    schema.description ?? '',
  ];
  const inside: [string, OutputSchema | undefined][] = [
    [path, schema],
    [`${path}[]`, schema.items],
    [`${path}.NAME`, schema.additionalProperties],
  ];
  const inner = inside.flatMap(([prefix, within]) =>
    Object.entries(within?.properties ?? {}).flatMap(([key, value]) =>
      rows(`${prefix}.${key}`, value, within?.required?.includes(key) ?? false, terms),
    ),
  );
  return [`| ${row.map(cell).join(' | ')} |`, ...inner];
}

const table = ({ properties = {}, required = [] }: OutputSchema) =>
  [
    '| output | type | secrecy | since | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(properties).flatMap(([name, schema]) =>
      rows(name, schema, required.includes(name), schema),
    ),
  ].join('\n');

const schemaOf = (file: string): OutputSchema => schemas()[file] ?? {};

/** `docs/outputs.md`: every output of both roles, from the contract itself. */
export const outputsReference = (): string => `# Outputs

<!-- Made by \`npm run docs\` from contract/: change that. -->

What a stack promises to other stacks and teams, contract version ${contractVersion}. **Since**: the contract version since which an output is
there. **Secret**: Pulumi encrypts it; [who can read what](secrets-access.md). The same as JSON Schemas:
[central](../contract/central.schema.json), [edge](../contract/edge.schema.json).

Within a contract version outputs and keys are only added, so ignore those that you do not know. Check \`contractVersion\` first: another
version may have removed an output or changed its type. \`npm run contract\`, and a test, compare the outputs with
[what was released](../contract/released) and refuse what breaks a promise.

## Central stack

${table(schemaOf('central.schema.json'))}

## Edge stack

${table(schemaOf('edge.schema.json'))}

${examples}`;
