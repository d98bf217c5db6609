import { diffLines } from 'diff';
import { alike, nameIn, without } from './alike';
import { changedLeaves, type FieldChange } from './field-changes';
import { block, code, counted, shortened, valueText, type Limits } from './markdown';
import { pathOf } from './stack-changes';

/** The changed fields of a resource as a list; the largest first, those alike but for an edge in one line. */
export function fieldLines(
  fields: readonly FieldChange[],
  edges: ReadonlySet<string>,
  limits: Limits,
): string[] {
  const groups = alike(fields, (field) => aboutAnyEdge(field, edges));
  const sorted = [...groups].sort((a, b) => size(b.items) - size(a.items));
  const shown = sorted.slice(0, limits.fields);
  const left = sorted.slice(limits.fields);
  return [
    ...shown.flatMap(({ items, first }) => fieldLine(first, items.length, limits)),
    ...(left.length > 0
      ? [
          `- … and ${counted(left.flatMap(({ items }) => items).length, 'more field')} (${counted(size(left.flatMap(({ items }) => items)), 'value')})`,
        ]
      : []),
  ];
}

/** How many values some fields hold. */
export const size = (fields: readonly FieldChange[]): number =>
  fields.reduce((sum, field) => sum + changedLeaves(field), 0);

/** What a field is, whichever edge its path names, and at whatever place in a list it stands. */
function aboutAnyEdge(field: FieldChange, edges: ReadonlySet<string>): string {
  const path = field.path.map((key) => key.replace(/^\[\d+\]$/, '[*]'));
  const text = JSON.stringify([path, field.before, field.after]);
  const edge = nameIn(edges, path.join('/')) ?? nameIn(edges, shortText(field));
  return edge === undefined ? text : without(edge, text);
}

/** A long text, such as rules, holds words by the thousand; it is about no single edge. */
function shortText({ before, after }: FieldChange): string {
  const text = JSON.stringify([before, after]);
  return text.length < 500 ? text : '';
}

function fieldLine(field: FieldChange, times: number, limits: Limits): string[] {
  const { path, before, after } = field;
  const where = code(shortened(pathOf(path) || 'the whole', limits.value));
  const like = times > 1 ? ` and ${times - 1} more like it` : '';
  if (typeof before === 'string' && typeof after === 'string' && (before + after).includes('\n')) {
    const lines = textDifference(before, after, limits);
    return [`- ${where}${like}:`, ...block(lines, 'diff').map((line) => `  ${line}`)];
  }
  const text = (value: NonNullable<typeof before> | null) => code(valueText(value, limits));
  if (before === undefined) return [`- ${where}${like}: added ${after === undefined ? '' : text(after)}`];
  if (after === undefined) return [`- ${where}${like}: removed ${text(before)}`];
  return [`- ${where}${like}: ${text(before)} → ${text(after)}`];
}

/** The lines that differ, each long line cut; the rest counted. */
function textDifference(before: string, after: string, limits: Limits): string[] {
  const lines = changedLines(before, after).map((line) => shortened(line, limits.value));
  if (lines.length <= limits.lines + 1) return lines;
  return [...lines.slice(0, limits.lines), `… and ${lines.length - limits.lines} more lines`];
}

/** The lines that went and came, with `-` and `+` before them. */
export const changedLines = (before: string, after: string): string[] =>
  (diffLines(before, after, { maxEditLength }) ?? wholly(before, after)).flatMap(
    ({ added, removed, value }) =>
      added || removed
        ? value
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => `${added ? '+' : '-'}${line}`)
        : [],
  );

/**
 * Lines that differ between two texts that have something in common. The time to find what that is grows with
 * the square of it.
 */
const maxEditLength = 2000;

const wholly = (before: string, after: string) => [
  { removed: true, added: false, value: before },
  { removed: false, added: true, value: after },
];
