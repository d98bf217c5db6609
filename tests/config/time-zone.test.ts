import { isTimeZone } from '../../config/alerting/time-zone';

const known = Intl.supportedValuesOf('timeZone').filter(isTimeZone);

/** A name with the case of one letter changed, for each of its letters. */
const respelt = (name: string): string[] =>
  Array.from(name).flatMap((letter, i) => {
    const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
    return other === letter ? [] : [name.slice(0, i) + other + name.slice(i + 1)];
  });

describe('a time zone', () => {
  it.each([
    'UTC',
    'Etc/UTC',
    'Etc/GMT-14',
    'Etc/GMT+12',
    'Europe/Berlin',
    'Europe/Kyiv',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'America/Indiana/Knox',
  ])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it('is each that the database lists for a place, and nothing else than those', () => {
    expect(known.length).toBeGreaterThan(390);
    expect(known.filter((name) => !/^[A-Z][a-z]+\/[A-Z]/.test(name))).toEqual([]);
  });

  it('is written as the file is named: with a letter in another case there is none', () => {
    const others = [...known, 'America/Argentina/Cordoba', 'Asia/Kolkata', 'Etc/UTC'].flatMap(respelt);
    expect(others.filter(isTimeZone)).toEqual([]);
  });

  it.each(['EUROPE/BERLIN', 'europe/berlin', 'utc', 'Berlin/Mitte', '+02:00', 'Local', 'Etc/GMT+13', ''])(
    '%s is no file',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );

  it.each(['US/Eastern', 'Asia/Calcutta', 'Europe/Kiev', 'CET', 'EST5EDT', 'GB', 'Australia/NSW', 'ACT'])(
    '%s is an older name, which the image has not',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
