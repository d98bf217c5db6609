import { loss, lostByAll } from '../../../proof/lab/experiment/loss';

const scrapes = (count: number, offset = 0) =>
  Array.from({ length: count }, (_, i) => ({ number: i + 1, at: i * 1000 + offset }));

const except = (count: number, ...missing: number[]) =>
  new Set(
    scrapes(count)
      .map(({ number }) => number)
      .filter((n) => !missing.includes(n)),
  );

describe('counting what was lost', () => {
  it('finds nothing where every number arrived', () => {
    expect(loss(scrapes(5), except(5))).toEqual({ served: 5, lost: 0, missing: [] });
  });

  it('tells runs of missing numbers apart', () => {
    expect(loss(scrapes(6), except(6, 2, 3, 6))).toEqual({
      served: 6,
      lost: 3,
      missing: [
        { first: { number: 2, at: 1000 }, last: { number: 3, at: 2000 }, count: 2 },
        { first: { number: 6, at: 5000 }, last: { number: 6, at: 5000 }, count: 1 },
      ],
    });
  });

  it('holds a scrape of one replica as kept when the other has one of the same time', () => {
    const a = { served: scrapes(6), found: except(6, 2, 3) };
    const b = { served: scrapes(6, 400), found: except(6, 3, 5) };
    expect(lostByAll([a, b], 500)).toEqual([
      { number: 3, at: 2000 },
      { number: 3, at: 2400 },
    ]);
  });
});
