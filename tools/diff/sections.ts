import { alike, nameIn, signature, without, type Alike } from './alike';
import type { ComparedStack, Comparison } from './comparison';
import { outputsType, stackChanges, type ResourceChange } from './stack-changes';
import { stackDocument, StackDocumentError, type StackDocument } from './stack-document';

/** Stacks of which the same is to be said. */
export type Section = { stacks: readonly string[] } & (
  | { kind: 'changed'; changes: readonly Alike<ResourceChange>[] }
  /** Only one revision has them. */
  | { kind: 'new' | 'gone'; changes: readonly Alike<ResourceChange>[] }
  /** The working tree's is not rendered. */
  | { kind: 'refused'; message: string }
  /** The base's was not, the working tree's is: nothing to compare it with. */
  | { kind: 'mended'; message: string }
);

/** What there is to say, and the stacks of which there is nothing. */
export interface Sections {
  /** Names of stacks and edges, of which much is the same but for the name. */
  edges: ReadonlySet<string>;
  sections: readonly Section[];
  same: readonly string[];
}

interface Saying {
  stack: string;
  kind: Section['kind'];
  /** What is said, without the name of the stack: those with the same are said together. */
  signature: string;
  change?: ResourceChange;
  message?: string;
}

/**
 * Sorts what differs by the stacks that have it in common: what many edges have comes once.
 *
 * @throws StackDocumentError that names the stack of which a text is no render
 */
export function sectionsOf({ stacks }: Comparison): Sections {
  const edges = new Set(stacks.flatMap(edgeNames));
  const known = new Map<string, Saying[]>();
  const sayings = stacks.map((compared) => knownSayings(compared, known));
  const same = stacks.filter((_, i) => sayings[i]?.length === 0).map(({ stack }) => stack);
  const groups = alike(sayings.flat(), (saying) => saying.signature);
  const byStacks = alike(groups, ({ items, first }) =>
    JSON.stringify([first.kind, [...new Set(items.map(({ stack }) => stack))]]),
  );
  const sections = byStacks.map(({ items, first }) =>
    section(
      first.items.map(({ stack }) => stack),
      items.map((group) => group.first),
      edges,
    ),
  );
  return { edges, sections: sections.sort(byWeight), same };
}

function section(stacks: readonly string[], sayings: readonly Saying[], edges: ReadonlySet<string>): Section {
  const [{ kind, message = '' } = { kind: 'changed' as const }] = sayings;
  const named = [...new Set(stacks)];
  if (kind === 'refused' || kind === 'mended') return { stacks: named, kind, message };
  const own = new Set(named);
  // An edge's own name in its own stack is the stack's.
  const others = new Set([...edges].filter((edge) => !own.has(edge)));
  const changes = alike(
    sayings.flatMap(({ change }) => change ?? []),
    // Two changes are about one edge each only if their names say so.
    (change) => signature(change, nameIn(others, change.name)),
  );
  return { stacks: named, kind, changes };
}

/**
 * What is said of a stack, read off another that differs from it in nothing but its name: reading hundreds
 * of long texts as YAML would take longer than rendering them.
 */
function knownSayings(compared: ComparedStack, known: Map<string, Saying[]>): Saying[] {
  const { stack, before, after } = compared;
  const text = (side: ComparedStack['before']) => (side ? without(stack, JSON.stringify(side)) : '');
  const key = `${text(before)}\n${text(after)}`;
  const sayings = known.get(key)?.map((saying) => ({ ...saying, stack })) ?? sayingsOf(compared);
  known.set(key, sayings);
  return sayings;
}

function sayingsOf({ stack, before, after }: ComparedStack): Saying[] {
  const message = (kind: Section['kind'], text: string): Saying[] => [
    { stack, kind, signature: `${kind} ${without(stack, text)}`, message: text },
  ];
  if (after && 'refused' in after) {
    const also = before && 'refused' in before ? '\n\nThe base is refused too.' : '';
    return message('refused', after.refused + also);
  }
  if (before && 'refused' in before) return after ? message('mended', before.refused) : [];
  if (before?.text === after?.text) return [];
  const kind = before === undefined ? 'new' : after === undefined ? 'gone' : 'changed';
  const [was, is] = [documentOf(stack, 'before', before?.text), documentOf(stack, 'after', after?.text)];
  const changes = stackChanges(was, is).filter(
    // Of a stack that only one side has, its outputs say nothing that its resources do not.
    ({ type }) => kind === 'changed' || type !== outputsType,
  );
  const of = changes.map((change): Saying => {
    return { stack, kind, signature: `${kind} ${signature(change, stack)}`, change };
  });
  // A text may differ although the resources do not, as when their order does.
  return kind === 'changed' || of.length > 0 ? of : [{ stack, kind, signature: kind }];
}

const none: StackDocument = { outputs: {}, resources: [] };

function documentOf(stack: string, side: 'before' | 'after', text: string | undefined): StackDocument {
  try {
    return text === undefined ? none : stackDocument(text);
  } catch (error) {
    if (!(error instanceof StackDocumentError)) throw error;
    throw new StackDocumentError(`${stack}, ${side}: ${error.message}`, { cause: error });
  }
}

/** Stacks, and the edges that a central one knows: its resources for an edge hold the edge's name. */
function edgeNames({ stack, before, after }: ComparedStack): string[] {
  const tenants = [before, after].flatMap((side) =>
    side && 'text' in side
      ? [...(/^ {2}tenants:\n((?: {4}- .*\n)*)/m.exec(side.text)?.[1] ?? '').matchAll(/- (\S+)/g)]
      : [],
  );
  return [stack, ...tenants.map(([, name = '']) => name)];
}

const order: readonly Section['kind'][] = ['refused', 'changed', 'gone', 'new', 'mended'];

/** What destroys first, then what is large. */
function byWeight(a: Section, b: Section): number {
  return order.indexOf(a.kind) - order.indexOf(b.kind) || weight(b) - weight(a);
}

function weight(section: Section): number {
  if (!('changes' in section)) return 0;
  return section.changes.reduce(
    (sum, { items, first: { kind, fields } }) =>
      sum + (kind === 'replaced' || kind === 'deleted' ? 10_000 : 1) * items.length + fields.length,
    0,
  );
}
