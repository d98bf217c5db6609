import { noMarker } from '../github/parts';
import type { Plain } from '../render/registered';

/** How much of it is shown. */
export interface Limits {
  /** Characters of one value. */
  value: number;
  /** Lines of one text that has changed. */
  lines: number;
  /** Fields of one resource. */
  fields: number;
  /** Names in one list. */
  names: number;
}

/** In a comment; what is left out is counted. */
export const short: Limits = { value: 200, lines: 24, fields: 12, names: 6 };

export const whole: Limits = { value: Infinity, lines: Infinity, fields: Infinity, names: Infinity };

/**
 * Text as code within a line: nothing in it is Markdown, a mention or HTML, whoever wrote it. The fence is
 * longer than any run of backticks inside.
 */
export function code(text: string): string {
  // Code ends at an empty line, and control characters would hide what follows.
  const line = text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, ' ⏎ ').replaceAll(/\p{Cc}|\p{Cf}/gu, '�');
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line === '' || /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines as a block of code. */
export function block(lines: readonly string[], language: '' | 'diff' = ''): string[] {
  const clean = lines.map((line) => noMarker(line.replaceAll(/(?!\t)[\p{Cc}\p{Cf}]/gu, '�')));
  const fence = '`'.repeat(Math.max(3, longestRun(clean.join('\n')) + 1));
  return [`${fence}${language}`, ...clean, fence];
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** A value in one line, cut in the middle of nothing: what is left out is said. */
export function valueText(value: Plain, { value: most }: Pick<Limits, 'value'>): string {
  // An empty text would not be seen.
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
  return shortened(text, most);
}

export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not through the middle of a character that takes two.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept} … (${text.length - kept.length} more characters)`;
}

/** Names, each as code; the last ones counted if there are too many. */
export function nameList(names: readonly string[], limits: Pick<Limits, 'names' | 'value'>): string {
  const shown = names.length <= limits.names + 1 ? names : names.slice(0, limits.names);
  const rest = names.length - shown.length;
  return [
    ...shown.map((name) => code(shortened(name, limits.value))),
    ...(rest > 0 ? [`${rest} more`] : []),
  ].join(', ');
}

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
