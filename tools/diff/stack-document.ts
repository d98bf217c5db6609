import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Plain } from '../render/registered';

/** A resource of a rendered stack. */
export interface Resource {
  /** `TYPE NAME`, and the types of its parents where two have both in common. */
  key: string;
  type: string;
  name: string;
  /** The types of its parents, from the outside in: with its own, what the engine knows it by. */
  parents: readonly string[];
  options: Plain;
  inputs: Plain;
}

/**
 * What `npm run render` wrote of a stack. Its text is what two revisions have in common; their code may
 * differ.
 */
export interface StackDocument {
  outputs: Plain;
  resources: readonly Resource[];
}

/** Characters of a name or type. Kubernetes, which has most of them, allows 253 in a name. */
const word = z.string().max(1000, 'found more than 1000 characters');
const mapping = z.custom<Record<string, Plain>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'needed is a mapping',
);

const headPart = z.object({ stack: word, outputs: mapping.optional() });
const resourcePart = z.object({
  type: word,
  name: word,
  parent: word.optional(),
  options: mapping.optional(),
  inputs: mapping.optional(),
});

type Part = z.infer<typeof resourcePart>;

/** Levels of mappings and lists; the committed stacks have 11, a stack of calls takes thousands. */
const deepest = 200;

/** A text that is no rendered stack; the message says what is wrong with it. */
export class StackDocumentError extends Error {
  override name = 'StackDocumentError';
}

/**
 * Reads a rendered stack.
 *
 * @throws StackDocumentError for a text that is none: another revision may write another form one day, and
 *   whoever wrote it need not have been a program of ours
 */
export function stackDocument(text: string): StackDocument {
  const [first, ...others] = parts(text);
  const head = checked(headPart, first, 'the first document');
  const rest = others.map((part, i) => checked(resourcePart, part, `document ${i + 2}`));
  const byLabel = new Map(rest.map((part) => [labelOf(part), part]));
  const resources = rest.map((part): Resource => {
    const { type, name, options = {}, inputs = {} } = part;
    return { key: labelOf(part), type, name, parents: parentTypes(part, byLabel), options, inputs };
  });
  return { outputs: head.outputs ?? {}, resources: distinct(resources) };
}

function parts(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text);
    if ('empty' in documents) return [];
    return documents.map((document) => {
      const [error] = document.errors;
      if (error) throw new StackDocumentError(`no YAML: ${firstLine(error.message)}`);
      // No render has an alias; a few of them make a gigabyte.
      return shallow(document.toJS({ maxAliasCount: 0 }));
    });
  } catch (error) {
    if (error instanceof StackDocumentError) throw error;
    // An alias, or brackets by the thousand, for which the parser has no room.
    throw new StackDocumentError(`no YAML of a stack: ${firstLine((error as Error).message)}`, {
      cause: error,
    });
  }
}

function checked<T>(schema: z.ZodType<T>, part: unknown, which: string): T {
  const { success, data, error } = schema.safeParse(part);
  if (success) return data;
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new StackDocumentError(`${which}: ${field === '' ? '' : `\`${field}\`: `}${issue?.message ?? ''}`);
}

function shallow(value: unknown, levels = deepest): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new StackDocumentError(`found more than ${deepest} levels of mappings and lists`);
  for (const inner of Object.values(value)) shallow(inner, levels - 1);
  return value;
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';

const labelOf = ({ type, name }: Part) => `${type} ${name}`;

function parentTypes(part: Part, byLabel: ReadonlyMap<string, Part>): string[] {
  const types: string[] = [];
  const seen = new Set<string>();
  for (let label = part.parent; label !== undefined && !seen.has(label);) {
    seen.add(label);
    types.unshift(label.slice(0, label.indexOf(' ')));
    label = byLabel.get(label)?.parent;
  }
  return types;
}

/** Two of a type and a name differ by their parents; where even those are the same, by their order. */
function distinct(resources: readonly Resource[]): Resource[] {
  const seen = new Set<string>();
  const repeated = new Set(
    resources.flatMap(({ key }) => {
      if (seen.has(key)) return [key];
      seen.add(key);
      return [];
    }),
  );
  const taken = new Map<string, number>();
  return resources.map((resource) => {
    if (!repeated.has(resource.key)) return resource;
    const key = `${resource.key} in ${resource.parents.join(' ')}`;
    const nth = (taken.get(key) ?? 0) + 1;
    taken.set(key, nth);
    return { ...resource, key: nth === 1 ? key : `${key} ${nth}` };
  });
}
