import fc from 'fast-check';
import type { Plain } from '../../../tools/render/registered';
import { changedLeaves, fieldChanges, leafCount } from '../../../tools/diff/field-changes';

const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ max: 3, min: 0 }), fc.boolean());
const key = fc.constantFrom('a', 'b', 'c', 'name');
const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const mapping: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe('fieldChanges', () => {
  it('names the innermost field, with both values', () => {
    const before = { spec: { replicas: 1, image: 'a' } };
    expect(fieldChanges(before, { spec: { replicas: 2, image: 'a' } })).toEqual([
      { path: ['spec', 'replicas'], before: 1, after: 2 },
    ]);
  });

  it('says of a field that only one side has that it is there, with all below it', () => {
    expect(fieldChanges({ a: 1, b: { c: 2 } }, { a: 1, d: null })).toEqual([
      { path: ['b'], before: { c: 2 } },
      { path: ['d'], after: null },
    ]);
  });

  it('sees an item more at the front of a list as one item', () => {
    expect(fieldChanges(['b', 'c'], ['a', 'b', 'c'])).toEqual([{ path: ['[0]'], after: 'a' }]);
  });

  it('compares items of the same name, and flags, wherever they stand', () => {
    const before = {
      containers: [
        { name: 'x', image: '1' },
        { name: 'y', image: '1' },
      ],
      args: ['--a=1', '--b'],
    };
    const after = {
      containers: [
        { name: 'z', image: '1' },
        { name: 'x', image: '2' },
        { name: 'y', image: '1' },
      ],
      args: ['--a=2', '--b'],
    };
    expect(fieldChanges(before, after)).toEqual([
      { path: ['containers', '[z]'], after: { name: 'z', image: '1' } },
      { path: ['containers', '[x]', 'image'], before: '1', after: '2' },
      { path: ['args', '[--a]'], before: '--a=1', after: '--a=2' },
    ]);
  });

  it('tells items of one name apart by their places', () => {
    const rule = (expr: string) => ({ record: 'plan', expr });
    expect(fieldChanges([rule('1'), rule('2')], [rule('1'), rule('3')])).toEqual([
      { path: ['[plan #1]', 'expr'], before: '2', after: '3' },
    ]);
  });

  it('finds nothing between equal values, and something between any others', () => {
    fc.assert(fc.property(plain, (value) => fieldChanges(value, structuredClone(value)).length === 0));
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(fieldChanges(a, b).length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
    );
  });

  it('holds every changed leaf of mappings, once', () => {
    fc.assert(
      fc.property(mapping, mapping, (a, b) => {
        const left = new Map(leavesOf(a));
        const right = new Map(leavesOf(b));
        const changed = (one: Map<string, string>, other: Map<string, string>) =>
          [...one].filter(([path, leaf]) => other.get(path) !== leaf).map(([path]) => path);
        const found = fieldChanges(a, b);
        const side = (pick: 'before' | 'after') =>
          found.flatMap((change) => {
            const value = change[pick];
            return value === undefined ? [] : leavesOf(value, change.path).map(([path]) => path);
          });
        expect(side('before').sort()).toEqual(changed(left, right).sort());
        expect(side('after').sort()).toEqual(changed(right, left).sort());
      }),
    );
  });

  it('counts what is below a field', () => {
    expect(leafCount({ a: [1, 2], b: {}, c: null })).toBe(4);
    expect(changedLeaves({ path: [], before: { a: 1 }, after: { a: 1, b: 2 } })).toBe(2);
  });
});

/** Leaves with their paths; an empty mapping is one. */
function leavesOf(value: Plain, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
  }
  return [[JSON.stringify(path), JSON.stringify(value)]];
}

function sorted(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
