import fc from 'fast-check';
import { countNumbered, lost, type Sent } from '../../../proof/samples/count';
import type { Series } from '../../../proof/samples/query-client';

/** Series as a query returns it; a number is due at as many seconds. */
const answered = (series: string, numbers: readonly number[], replica = 'a'): Series => ({
  metric: { __name__: 'numbered_sample', series, prometheus_replica: replica },
  values: numbers.map((number) => [number, String(number)]),
});

const numbers = (...all: number[]): Sent[] => all.map((number) => ({ number }));
const due = (...all: number[]): Sent[] => all.map((number) => ({ number, timestamp: number * 1000 }));

describe('counting numbered samples', () => {
  it('finds all where every series has every number', () => {
    const answer = [answered('0', [1, 2, 3]), answered('1', [1, 2, 3])];
    expect(countNumbered(numbers(1, 2, 3), 2, answer)).toEqual({ sent: 6, found: 6, missing: [] });
  });

  it('names each number that any series lacks, ascending, and counts each lacking sample', () => {
    const answer = [answered('0', [1, 3]), answered('1', [1])];
    const count = countNumbered(numbers(3, 1, 2), 2, answer);
    expect(count).toEqual({ sent: 6, found: 3, missing: [2, 3] });
    expect(lost(count)).toBe(3);
  });

  it('finds nothing where no answer came', () => {
    expect(countNumbered(numbers(1, 2), 3, [])).toEqual({ sent: 6, found: 0, missing: [1, 2] });
  });

  it('takes copies as one, so that a copy of either agent is enough', () => {
    const answer = [answered('0', [1, 2], 'a'), answered('0', [2, 3], 'b')];
    expect(countNumbered(numbers(1, 2, 3), 1, answer)).toEqual({ sent: 3, found: 3, missing: [] });
  });

  it('counts what was sent twice once', () => {
    expect(countNumbered(numbers(1, 1, 2), 1, [answered('0', [1, 2])])).toMatchObject({ sent: 2, found: 2 });
  });

  it('leaves out what was not sent: other numbers, and series beyond those', () => {
    const answer = [answered('0', [0, 1, 2, 3]), answered('1', [1, 2])];
    expect(countNumbered(numbers(1, 2), 1, answer)).toEqual({ sent: 2, found: 2, missing: [] });
  });

  it('leaves out a sample at another time than it was due, to the millisecond', () => {
    const moved = (by: number): Series[] => [{ metric: { series: '0' }, values: [[1 + by, '1']] }];
    expect(countNumbered(due(1), 1, moved(0)).found).toBe(1);
    expect(countNumbered(due(1), 1, moved(0.001)).found).toBe(0);
    expect(countNumbered(due(1), 1, moved(-0.001)).found).toBe(0);
  });

  it('finds a sample that one copy has at its time, whatever other copies have', () => {
    const wrong: Series = { metric: { series: '0' }, values: [[9, '1']] };
    expect(countNumbered(due(1), 1, [answered('0', [1]), wrong]).found).toBe(1);
    expect(countNumbered(due(1), 1, [wrong, answered('0', [1])]).found).toBe(1);
  });
});

describe('counting numbered samples, whatever is sent and found', () => {
  const some = fc.array(fc.integer({ min: 0, max: 30 }));
  const sentOf = fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 30 })), fc.boolean());
  const listed = ([all, timed]: [number[], boolean]) => (timed ? due(...all) : numbers(...all));

  it('is exact: a sample for each dropped one is lost, and exactly the dropped numbers are missing', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 30 })));
    fc.assert(
      fc.property(sentOf, gaps, (sent, dropped) => {
        const isDropped = (series: number, number: number) =>
          dropped.some(([s, n]) => s === series && n === number);
        const answer = [0, 1, 2].map((series) =>
          answered(
            String(series),
            sent[0].filter((number) => !isDropped(series, number)),
          ),
        );
        const gone = sent[0].flatMap((number) => [0, 1, 2].filter((series) => isDropped(series, number)));
        const count = countNumbered(listed(sent), 3, answer);
        expect(count.sent).toBe(sent[0].length * 3);
        expect(lost(count)).toBe(gone.length);
        expect(count.missing).toEqual(
          sent[0].filter((n) => [0, 1, 2].some((s) => isDropped(s, n))).sort((a, b) => a - b),
        );
      }),
    );
  });

  it('is the same for answers in another order, or with copies', () => {
    const shuffled = fc
      .tuple(some, some)
      .chain(([first, second]) =>
        fc.tuple(
          fc.constant([answered('0', first), answered('1', second)]),
          fc.tuple(
            fc.shuffledSubarray(first, { minLength: first.length }),
            fc.shuffledSubarray(second, { minLength: second.length }),
          ),
        ),
      );
    fc.assert(
      fc.property(sentOf, shuffled, (sent, [answer, [first, second]]) => {
        const other = [answered('1', second, 'b'), answered('0', first, 'b')];
        const count = countNumbered(listed(sent), 2, answer);
        expect(countNumbered(listed(sent), 2, other)).toEqual(count);
        expect(countNumbered(listed(sent), 2, [...answer, ...other])).toEqual(count);
        expect(countNumbered(listed(sent).toReversed(), 2, answer)).toEqual(count);
      }),
    );
  });

  it('never finds more than was sent, and misses nothing only where all is found', () => {
    fc.assert(
      fc.property(sentOf, some, some, (sent, first, second) => {
        const count = countNumbered(listed(sent), 2, [answered('0', first), answered('1', second)]);
        expect(count.found).toBeLessThanOrEqual(count.sent);
        expect(count.missing.length === 0).toBe(count.found === count.sent);
      }),
    );
  });
});
