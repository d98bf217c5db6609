import {
  numberAt,
  numbersBetween,
  scrapeInterval,
  targetSelector,
} from '../../../proof/drills/numbered-target';

describe('the numbered target', () => {
  it('gives the same number within a scrape interval, and the next one from its end on', () => {
    expect([scrapeInterval, ...[0, 4999, 5000, 9999].map(numberAt)]).toEqual([5, 0, 0, 1, 1]);
  });

  it('has in its log what it gave, from the first interval asked for until before the last', () => {
    const log = '1\n2\n2\n3\n4\n';
    expect(numbersBetween(log, 10_000, 20_000)).toEqual([2, 2, 3]);
    expect(numbersBetween(log, 14_999, 15_000)).toEqual([2, 2]);
    expect(numbersBetween('', 0, 20_000)).toEqual([]);
  });

  it("is asked for by the edge that scrapes it, apart from any load's series", () => {
    expect(targetSelector('cluster-02')).toBe('numbered_sample{cluster="cluster-02",run=""}');
  });
});
