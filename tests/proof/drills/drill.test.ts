import { asPromised, heading, row } from '../../../proof/drills/drill';

describe('the outcome of a drill', () => {
  it.each([
    ['nothing lost', { sent: 100, found: 100 }, true],
    ['one lost', { sent: 100, found: 99 }, false],
    ['nothing sent: nothing was tested', { sent: 0, found: 0 }, false],
    ['an excess as large as it must be', { sent: 100, found: 90, allowed: [5, 15] as const }, true],
    ['an excess that did not appear', { sent: 100, found: 100, allowed: [5, 15] as const }, false],
    ['more than the excess', { sent: 100, found: 80, allowed: [5, 15] as const }, false],
  ])('%s', (_, outcome, promised) => {
    expect(asPromised({ ...outcome, recovery: 1 })).toBe(promised);
  });

  it('is a line of a table: sent, found, lost, seconds to recover', () => {
    const line = row('a router: kill -9', { sent: 2000, found: 1999, recovery: 3.14 });
    expect(line.replace(/ +/g, ' ')).toBe('a router: kill -9 2000 1999 1 3.1 s');
    expect(line.length).toBe(heading.length);
  });
});
