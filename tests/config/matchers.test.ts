import { isRe2, re2Matches } from '../../config/alerting/re2';

/** Each asked of Go 1.26's regexp.Compile. */
describe('a regular expression of a matcher', () => {
  it.each([
    'shop-.*',
    'x{1000}',
    '\\p{Greek}+',
    '\\pN',
    '(?i)a',
    '(?P<n>a)',
    '[[:alpha:]]',
    '\\Qa.b\\E',
    '\\d+',
  ])('%s is one', (text) => {
    expect(isRe2(text)).toBe(true);
  });

  it.each([
    'x{1001}',
    '(x{100}){100}',
    '\\p{Emoji}',
    '\\p{Alphabetic}',
    '\\u{41}',
    '(?=a)',
    '(?<!a)b',
    '(a)\\1',
    'a**',
    '\\Z',
    '\\Qa',
    'a)|(b',
    '\\p{Garay}',
    '\\p{Grek}',
    '(',
  ])('%s is none for Go', (text) => {
    expect(isRe2(text)).toBe(false);
  });
});

describe('a value', () => {
  it.each([
    ['shop-.*', 'shop-a', true],
    ['shop-.*', 'my-shop-a', false],
    ['shop-.*', 'shop-\n', false],
    ['a|ab', 'ab', true],
    ['(?i)crit.*', 'CRITICAL', true],
    ['', '', true],
  ])('of %j is %j: %s', (expression, value, matches) => {
    expect(re2Matches(expression)(value)).toBe(matches);
  });
});
