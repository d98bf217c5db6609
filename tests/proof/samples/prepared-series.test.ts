import fc from 'fast-check';
import { PreparedSeries } from '../../../proof/samples/prepared-series';
import { writeRequest } from '../../../proof/samples/write-request';

const labels = fc.dictionary(fc.stringMatching(/^[a-z_]{1,20}$/), fc.string({ maxLength: 300 }));
const sample = fc.record({
  value: fc.double({ noNaN: true }),
  timestamp: fc.integer({ min: 1, max: 4_000_000_000_000 }),
});

describe('a series with labels that are encoded once', () => {
  it('is what the encoder makes of the whole', () => {
    fc.assert(
      fc.property(labels, labels, sample, (first, second, { value, timestamp }) => {
        const parts = [first, second].map((one) => new PreparedSeries(one).with(value, timestamp));
        const whole = [first, second].map((one) => ({ labels: one, samples: [{ value, timestamp }] }));
        expect(Buffer.concat(parts).equals(Buffer.from(writeRequest(whole)))).toBe(true);
      }),
    );
  });
});
