import { isRe2 } from '../../config/alerting/re2';
import { isTimeZone } from '../../config/alerting/time-zone';

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
    '(',
  ])('%s is none for Go', (text) => {
    expect(isRe2(text)).toBe(false);
  });
});

describe('a time zone', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'US/Eastern',
    'America/Knox_IN',
    'Etc/GMT-14',
    'America/Port-au-Prince',
    'EST5EDT',
    'W-SU',
    'Australia/NSW',
  ])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each([
    'EUROPE/BERLIN',
    'europe/berlin',
    'Asia/KOLKATA',
    'Asia/kolkata',
    'Us/Eastern',
    'US/EASTERN',
    'utc',
    'Berlin/Mitte',
    '+02:00',
    'Local',
    '',
  ])('%s is no file of the database', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
