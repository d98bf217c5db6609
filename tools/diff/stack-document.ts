import { parseAllDocuments } from 'yaml';
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

type Part = Record<string, Plain | undefined>;

/**
 * Reads a rendered stack.
 *
 * @throws Error for a text that is none: another revision may write another form one day
 */
export function stackDocument(text: string): StackDocument {
  const [head, ...rest] = parts(text);
  if (head?.['stack'] === undefined) throw new Error('found no `stack:` at the top of what was rendered');
  const byLabel = new Map(rest.map((part) => [labelOf(part), part]));
  const resources = rest.map((part): Resource => {
    const parents = parentTypes(part, byLabel);
    return {
      key: labelOf(part),
      type: textOf(part['type']),
      name: textOf(part['name']),
      parents,
      options: part['options'] ?? {},
      inputs: part['inputs'] ?? {},
    };
  });
  return { outputs: head['outputs'] ?? {}, resources: distinct(resources) };
}

function parts(text: string): Part[] {
  const documents = parseAllDocuments(text);
  if ('empty' in documents) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`what was rendered is no YAML: ${error.message}`);
    return (document.toJS() ?? {}) as Part;
  });
}

const labelOf = (part: Part) => `${textOf(part['type'])} ${textOf(part['name'])}`;

const textOf = (value: Plain | undefined) => (typeof value === 'string' ? value : JSON.stringify(value));

function parentTypes(part: Part, byLabel: ReadonlyMap<string, Part>): string[] {
  const types: string[] = [];
  const seen = new Set<string>();
  for (let label = part['parent']; typeof label === 'string' && !seen.has(label);) {
    seen.add(label);
    types.unshift(label.slice(0, label.indexOf(' ')));
    label = byLabel.get(label)?.['parent'];
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
