import { pages } from '../../../tools/diff/page';
import { stackDocument, StackDocumentError } from '../../../tools/diff/stack-document';
import { comparison } from '../../../tools/diff/comparison';

const head = 'stack: a\noutputs: {}\n';
const bomb = [
  'a: &a [x, x]',
  ...Array.from(
    { length: 30 },
    (_, i) =>
      `${'b'.repeat(i + 1)}: &${'b'.repeat(i + 1)} [*${'b'.repeat(i) || 'a'}, *${'b'.repeat(i) || 'a'}]`,
  ),
].join('\n');

const bad: [string, string, RegExp][] = [
  ['no YAML', '{{{', /^no YAML: /],
  ['a single value', 'hello', /^the first document: Invalid input: expected object, received string$/],
  ['nothing', '', /^the first document: Invalid input: expected object, received undefined$/],
  ['a list', '[]', /^the first document: /],
  ['no stack', 'outputs: {}', /^the first document: `stack`: /],
  [
    'outputs that are a list',
    'stack: a\noutputs: []\n',
    /^the first document: `outputs`: needed is a mapping$/,
  ],
  ['a resource that is a single value', `${head}---\n7\n`, /^document 2: Invalid input/],
  ['a resource without a name', `${head}---\ntype: a:b:C\n`, /^document 2: `name`: /],
  ['a type that is a mapping', `${head}---\ntype: {a: b}\nname: n\n`, /^document 2: `type`: /],
  [
    'inputs that are a text',
    `${head}---\ntype: a:b:C\nname: n\ninputs: x\n`,
    /^document 2: `inputs`: needed is a mapping$/,
  ],
  [
    'a name of 60 000 characters',
    `${head}---\ntype: a:b:C\nname: ${'n-'.repeat(30_000)}n\n`,
    /^document 2: `name`: found more than 1000 characters$/,
  ],
  [
    'aliases that grow',
    `stack: a\noutputs:\n${bomb.replaceAll(/^/gm, '  ')}\n`,
    /^no YAML of a stack: Alias resolution is disabled$/,
  ],
  ['one alias', 'stack: &s a\noutputs: {x: *s}\n', /^no YAML of a stack: Alias resolution is disabled$/],
  [
    '300 levels',
    `stack: a\noutputs: {x: ${'['.repeat(300)}${']'.repeat(300)}}\n`,
    /^found more than 200 levels/,
  ],
  ['100 000 levels', `stack: a\noutputs: {x: ${'['.repeat(100_000)}`, /^no YAML/],
];

describe('a text that is no rendered stack', () => {
  it.each(bad)('%s', (_, text, message) => {
    const reading = () => stackDocument(text);
    expect(reading).toThrow(StackDocumentError);
    expect(reading).toThrow(message);
  });

  it('is named by its stack and its side', () => {
    const base = { name: 'main', commit: 'abc' };
    const stacks = [{ stack: 'b', before: { text: head }, after: { text: 'hello' } }];
    expect(() => pages({ base, stacks }, { elsewhere: '', reported: true })).toThrow(
      /^b, after: the first document: /,
    );
  });
});

it.each(['__proto__', 'constructor', 'a:b:__proto__', 'toString'])(
  '%s is a type, a name and a key like others',
  (word) => {
    const text = (value: string) =>
      `${head}---\ntype: ${word}\nname: ${word}\ninputs: {${word}: ${value}, list: [{name: ${word}}]}\n`;
    const stacks = [{ stack: 'a', before: { text: text('1') }, after: { text: text('2') } }];
    const { comment } = pages(
      { base: { name: 'main', commit: 'abc' }, stacks },
      { elsewhere: '', reported: false },
    );
    expect(comment).toContain(`: \`1\` → \`2\`\n`);
  },
);

it('two revisions as data have limits of size', () => {
  const base = { name: 'main', commit: 'abc' };
  const read = (side: object) =>
    comparison.safeParse({ base, stacks: [{ stack: 'a', after: side }] }).success;
  expect(read({ text: 'x' })).toBe(true);
  expect(read({ text: 'x'.repeat(16 * 1024 * 1024 + 1) })).toBe(false);
  expect(read({ refused: 'x'.repeat(1024 * 1024 + 1) })).toBe(false);
  expect(
    comparison.safeParse({ base, stacks: Array.from({ length: 10_001 }, () => ({ stack: 'a' })) }).success,
  ).toBe(false);
});
