import fc from 'fast-check';
import { agentBuffer, walSize } from '../../capacity/outage';
import { Duration } from '../../config/units';

const segmentBytes = 128 * 2 ** 20;

interface Segment {
  newest: number;
  bytes: number;
}

/**
 * The write-ahead log of a Prometheus Agent that appends at a constant rate and is truncated as v3.14.0 does
 * it.
 */
function simulate(truncateFrequency: number, bytesPerSecond: number, periods: number) {
  let current: Segment = { newest: 0, bytes: 0 };
  let segments = [current];
  let youngestDeleted = Infinity;
  let largest = 0;
  for (let period = 1; period <= periods; period++) {
    const end = period * truncateFrequency;
    let left = truncateFrequency * bytesPerSecond;
    while (left > 0) {
      const bytes = Math.min(left, segmentBytes - current.bytes);
      left -= bytes;
      current.bytes += bytes;
      current.newest = end - left / bytesPerSecond;
      if (left > 0) segments.push((current = { newest: current.newest, bytes: 0 }));
    }
    largest = Math.max(
      largest,
      segments.reduce((sum, s) => sum + s.bytes, 0),
    );
    // The current segment is never deleted; of the others the lower two thirds are, if that is more than one.
    const last = Math.floor(((segments.length - 2) * 2) / 3);
    segments.push((current = { newest: end, bytes: 0 }));
    if (last <= 0) continue;
    youngestDeleted = Math.min(youngestDeleted, ...segments.slice(0, last + 1).map((s) => end - s.newest));
    segments = segments.slice(last + 1);
  }
  return { youngestDeleted, largest };
}

const bytesPerSecond = () => fc.double({ min: 1, max: 200_000, noNaN: true });
const outage = () => fc.integer({ min: 600, max: 86_400 }).map((s) => Duration.ofSeconds(s));

describe('the buffer of an agent', () => {
  it('makes an outage of 6 h a truncation every 26 h and a retention of 6 h 30 min', () => {
    const { truncateFrequency, maxTime } = agentBuffer(Duration.parse('6h'));
    expect([truncateFrequency.toString(), maxTime.toString()]).toEqual(['26h', '6h30m']);
  });

  it('never deletes a sample younger than the outage and half an hour, at any rate', () => {
    fc.assert(
      fc.property(outage(), bytesPerSecond(), (length, rate) => {
        const { truncateFrequency } = agentBuffer(length);
        const { youngestDeleted } = simulate(truncateFrequency.seconds, rate, 6);
        return youngestDeleted >= length.seconds + 1800;
      }),
    );
  });

  it('needs the factor of four: five segments in the first period leave hardly more than a quarter', () => {
    const period = agentBuffer(Duration.parse('6h')).truncateFrequency.seconds;
    const { youngestDeleted } = simulate(period, (4.001 * segmentBytes) / period, 1);
    expect(youngestDeleted / period).toBeCloseTo(0.25, 3);
  });

  it('is why the default truncation of 2 h loses samples of an outage of 40 min', () => {
    const { youngestDeleted } = simulate(7200, (4.001 * segmentBytes) / 7200, 1);
    expect(youngestDeleted).toBeLessThan(40 * 60);
  });

  it('fits its volume: the log never grows beyond walSize', () => {
    fc.assert(
      fc.property(outage(), bytesPerSecond(), (length, rate) => {
        const { largest } = simulate(agentBuffer(length).truncateFrequency.seconds, rate, 6);
        return largest <= walSize(length, rate).bytes;
      }),
    );
  });

  it('takes 13.6 GiB at 100 kB/s and an outage of 6 h', () => {
    expect((walSize(Duration.parse('6h'), 100_000).bytes / 2 ** 30).toFixed(1)).toBe('13.6');
  });
});
