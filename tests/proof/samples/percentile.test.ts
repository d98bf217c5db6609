import { percentile } from '../../../proof/samples/percentile';

describe('a percentile', () => {
  const values = [5, 1, 4, 2, 3];

  it.each([
    [0, 1],
    [0.5, 3],
    [0.99, 5],
    [1, 5],
  ])('of %p is the value at that share of the sorted ones', (share, value) => {
    expect(percentile(values, share)).toBe(value);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
