import fc from 'fast-check';
import { replicationFactor } from '../../capacity/replication';

const ingestors = () => fc.integer({ min: 1, max: 50 });

describe('replication factor', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
    [50, 3],
  ])('of %i ingestors is %i', (n, factor) => {
    expect(replicationFactor(n)).toBe(factor);
  });

  it('is never more than there are ingestors, and never falls when one is added', () => {
    fc.assert(
      fc.property(ingestors(), (n) => {
        expect(replicationFactor(n)).toBeLessThanOrEqual(n);
        expect(replicationFactor(n)).toBeGreaterThanOrEqual(1);
        expect(replicationFactor(n + 1)).toBeGreaterThanOrEqual(replicationFactor(n));
      }),
    );
  });
});
