import { capacityRows, type CapacityRow } from './capacity-rows';
import { changeItems, leftItems } from './change-items';
import type { Comparison } from './comparison';
import { fitted, type PagePart, type Piece } from './fitted';
import { parts } from '../github/parts';
import { block, code, counted, nameList, short, shortened, whole, type Limits } from './markdown';
import { sectionsOf, type Section, type Sections } from './sections';
import { kinds } from './stack-changes';
import { warningsOf, warningTitle } from './warnings';

/** Where a page's data is from, and where all of it is. */
export interface Origin {
  /** Where all of it can be read, as the end of a sentence; what has no room in the comment is counted. */
  elsewhere: string;
  /** Whether another program has compared, that of a pull request, which may say of itself what it likes. */
  reported: boolean;
}

/**
 * What the comment says, and everything, however long.
 *
 * @throws StackDocumentError that names the stack of which a text is no render
 */
export function pages(comparison: Comparison, origin: Origin): { comment: string; full: string } {
  const found = sectionsOf(comparison);
  return {
    comment: pageOf(comparison, found, origin, short, parts.diff.size),
    full: pageOf(comparison, found, origin, whole, Infinity),
  };
}

/** Of a comment, what each of its two tables may take at most: more rows than a reader reads. */
const shareOfTable = 0.25;

function pageOf(
  comparison: Comparison,
  found: Sections,
  { elsewhere, reported }: Origin,
  limits: Limits,
  most: number,
): string {
  const { sections, edges } = found;
  const warned = warnings(found, limits);
  const counts = countTable(found, limits);
  const needs = capacityTable(capacityRows(comparison), limits);
  const parts = [
    summary(comparison, found, reported, limits),
    ...(warned.pieces.length > 0 ? [warned] : []),
    ...(counts.pieces.length > 0 ? [counts] : []),
    ...(needs.pieces.length > 0 ? [needs] : []),
    ...sections.map((section): PagePart => ({
      ...frameOf(section, limits),
      pieces: piecesOf(section, edges, limits),
    })),
  ];
  return fitted(parts, most, shortened(elsewhere, longestPlace));
}

/** Characters of the sentence that says where all of it is; a link to a workflow's run has a hundred. */
const longestPlace = 1000;

function frameOf({ stacks, kind }: Section, limits: Limits) {
  const what = {
    changed: '',
    new: ', new',
    gone: ', its file is gone',
    refused: ', refused',
    mended: ', refused before, not now',
  }[kind];
  const who = stacks.length > 1 ? `${stacks.length} stacks${what}: ` : '';
  const names = `${nameList(stacks, limits)}${stacks.length > 1 ? '' : what}`;
  return { open: [`#### ${who}${names}`, ''], close: [''] };
}

function piecesOf(section: Section, edges: ReadonlySet<string>, limits: Limits): Piece[] {
  if ('message' in section) {
    const lines = shortened(section.message, limits.value * 20).split('\n');
    return [{ lines: block(lines), missed: { messages: 1 } }];
  }
  const items =
    section.kind === 'gone'
      ? leftItems(section.changes, limits)
      : changeItems(section.changes, edges, limits);
  if (items.length === 0) {
    return [{ lines: ['Nothing but the order in which resources are registered.'], missed: { messages: 1 } }];
  }
  return items.map(({ lines, resources, values }) => ({ lines, missed: { resources, values } }));
}

/** A pull request may change the program that compares; so what that found is its own word. */
const ownWord =
  "So says the pull request's own program, which it may have changed: what it does to `tools/` and `package-lock.json` says whether to believe it.";

function summary(
  { base, stacks }: Comparison,
  { sections, same }: Sections,
  reported: boolean,
  limits: Limits,
): PagePart {
  const [name, commit] = [shortened(base.name, limits.value), base.commit.slice(0, 12)];
  const against = `Compared with ${code(name)} (${code(commit)}), by rendering both: no engine, no cluster, no credential. Secrets are never rendered; that one has changed is not seen.`;
  const verdict =
    sections.length === 0
      ? `**Nothing changes** in ${counted(stacks.length, 'stack')}.`
      : `**${counted(stacks.length - same.length, 'stack')} of ${stacks.length} changed.**`;
  const title = '### What this change does to each stack';
  return {
    open: [parts.diff.marker, '', title, '', `${verdict} ${against}`, '', ...(reported ? [ownWord, ''] : [])],
    pieces: [],
    close: [],
    always: true,
  };
}

function warnings({ sections }: Sections, limits: Limits): PagePart {
  const sentences = warningsOf(sections, limits);
  return {
    open: ['> [!CAUTION]', `> **${warningTitle(sentences.length)}**`, '>'],
    pieces: sentences.map((sentence) => ({ lines: [`> - ${sentence}`], missed: { warnings: 1 } })),
    close: [''],
    more: (left) => `> - … and ${left} more`,
    always: true,
  };
}

function countTable({ sections }: Sections, limits: Limits): PagePart {
  const pieces = sections.flatMap((section): Piece[] => {
    // Of a stack without a file nothing is deleted, whatever only the base has.
    if (!('changes' in section) || section.kind === 'gone') return [];
    const counts = kinds.map((kind) =>
      section.changes.reduce((sum, { items, first }) => sum + (first.kind === kind ? items.length : 0), 0),
    );
    const each = section.stacks.length > 1 ? ` (${section.stacks.length} stacks, each)` : '';
    const row = `| ${nameList(section.stacks, limits)}${each} | ${counts.map((count) => count || '').join(' | ')} |`;
    return [{ lines: [row], missed: { counts: 1 } }];
  });
  return {
    open: [`| stack | ${kinds.join(' | ')} |`, '| --- | --: | --: | --: | --: |'],
    pieces,
    close: [''],
    more: (left) => `| … and ${left} more |${' |'.repeat(kinds.length)}`,
    share: shareOfTable,
  };
}

function capacityTable(rows: readonly CapacityRow[], { value }: Limits): PagePart {
  const cell = (text: string) => code(shortened(text, value)).replaceAll('|', '\\|');
  return {
    open: ['| capacity | of | before | after |', '| --- | --- | --- | --- |'],
    pieces: rows.map(({ stack, what, before, after }) => ({
      lines: [`| ${[stack, what, before, after].map(cell).join(' | ')} |`],
      missed: { capacity: 1 },
    })),
    close: [''],
    more: (left) => `| … and ${left} more | | | |`,
    share: shareOfTable,
  };
}
