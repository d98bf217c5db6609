import { configOf } from '../../../tools/render/stack-file-content';
import { stackConfig } from '../../../tools/render/stack-file';

/** What the program is handed of a value as it is written, at the top and inside of a list. */
function handed(written: string): string[] {
  const text = `config:\n  top: ${written}\n  list: [${written}]\n`;
  const { values } = stackConfig('a', configOf('Pulumi.a.yaml', text));
  return ['monitoring:top', 'monitoring:list'].map((key) => values[key] ?? 'missing');
}

/** Written, and what `pulumi config --json` (3.259.0) answered for both places. */
const scalars: [string, string, string][] = [
  ['010', '8', '[8]'],
  ['08', '8', '[8]'],
  ['010.5', '10.5', '[10.5]'],
  ['0o17', '15', '[15]'],
  ['0b11', '3', '[3]'],
  ['0x3', '3', '[3]'],
  ['0xFFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFFF', '["0xFFFFFFFFFFFFFFFFFF"]'],
  ['50_000', '50000', '[50000]'],
  ['1_000.5', '1000.5', '[1000.5]'],
  ['1e3', '1000', '[1000]'],
  ['1e21', '1e+21', '[1e+21]'],
  ['1E400', '1E400', '["1E400"]'],
  ['1.10', '1.1', '[1.1]'],
  ['.5', '0.5', '[0.5]'],
  ['5.', '5', '[5]'],
  ['+5', '5', '[5]'],
  ['-0', '0', '[0]'],
  ['yes', 'yes', '["yes"]'],
  ['on', 'on', '["on"]'],
  ['NO', 'NO', '["NO"]'],
  ['y', 'y', '["y"]'],
  ['True', 'true', '[true]'],
  ['~', '', '[null]'],
  ['Null', '', '[null]'],
  ['1:30', '1:30', '["1:30"]'],
  ['12:30:45', '12:30:45', '["12:30:45"]'],
  ['1.2.3', '1.2.3', '["1.2.3"]'],
  ['10.0.0.0/24', '10.0.0.0/24', '["10.0.0.0/24"]'],
  ['2020-01-01', '2020-01-01 00:00:00 +0000 UTC', '["2020-01-01 00:00:00 +0000 UTC"]'],
  ['2020-02-30', '2020-02-30', '["2020-02-30"]'],
  [
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14 21:59:43.1 -0500 -0500',
    '["2001-12-14 21:59:43.1 -0500 -0500"]',
  ],
  ['"010"', '010', '["010"]'],
  ['"50_000"', '50_000', '["50_000"]'],
  ['"~"', '~', '["~"]'],
  ['!!str 5', '5', '["5"]'],
];

describe('a value of a stack file', () => {
  it.each(scalars)('written as %s is what Pulumi reads', (written, top, list) => {
    expect(handed(written)).toEqual([top, list]);
  });

  it('may come from an alias or a merge, whose keys give way to those beside it', () => {
    const text =
      'config:\n  a: &x { p: 1, q: 2 }\n  b: { q: 3, <<: *x }\n  c: { <<: [*x, { r: 5 }] }\n  d: *x\n';
    expect(configOf('Pulumi.a.yaml', text)).toEqual({
      'monitoring:a': { p: 1, q: 2 },
      'monitoring:b': { p: 1, q: 3 },
      'monitoring:c': { p: 1, q: 2, r: 5 },
      'monitoring:d': { p: 1, q: 2 },
    });
  });

  it('that is encrypted inside of another is a text there, and the whole is secret', () => {
    const config = configOf(
      'Pulumi.a.yaml',
      'config:\n  a: { b: { secure: v1:x }, c: [{ secure: y }], d: 5 }\n',
    );
    const { values, secretKeys } = stackConfig('a', config);
    expect(JSON.parse(values['monitoring:a'] ?? '')).toEqual({
      b: 'placeholder of monitoring:a',
      c: ['placeholder of monitoring:a'],
      d: 5,
    });
    expect(secretKeys).toContain('monitoring:a');
  });

  it('is no secret with a key beside `secure`, or a number below it', () => {
    const config = configOf('Pulumi.a.yaml', 'config:\n  a: { secure: v1:x, c: 5 }\n  b: { secure: 5 }\n');
    const { values, secretKeys } = stackConfig('a', config);
    expect(values).toMatchObject({
      'monitoring:a': '{"secure":"v1:x","c":5}',
      'monitoring:b': '{"secure":5}',
    });
    expect(secretKeys).not.toContain('monitoring:a');
  });
});

