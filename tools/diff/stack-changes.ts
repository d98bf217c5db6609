import type { Plain } from '../render/registered';
import { fieldChanges, type FieldChange } from './field-changes';
import { replacing } from './replacing';
import type { Resource, StackDocument } from './stack-document';

/** What becomes of a resource. */
export interface ResourceChange {
  kind: 'replaced' | 'deleted' | 'added' | 'changed';
  type: string;
  name: string;
  /** Of one that stays: its inputs, then its options as `options.…`. */
  fields: readonly FieldChange[];
  /** Why a new one takes its place, as texts: the fields, or its place in the tree. */
  because: readonly string[];
  /** What options say about the one that is there: whether it is deleted at all, whether that is refused. */
  protect: boolean;
  retained: boolean;
}

/** The type under which the outputs of a stack are shown, as if they were a resource. */
export const outputsType = 'outputs';

/** What differs between two renders of a stack, resources in the order of their kinds, then outputs. */
export function stackChanges(before: StackDocument, after: StackDocument): ResourceChange[] {
  const old = new Map(before.resources.map((resource) => [resource.key, resource]));
  const now = new Map(after.resources.map((resource) => [resource.key, resource]));
  const changes = [
    ...before.resources.flatMap((was) => {
      const is = now.get(was.key);
      return is ? changed(was, is) : [{ ...said(was), kind: 'deleted' as const, fields: [], because: [] }];
    }),
    ...after.resources
      .filter(({ key }) => !old.has(key))
      .map((is) => ({ ...said(is), kind: 'added' as const, fields: [], because: [] })),
    ...outputs(before.outputs, after.outputs),
  ];
  return changes.sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.fields.length - a.fields.length,
  );
}

/** The order in which a reviewer wants to see them. */
export const kinds: readonly ResourceChange['kind'][] = ['replaced', 'deleted', 'added', 'changed'];

function changed(was: Resource, is: Resource): ResourceChange[] {
  const inputs = fieldChanges(was.inputs, is.inputs);
  const options = fieldChanges(was.options, is.options, ['options']);
  const moved = was.parents.join('$') !== is.parents.join('$');
  const because = [
    ...replacing(is, inputs).map(({ path }) => pathOf(path)),
    ...(moved
      ? [`its place in the tree: ${place(was)} → ${place(is)}, unless an alias names the old one`]
      : []),
  ];
  const fields = [...inputs, ...options];
  if (fields.length === 0 && !moved) return [];
  const { type, name, protect, retained } = said(was);
  // A component is nothing by itself; what is in it is replaced, and says so.
  const kind = because.length > 0 ? ('replaced' as const) : ('changed' as const);
  return [{ kind, type, name, fields, because, protect, retained }];
}

const place = ({ parents }: Resource) => parents.join(' › ') || 'the stack itself';

function said({ type, name, options }: Resource) {
  return { type, name, protect: isSet(options, 'protect'), retained: isSet(options, 'retainOnDelete') };
}

const isSet = (options: Plain, key: string) =>
  typeof options === 'object' && options !== null && !Array.isArray(options) && options[key] === true;

function outputs(before: Plain, after: Plain): ResourceChange[] {
  const fields = fieldChanges(before, after);
  if (fields.length === 0) return [];
  const none = { because: [], protect: false, retained: false };
  return [{ kind: 'changed', type: outputsType, name: 'of the stack', fields, ...none }];
}

/** A path as people write it, `spec.template.spec.containers[thanos].image`. */
export const pathOf = (path: readonly string[]): string =>
  path
    .map((key) => (/^\[.*\]$/.test(key) ? key : /[.\s/]/.test(key) ? `["${key}"]` : key))
    .reduce((text, key) => text + (key.startsWith('[') || text === '' ? '' : '.') + key, '');
