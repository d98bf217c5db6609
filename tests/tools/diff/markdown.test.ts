import fc from 'fast-check';
import { block, code, nameList, shortened } from '../../../tools/diff/markdown';

describe('code', () => {
  it('is as it stands', () => {
    expect(code('image: a/b:v1')).toBe('`image: a/b:v1`');
  });

  it('has no way out of it', () => {
    expect(code('a `b` ``c``')).toBe('``` a `b` ``c`` ```');
    expect(code('one\n\n@everyone <b>')).toBe('`one ⏎ @everyone <b>`');
    expect(code('a\u202Eb\u0007')).toBe('`a�b�`');
    expect(code('')).toBe('`  `');
  });

  it('ends where it should, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n') }), (text) => {
        const [, fence = '', inside = ''] = /^(`+)([^]*?)\1$/.exec(code(text)) ?? [];
        expect(fence + inside + fence).toBe(code(text));
        expect(inside.includes(fence)).toBe(false);
        expect(inside).not.toMatch(/\n/);
      }),
    );
  });
});

it('a block has a longer fence than any line in it', () => {
  expect(block(['```', 'a'], 'diff')).toEqual(['````diff', '```', 'a', '````']);
});

it('what is cut off is counted, and no character is cut in two', () => {
  expect(shortened('abcdef', 4)).toBe('abcd … (2 more characters)');
  expect(shortened('a😀b', 2)).toBe('a … (3 more characters)');
  expect(nameList(['a', 'b', 'c', 'd'], { names: 2, value: 9 })).toBe('`a`, `b`, 2 more');
  expect(nameList(['a', 'b', 'c'], { names: 2, value: 9 })).toBe('`a`, `b`, `c`');
  expect(nameList(['abc', 'd'], { names: 2, value: 1 })).toBe('`a … (2 more characters)`, `d`');
});
