import { alike, type Alike } from './alike';
import { changedLines, fieldLines, size } from './field-lines';
import type { FieldChange } from './field-changes';
import { code, counted, nameList, shortened, type Limits } from './markdown';
import { outputsType, type ResourceChange } from './stack-changes';

/** A piece of the page that is shown whole or not at all. */
export interface Item {
  lines: readonly string[];
  /** What the reader misses when it is left out. */
  resources: number;
  values: number;
}

/** A change of so many places at once, such as a version, is said once. */
const repeatedFrom = 3;

/** What happens to the resources of a section, the gravest first. */
export function changeItems(
  changes: readonly Alike<ResourceChange>[],
  edges: ReadonlySet<string>,
  limits: Limits,
): Item[] {
  const repeated = repetitions(changes);
  const known = new Set(repeated.flatMap(({ items }) => items.map(({ field }) => field)));
  const replaced = changes.filter(({ first }) => first.kind === 'replaced');
  const changed = changes.filter(({ first }) => first.kind === 'changed');
  const listed = ({ first }: Alike<ResourceChange>) =>
    resourceItem(first, changeOf(first, known), edges, limits);
  return [
    ...replaced.flatMap((group) => [counting(group, listed(group), limits)]),
    ...byType(
      changes.filter(({ first }) => first.kind === 'deleted'),
      'deleted',
      limits,
    ),
    ...repeated.map(({ items, first }) => repetition(items, first, limits)),
    ...byType(
      changes.filter(({ first }) => first.kind === 'added'),
      'added',
      limits,
    ),
    ...changed
      .filter(({ first }) => changeOf(first, known).length > 0 || first.fields.length === 0)
      .sort((a, b) => size(changeOf(b.first, known)) - size(changeOf(a.first, known)))
      .map((group) => counting(group, listed(group), limits)),
  ];
}

/** What stays deployed of a stack that has no file any more. */
export const leftItems = (changes: readonly Alike<ResourceChange>[], limits: Limits): Item[] =>
  byType(changes, 'stays deployed', limits);

const changeOf = ({ fields }: ResourceChange, known: ReadonlySet<FieldChange>) =>
  fields.filter((field) => !known.has(field));

/** `StatefulSet` of `kubernetes:apps/v1:StatefulSet`; it stands in the page as it is, so it is a word. */
export const kindOf = (type: string): string =>
  type
    .replace(/^pulumi:providers:/, 'provider-')
    .split(':')
    .at(-1)
    ?.replace(/^(.{100}).+$/su, '$1…')
    .replaceAll(/[^\w.…-]/g, '�') ?? '';

export const title = ({ type, name }: Pick<ResourceChange, 'type' | 'name'>, { value }: Limits): string =>
  type === outputsType ? 'outputs of the stack' : `${kindOf(type)} ${code(shortened(name, value))}`;

function resourceItem(
  change: ResourceChange,
  fields: readonly FieldChange[],
  edges: ReadonlySet<string>,
  limits: Limits,
): Item {
  const why = change.because.length > 0 ? `, for ${nameList(change.because, limits)}` : '';
  const lines = [
    `- ${change.kind === 'replaced' ? '**replaced**' : change.kind}: ${title(change, limits)}${why}`,
  ];
  lines.push(...fieldLines(fields, edges, limits).map((line) => `  ${line}`));
  return { lines, resources: 1, values: size(fields) };
}

/** The item of a group, which says how many more there are of it. */
function counting({ items }: Alike<ResourceChange>, item: Item, limits: Limits): Item {
  if (items.length === 1) return item;
  const [head = '', ...rest] = item.lines;
  const others = nameList(
    items.slice(1).map(({ name }) => name),
    limits,
  );
  return {
    lines: [`${head}; the same of ${items.length - 1} more: ${others}`, ...rest],
    resources: items.length,
    values: item.values * items.length,
  };
}

function byType(changes: readonly Alike<ResourceChange>[], word: string, limits: Limits): Item[] {
  const resources = changes.flatMap(({ items }) => items);
  return alike(resources, ({ type }) => type).map(({ items, first }) => {
    const listed = nameList(
      items.map(({ name }) => name),
      limits,
    );
    const many = items.length > 1 ? `${items.length} × ` : '';
    const shown = word === 'deleted' ? '**deleted**' : word;
    return {
      lines: [`- ${shown}: ${many}${kindOf(first.type)} ${listed}`],
      resources: items.length,
      values: 0,
    };
  });
}

interface Place {
  field: FieldChange;
  change: ResourceChange;
  /** Resources that the change stands for. */
  times: number;
}

/** Fields of the same name that change in the same way in many places. */
function repetitions(changes: readonly Alike<ResourceChange>[]): Alike<Place>[] {
  const places = changes.flatMap(({ items, first: change }) =>
    change.fields.map((field): Place => ({ field, change, times: items.length })),
  );
  return alike(places, ({ field }) => JSON.stringify(wayOf(field)))
    .filter(
      ({ items: [{ field } = { field: undefined }], items }) =>
        items.length >= (field && isChecksum(field) ? 1 : repeatedFrom),
    )
    .sort((a, b) => b.items.length - a.items.length);
}

/** Of a checksum only that it changes, of a text the lines that do, of anything else both values. */
function wayOf({ path, before, after }: FieldChange): unknown {
  if (isChecksum({ path })) return 'checksum';
  if (typeof before === 'string' && typeof after === 'string' && (before + after).includes('\n')) {
    return [path.at(-1), changedLines(before, after)];
  }
  return [path.at(-1), before, after];
}

/** Of what a pod reads when it starts: it restarts, and the hash itself says nothing to anybody. */
const isChecksum = ({ path }: Pick<FieldChange, 'path'>) => path.at(-1)?.startsWith('checksum/') === true;

function repetition(places: readonly Place[], { field }: Place, limits: Limits): Item {
  const resources = [...new Set(places.map(({ change }) => change))];
  const count = resources.length;
  const times = places.reduce((sum, place) => sum + place.times, 0);
  const listed = [...new Set(resources.map((resource) => `${kindOf(resource.type)} ${resource.name}`))];
  const names = nameList(listed, limits);
  if (isChecksum(field)) {
    const lines = [`- changed: what pods have read when they started, so these restart: ${names}`];
    return { lines, resources: count, values: times };
  }
  // The field is said as in the list of one resource, without where it stands in each.
  const [line = '', ...rest] = fieldLines([{ ...field, path: field.path.slice(-1) }], new Set(), limits);
  const where = `${counted(times, 'time')} in ${counted(count, 'resource')} (${names})`;
  const head = rest.length > 0 ? line.replace(/:$/, `, ${where}:`) : `${line}, ${where}`;
  return { lines: [head.replace(/^- /, '- changed: '), ...rest], resources: count, values: times };
}
