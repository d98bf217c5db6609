import { lostByAll, missingRuns } from '../../../proof/lab/experiment/loss';

const scrapes = (count: number, offset = 0) =>
  Array.from({ length: count }, (_, i) => ({ number: i + 1, at: i * 1000 + offset }));

describe('runs of missing scrapes', () => {
  it('are none where nothing is missing', () => {
    expect(missingRuns(scrapes(5), [])).toEqual([]);
  });

  it('stand apart where something arrived between them', () => {
    expect(missingRuns(scrapes(6), [2, 3, 6])).toEqual([
      { first: { number: 2, at: 1000 }, last: { number: 3, at: 2000 }, count: 2 },
      { first: { number: 6, at: 5000 }, last: { number: 6, at: 5000 }, count: 1 },
    ]);
  });
});

describe('what all replicas have lost', () => {
  it('is not what another replica has of the same time', () => {
    const a = { served: scrapes(6), missing: [2, 3] };
    const b = { served: scrapes(6, 400), missing: [3, 5] };
    expect(lostByAll([a, b], 500)).toEqual([
      { number: 3, at: 2000 },
      { number: 3, at: 2400 },
    ]);
  });
});
