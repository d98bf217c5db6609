/** Characters that GitHub takes in a comment. */
export const commentSize = 65_536;

interface Part {
  /** Its first line, a comment of HTML that GitHub does not show. */
  marker: string;
  /** Characters that it may have: both together find room in one comment. */
  size: number;
}

/** The parts of the one comment at a pull request, in their order; each has a writer of its own. */
export const parts = {
  diff: { marker: '<!-- monitoring: diff -->', size: 45_000 },
  preview: { marker: '<!-- monitoring: preview -->', size: 20_000 },
} as const satisfies Record<string, Part>;

const all: readonly Part[] = Object.values(parts);

const partOfLine = (line: string) => all.find(({ marker }) => marker === line);

/** The part that a text is, by its first line; undefined: it is none of ours. */
export const partOf = (text: string): Part | undefined => partOfLine(text.split(/\r?\n/, 1)[0] ?? '');

/**
 * A line that begins no part: a value of a pull request may look like a marker, and must not begin the other.
 */
export const noMarker = (line: string): string => (partOfLine(line) ? ` ${line}` : line);

/** The text of a comment in which one part is new and the others are what they were. */
export function withPart(body: string, text: string): string {
  const texts = new Map<Part, string[]>();
  let current: string[] = [];
  for (const line of body.split(/\r?\n/)) {
    const part = partOfLine(line);
    if (part) texts.set(part, (current = []));
    current.push(line);
  }
  const [marker = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const part = partOfLine(marker);
  if (part) texts.set(part, [marker, ...lines.map(noMarker)]);
  return all.flatMap((one) => texts.get(one)?.join('\n').trimEnd() ?? []).join('\n\n');
}