/** What makes a text no stack file, without its path. */
function refusal(text: string): string {
  try {
    configOf('f', text);
  } catch (error) {
    if ((error as Error).name === 'StackFileError') return (error as Error).message;
    throw error;
  }
  return 'accepted';
}

describe('a text that Pulumi cannot read', () => {
  it.each([
    [
      'an alias that leads nowhere',
      'config:\n  a: *x\n',
      'f:2:6: found *x: no &x stands above it. Correct the name',
    ],
    [
      'an alias inside of what it means',
      'config:\n  a: &x [*x]\n',
      'f:2:10: found *x inside of &x, which would have no end',
    ],
    [
      'an alias inside of all keys',
      'config: &x\n  a: *x\n',
      'f:2:6: found *x inside of &x, which would have no end',
    ],
    [
      'a number that is none',
      'config:\n  a: .nan\n  b: [.inf]\n',
      'f:2:6: found .nan: no number that Pulumi reads. Write a number, or quotes\n' +
        'f:3:7: found .inf: no number that Pulumi reads. Write a number, or quotes',
    ],
    [
      'a list as a key',
      'config:\n  a: { [b]: c }\n',
      'f:2:8: found nothing, a list or a mapping as a key. Write a name',
    ],
    [
      'nothing as a key',
      'config:\n  a: { ~: c }\n',
      'f:2:8: found nothing, a list or a mapping as a key. Write a name',
    ],
    [
      'a merge of a number',
      'config:\n  a: { <<: 5 }\n',
      'f: no YAML that Pulumi reads: Merge sources must be maps or map aliases',
    ],
    ['a tag', 'config:\n  a: !!binary aGk=\n', 'f:2:6: Unresolved tag: tag:yaml.org,2002:binary'],
    [
      'another YAML',
      '%YAML 1.2\n---\nconfig: { a: b }\n',
      'f:1:1: found %YAML 1.2: Pulumi reads 1.1 alone. Remove the line',
    ],
    ['UTF-16', '\uFFFD\uFFFDc\0o\0', 'f: no text in UTF-8. Save it as UTF-8.'],
  ])('%s is refused in a sentence', (_, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it.each([
    ['with a byte order mark', '\uFEFFconfig:\n  a: b\n'],
    ['with lines that end in CR and LF', 'config:\r\n  a: b\r\n'],
    ['between markers', '---\nconfig:\n  a: b\n...\n'],
    ['that says it is YAML 1.1', '%YAML 1.1\n---\nconfig:\n  a: b\n'],
    ['with the older spelling of a key', 'config:\n  monitoring:config:a: b\n'],
  ])('one %s is read', (_, text) => {
    expect(configOf('f', text)).toEqual({ 'monitoring:a': 'b' });
  });
});

describe('a key of a stack file', () => {
  const needed =
    'Needed is a mapping with `config:` and, below it, the keys of docs/config.md. ' +
    'Compare it with a committed one, such as Pulumi.cluster-01.yaml.';

  it.each([
    [
      'written twice, with the namespace and without',
      'config:\n  outage: 9h\n  monitoring:outage: 6h\n',
      'f:3:3: found monitoring:outage: the same key as outage above; keep one',
    ],
    ['twice', 'config:\n  outage: 9h\n  "outage": 6h\n', 'f:3:3: no YAML: Map keys must be unique'],
    [
      'in a second document',
      'config:\n  a: b\n---\nconfig:\n  a: c\n',
      'f:3:1: found a second document: Pulumi reads the first alone',
    ],
    [
      'that is a number',
      'config:\n  010: 9h\n',
      'f:2:3: found 010: no key; a key is a name, or NAMESPACE:NAME',
    ],
    [
      'with an end too many',
      'config:\n  a:b:c: 9h\n',
      'f:2:3: found a:b:c: no key; a key is a name, or NAMESPACE:NAME',
    ],
    [
      'without a name',
      'config:\n  "monitoring:": 9h\n',
      'f:2:3: found monitoring:: no key; a key is a name, or NAMESPACE:NAME',
    ],
  ])('%s is refused', (_, text, message) => {
    expect(refusal(text)).toBe(`${message}\n${needed}`);
  });

  it('that stands twice inside of another is refused, also as text and number', () => {
    expect(refusal('config:\n  a: { b: 1, "b": 2 }\n  c: { 1: 1, "1": 2 }\n')).toMatch(
      /2:14: no YAML: Map keys must be unique\nf:3:14: no YAML: Map keys must be unique/,
    );
  });
});
