import fc from 'fast-check';
import { pages } from '../../../tools/diff/page';
import { whole } from '../../../tools/diff/markdown';
import { sectionsOf } from '../../../tools/diff/sections';
import { warningsOf } from '../../../tools/diff/warnings';
import type { ComparedStack, Comparison, Side } from '../../../tools/diff/comparison';
import { parts, withPart } from '../../../tools/github/parts';

const base = { name: 'main', commit: '0123456789abcdef' };

/** A rendered stack; JSON is YAML. */
const text = (...resources: object[]): Side => ({
  text: [{ stack: 'a', outputs: {} }, ...resources].map((part) => JSON.stringify(part)).join('\n---\n'),
});
const resource = (type: string, name: string, inputs: object = {}, options: object = {}) => ({
  type,
  name,
  inputs,
  options,
});

const claim = 'kubernetes:core/v1:PersistentVolumeClaim';
const map = 'kubernetes:core/v1:ConfigMap';
const stackName = (i: number) => `${'x'.repeat(90)}-${i}`;

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const shown = (stacks: ComparedStack[]) =>
  pages({ base, stacks }, { elsewhere: 'diff.md in the artifact', reported: true }).comment;

const lastLine = (page: string) => page.trimEnd().split('\n').at(-1);

describe('a comment', () => {
  it('of 800 stacks, each with a change of its own, has the counts of some and all is counted', () => {
    const page = shown(
      many(800, (i) => ({
        stack: stackName(i),
        before: text(resource(map, 'm', { data: { [`k${i}`]: `${i * 1000}` } })),
        after: text(resource(map, 'm', { data: { [`k${i}`]: `${i * 1000 + 1}` } })),
      })),
    );
    expect(page.length).toBeLessThanOrEqual(parts.diff.size);
    const rows = page.match(/^\| `x+-\d+` \|/gm)?.length ?? 0;
    expect(rows).toBeGreaterThan(50);
    expect(page).toContain(`\n| … and ${800 - rows} more | | | | |\n`);
    const listed = page.match(/^#### /gm)?.length ?? 0;
    expect(listed).toBeGreaterThan(50);
    expect(lastLine(page)).toBe(
      `**Not shown, for want of room**: the counts of ${800 - rows} sections; ${800 - listed} resources with ${800 - listed} changed values. All of it: diff.md in the artifact.`,
    );
  });

  it('with 300 lines of capacity has some of them', () => {
    const capacity = (value: string) =>
      many(300, (i) => `component-${i}  1  memory  ${value.repeat(150)}  x`).join('\n');
    const page = shown([
      {
        stack: 'a',
        before: text(),
        after: text(resource(map, 'm')),
        capacity: { before: capacity('a'), after: capacity('b') },
      },
    ]);
    const lines = page.match(/^\| `a` \| `component/gm)?.length ?? 0;
    expect(lines).toBeGreaterThan(20);
    expect(page).toContain(`\n| … and ${300 - lines} more | | | |\n`);
    expect(page).toContain('- added: ConfigMap `m`\n');
    expect(lastLine(page)).toBe(
      `**Not shown, for want of room**: ${300 - lines} lines of capacity. All of it: diff.md in the artifact.`,
    );
  });

  it('leaves out all else before a warning, and counts the warnings that have no room', () => {
    const claims = many(400, (i) => resource(claim, `${'v'.repeat(100)}-${'abcdefgh'[i % 8]}${i}`));
    const page = shown([
      { stack: 'a', before: text(...claims, resource(map, 'm')), after: text() },
      { stack: 'b', before: text(), after: { refused: 'no' } },
    ]);
    expect(page).toContain('> **401 things to look at before this is merged**\n');
    const listed = page.match(/^> - `[ab]`/gm)?.length ?? 0;
    expect(listed).toBeGreaterThan(150);
    expect(page).toContain(`\n> - … and ${401 - listed} more\n`);
    expect(lastLine(page)).toMatch(
      new RegExp(`^\\*\\*Not shown, for want of room\\*\\*: ${401 - listed} warnings; `),
    );
  });

  it('shows all warnings where only the rest has no room', () => {
    const claims = many(40, (i) => resource(claim, `v${i}`));
    const maps = many(800, (i) =>
      resource(map, `m${i}`, { data: { [`k${i}`]: 'x'.repeat(150) + String(i) } }),
    );
    const page = shown([
      {
        stack: 'a',
        before: text(...claims, ...maps),
        after: text(...maps.map((one) => ({ ...one, inputs: {} }))),
      },
    ]);
    expect(page.match(/^> - /gm)).toHaveLength(40);
    expect(page).toContain('**Not shown, for want of room**: ');
  });

  it('shows what is small where something before it is too large', () => {
    const page = shown([
      { stack: 'a', before: text(), after: { refused: '`'.repeat(30_000) } },
      { stack: 'b', before: text(), after: { refused: 'short' } },
    ]);
    expect(page).toContain('#### `b`, refused\n\n```\nshort\n```\n');
  });
});

