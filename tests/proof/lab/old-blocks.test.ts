import { Duration } from '../../../config/units';
import { windowIn } from '../../../proof/lab/measure/history';
import { blockLength, expired, samplesOf } from '../../../proof/lab/old-blocks';

const day = 86_400;
const raw = Duration.parse('30d');

describe('the newest block that a retention is over for', () => {
  it.each([1000 * blockLength, 1000 * blockLength + 9 * day, 1001 * blockLength - 1])(
    'is a whole one of two weeks, at %i',
    (now) => {
      const { start, end } = expired(raw, now);
      expect(end % blockLength).toBe(0);
      expect(end - start).toBe(blockLength);
      expect(now - end).toBeGreaterThanOrEqual(raw.seconds);
      expect(now - end - blockLength).toBeLessThan(raw.seconds);
    },
  );

  it('holds the window that is asked, at the latest its end', () => {
    const length = Duration.parse('6h');
    for (let now = 1000 * blockLength; now < 1001 * blockLength; now += day / 2) {
      const block = expired(raw, now);
      const window = windowIn(block, 40, length, now);
      expect(window.end - window.start).toBe(length.seconds);
      expect(window.end).toBeLessThan(block.end);
      expect(window.start).toBeGreaterThan(block.start);
      expect((now - window.end) / day).toBeGreaterThanOrEqual(40);
      expect((now - window.end) / day).toBeLessThan(45);
    }
  });
});

describe('the samples of a block', () => {
  it('are two series as OpenMetrics has them, each time once and in order', () => {
    expect([...samplesOf({ start: 0, end: 60 }, 30)].join('')).toBe(`# TYPE history_queue_length gauge
history_queue_length 100.000 0
history_queue_length 100.417 30
# TYPE history_requests counter
history_requests_total 0 0
history_requests_total 3 30
# EOF
`);
  });
});
