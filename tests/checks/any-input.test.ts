import fc from 'fast-check';
import { centralConfig, edgeConfig } from '../support/stack-configs';
import { edge, more, said } from '../support/written-stack';

/** Every path of a configuration, such as `prometheus.resources.limits.cpu`. */
const pathsOf = (node: unknown, path = ''): string[] =>
  typeof node !== 'object' || node === null || 'kubernetes' in node || 'milliseconds' in node
    ? [path]
    : [
        ...(path === '' ? [] : [path]),
        ...Object.entries(node).flatMap(([key, inner]) =>
          pathsOf(inner, path === '' ? key : `${path}.${key}`),
        ),
      ];

const strange = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '~',
    'yes',
    '1e3',
    '0777',
    '2026-01-01',
    '1.5Gi',
    '1 Gi',
    '-1',
    '١',
    'а',
    '\u200b',
    '{{ x }}',
    '$HOME',
  ),
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1e300,
    0.1,
    2 ** 60,
    [],
    {},
    [null],
    [[]],
    { __proto__: null },
    { secure: 'v1:x' },
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value at a path as a line of a stack file: JSON is YAML. */
const line = (path: string, value: unknown): string => {
  const [first = '', ...rest] = path.split('.');
  const nested = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return `${first}: ${JSON.stringify(nested)}`;
};

describe('any value under any key', () => {
  it.each([
    [
      'a central stack',
      more,
      pathsOf(centralConfig()).filter((path) => !/^(role|cluster|edges|objectStore)/.test(path)),
    ],
    ['an edge stack', edge, pathsOf(edgeConfig()).filter((path) => !/^(role|cluster|central)/.test(path))],
  ])('of %s is taken or refused in a sentence, never with a stack trace', (_, written, paths) => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), strange, (path, value) => {
        const lines = said(written(line(path, value)));
        expect(
          lines.filter((text) => !/^ {2}monitoring:[^]*: (missing|found [^]*); allowed: [^]*\.$/.test(text)),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
