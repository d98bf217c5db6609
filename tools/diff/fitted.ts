import { counted } from './markdown';

/** What a reader misses where something is left out. */
export interface Missed {
  warnings?: number;
  /** Stacks whose counts have no row. */
  counts?: number;
  /** Sums of capacity. */
  capacity?: number;
  /** Why a stack is refused. */
  messages?: number;
  resources?: number;
  /** Fields of those resources. */
  values?: number;
}

/** Lines that are shown together or not at all. */
export interface Piece {
  lines: readonly string[];
  missed: Missed;
}

/** A part of a page, of which as many pieces are shown as there is room for. */
export interface PagePart {
  open: readonly string[];
  pieces: readonly Piece[];
  close: readonly string[];
  /** The line in the place of pieces that are left out. */
  more?: (left: number) => string;
  /** At most so much of the page, from 0 to 1: what comes after it needs room too. */
  share?: number;
  /** Shown also where there is room for none of its pieces. */
  always?: boolean;
}

/**
 * A page of at most so many characters. Parts take their room in their order; what has none is counted in the
 * last sentence.
 *
 * @param most characters; what parts show always must be less
 * @param elsewhere where all of it can be read, as the end of a sentence
 */
export function fitted(parts: readonly PagePart[], most: number, elsewhere: string): string {
  const all = parts.flatMap(({ pieces }) => pieces.map(({ missed }) => missed));
  // No sentence about a part of what there is can be longer than that about all.
  let room = most - length([rest(all, elsewhere), '']);
  const lines: string[] = [];
  const left: Missed[] = [];
  for (const part of parts) {
    const fits = shownOf(part, Math.min(room, (part.share ?? 1) * most));
    left.push(...fits.left);
    lines.push(...fits.lines);
    room -= length(fits.lines);
  }
  if (left.length > 0) lines.push(rest(left, elsewhere));
  return `${lines.join('\n').trimEnd()}\n`;
}

const length = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** The lines of a part that find room, and what the others would have said. */
function shownOf({ open, pieces, close, more, always = false }: PagePart, most: number) {
  const needed = pieces.reduce((sum, piece) => sum + length(piece.lines), 0);
  let room = most - length([...open, ...close]);
  if (more && needed > room) room -= length([more(pieces.length)]);
  const inside: string[] = [];
  const left: Missed[] = [];
  for (const { lines, missed } of pieces) {
    const takes = length(lines);
    if (takes > room) left.push(missed);
    else {
      inside.push(...lines);
      room -= takes;
    }
  }
  if (inside.length === 0 && !always) return { lines: [], left };
  return {
    lines: [...open, ...inside, ...(more && left.length > 0 ? [more(left.length)] : []), ...close],
    left,
  };
}

function rest(left: readonly Missed[], elsewhere: string): string {
  const sum = (of: keyof Missed) => left.reduce((total, missed) => total + (missed[of] ?? 0), 0);
  const warnings = sum('warnings');
  const counts = sum('counts');
  const capacity = sum('capacity');
  const messages = sum('messages');
  const resources = sum('resources');
  const said = [
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(counts > 0 ? [`the counts of ${counted(counts, 'section')}`] : []),
    ...(capacity > 0 ? [counted(capacity, 'line') + ' of capacity'] : []),
    ...(messages > 0 ? [counted(messages, 'message')] : []),
    ...(resources > 0
      ? [`${counted(resources, 'resource')} with ${counted(sum('values'), 'changed value')}`]
      : []),
  ];
  return `**Not shown, for want of room**: ${said.join('; ')}. All of it: ${elsewhere}.`;
}