const awkward = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...Object.values(parts).map(({ marker }) => marker)),
  fc
    .tuple(fc.constantFrom('`', '\n', '|', 'a', 'a-', '😀', '<', `\n${parts.diff.marker}\n`), fc.nat(3_000))
    .map(([piece, times]) => piece.repeat(times)),
);
/** The longest that a name or type may be. */
const word = awkward.map((text) => text.slice(0, 1000));
const side: fc.Arbitrary<Side> = fc.oneof(
  { weight: 1, arbitrary: awkward.map((refused) => ({ refused })) },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.record({
          type: fc.oneof(
            fc.constantFrom(claim, map, 'kubernetes:helm.sh/v3:Release', 'kubernetes:apps/v1:StatefulSet'),
            word,
          ),
          name: fc.oneof(
            fc.constantFrom('a', 'b'),
            word.map((text) => `x${text}`.slice(0, 999)),
          ),
          inputs: fc.dictionary(
            fc.constantFrom('storage', 'spec', 'data', 'longer'.repeat(500)),
            fc.oneof(awkward, fc.array(awkward, { maxLength: 3 })),
          ),
          options: fc.constantFrom({}, { protect: true }, { retainOnDelete: true }),
        }),
        { maxLength: 4 },
      )
      .map((resources) => text(...resources)),
  },
);
const stacks = fc
  .tuple(
    fc.array(
      fc.record(
        {
          before: side,
          after: side,
          capacity: fc.record({
            before: fc.array(awkward, { maxLength: 400 }).map((lines) => lines.join('\n')),
            after: fc.constant('plan'),
          }),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    ),
    fc.constantFrom(1, 2, 60),
  )
  // Each with a resource of its own name, so that they are not said together.
  .map(([some, times]) =>
    many(times, (t) =>
      some.map((one, i): ComparedStack => ({
        ...(JSON.parse(
          JSON.stringify(one).replaceAll('"name\\":\\"a', `"name\\":\\"a${String.fromCodePoint(0x4e00 + t)}`),
        ) as typeof one),
        stack: stackName(t * 10 + i),
      })),
    ).flat(),
  );

describe('whatever the input', () => {
  it('a comment has room, and says how many warnings there are', () => {
    fc.assert(
      fc.property(stacks, awkward, (some, elsewhere) => {
        const comparison: Comparison = { base, stacks: some };
        const { comment } = pages(comparison, { elsewhere, reported: true });
        expect(withPart('', comment).length).toBeLessThanOrEqual(parts.diff.size);
        const warnings = warningsOf(sectionsOf(comparison).sections, whole).length;
        const said = /^> \*\*(\d+) things? to look at before this is merged\*\*$/m.exec(comment)?.[1];
        expect(Number(said ?? 0)).toBe(warnings);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
