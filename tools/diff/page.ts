import { capacityRows, type CapacityRow } from './capacity-rows';
import { changeItems, type Item } from './change-items';
import type { Comparison } from './comparison';
import { parts } from '../github/parts';
import { block, code, counted, nameList, short, shortened, whole, type Limits } from './markdown';
import { sectionsOf, type Section, type Sections } from './sections';
import { kinds } from './stack-changes';
import { warningsOf, warningTitle } from './warnings';

/**
 * What the comment says, and everything, however long.
 *
 * @param elsewhere where all of it can be read, as the end of a sentence; what has no room in the comment is
 *   counted, the least important first
 */
export function pages(comparison: Comparison, elsewhere: string): { comment: string; full: string } {
  const found = sectionsOf(comparison);
  return {
    comment: pageOf(comparison, found, short, parts.diff.size, elsewhere),
    full: pageOf(comparison, found, whole, Infinity),
  };
}

function pageOf(
  comparison: Comparison,
  found: Sections,
  limits: Limits,
  most: number,
  elsewhere = '',
): string {
  const head = [
    parts.diff.marker,
    '',
    ...summary(comparison, found),
    ...warnings(found, limits),
    ...table(found, limits),
    ...capacity(capacityRows(comparison), limits),
  ];
  const shown = found.sections.map((section) => ({
    section,
    items: itemsOf(section, found.edges, limits),
  }));
  return fitted(head, shown, limits, most, elsewhere);
}

interface PagePart {
  section: Section;
  items: readonly Item[];
}

/** Adds sections, item by item, until the page is full; room is kept for the sentence that says so. */
function fitted(
  head: readonly string[],
  parts: readonly PagePart[],
  limits: Limits,
  most: number,
  elsewhere: string,
): string {
  const lines = [...head];
  const length = (more: readonly string[]) => more.reduce((sum, line) => sum + line.length + 1, 0);
  let room = most - 400 - length(head);
  const left: Item[] = [];
  for (const { section, items } of parts) {
    const frame = frameOf(section, limits);
    let inside: string[] = [];
    let cut = room < length([...frame.open, ...frame.close]);
    for (const item of items) {
      cut ||= room < length([...frame.open, ...inside, ...item.lines, ...frame.close]);
      if (cut) left.push(item);
      else inside = [...inside, ...item.lines];
    }
    if (inside.length === 0) continue;
    const added = [...frame.open, ...inside, ...frame.close];
    lines.push(...added);
    room -= length(added);
  }
  if (left.length > 0) lines.push(rest(left, elsewhere), '');
  return `${lines.join('\n').trimEnd()}\n`;
}

function rest(left: readonly Item[], elsewhere: string): string {
  const resources = left.reduce((sum, item) => sum + item.resources, 0);
  const values = left.reduce((sum, item) => sum + item.values, 0);
  return `**Not shown, for want of room**: ${counted(resources, 'resource')} with ${counted(values, 'changed value')}. All of it: ${elsewhere}.`;
}

function frameOf({ stacks, kind }: Section, limits: Limits) {
  const what = {
    changed: '',
    new: ', new',
    gone: ', its file is gone',
    refused: ', refused',
    mended: ', refused before, not now',
  }[kind];
  const who = stacks.length > 1 ? `${stacks.length} stacks${what}: ` : '';
  const names = `${nameList(stacks, limits.names)}${stacks.length > 1 ? '' : what}`;
  return { open: [`#### ${who}${names}`, ''], close: [''] };
}

function itemsOf(section: Section, edges: ReadonlySet<string>, limits: Limits): Item[] {
  if ('message' in section) {
    const lines = shortened(section.message, limits.value * 20).split('\n');
    return [{ lines: block(lines), resources: 0, values: 0 }];
  }
  const items = changeItems(section.changes, edges, limits);
  const nothing = 'Nothing but the order in which resources are registered.';
  return items.length > 0 ? items : [{ lines: [nothing], resources: 0, values: 0 }];
}

function summary({ base, stacks }: Comparison, { sections, same }: Sections): string[] {
  const against = `Compared with ${code(base.name)} (${code(base.commit.slice(0, 12))}), by rendering both: no engine, no cluster, no credential. Secrets are never rendered; that one has changed is not seen.`;
  const verdict =
    sections.length === 0
      ? `**Nothing changes** in ${counted(stacks.length, 'stack')}.`
      : `**${counted(stacks.length - same.length, 'stack')} of ${stacks.length} changed.**`;
  return ['### What this change does to each stack', '', `${verdict} ${against}`, ''];
}

function warnings({ sections }: Sections, limits: Limits): string[] {
  const sentences = warningsOf(sections, limits);
  if (sentences.length === 0) return [];
  const shown = sentences.slice(0, limits.fields);
  const more = sentences.length - shown.length;
  return [
    '> [!CAUTION]',
    `> **${warningTitle(sentences.length)}**`,
    '>',
    ...shown.map((sentence) => `> - ${sentence}`),
    ...(more > 0 ? [`> - … and ${more} more`] : []),
    '',
  ];
}

function table({ sections }: Sections, limits: Limits): string[] {
  const rows = sections.flatMap((section) => {
    if (!('changes' in section)) return [];
    const counts = kinds.map((kind) =>
      section.changes.reduce((sum, { items, first }) => sum + (first.kind === kind ? items.length : 0), 0),
    );
    const each = section.stacks.length > 1 ? ` (${section.stacks.length} stacks, each)` : '';
    return [
      `| ${nameList(section.stacks, limits.names)}${each} | ${counts.map((count) => count || '').join(' | ')} |`,
    ];
  });
  if (rows.length === 0) return [];
  return [`| stack | ${kinds.join(' | ')} |`, '| --- | --: | --: | --: | --: |', ...rows, ''];
}

function capacity(rows: readonly CapacityRow[], { value }: Limits): string[] {
  if (rows.length === 0) return [];
  const cell = (text: string) => code(shortened(text, value)).replaceAll('|', '\\|');
  return [
    '| capacity | of | before | after |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ stack, what, before, after }) => `| ${[stack, what, before, after].map(cell).join(' | ')} |`,
    ),
    '',
  ];
}
