import fc from 'fast-check';
import { Cpu, Duration, Quantity, UnitError } from '../../config/units';

describe('Quantity', () => {
  it.each([
    ['2Gi', 2 * 2 ** 30],
    ['512Mi', 512 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1e9', 1e9],
    ['1.5E9', 1.5e9],
    ['64Ki', 65_536],
    ['1Ti', 2 ** 40],
    ['1G', 1e9],
    ['1k', 1000],
    ['1000', 1000],
    // Thanos and Prometheus read these in powers of 1024.
    ['500MB', 500 * 2 ** 20],
    ['2GiB', 2 * 2 ** 30],
    ['4KB', 4096],
    ['100B', 100],
  ])('reads %s as %d bytes', (text, bytes) => {
    expect(Quantity.parse(text).bytes).toBe(bytes);
  });

  it.each([
    '',
    '0',
    '0Gi',
    '-1Gi',
    '1 Gi',
    'Gi',
    '1gi',
    '1K',
    '1kB',
    '1ki',
    '1i',
    '1iB',
    '1Pi',
    '.5Gi',
    '2GiBB',
  ])('refuses %p', (text) => {
    expect(() => Quantity.parse(text)).toThrow(UnitError);
    expect(() => Quantity.parse(text)).toThrow('an amount of bytes such as 512Mi, 2Gi or 500MB');
  });

  it.each([
    ['2048Mi', '2Gi', '2GiB'],
    ['1.5Gi', '1536Mi', '1536MiB'],
    ['1G', '1000000000', '1000000000B'],
    ['1000Ki', '1000Ki', '1000KiB'],
  ])('prints %s as %s for Kubernetes and %s for Thanos', (text, kubernetes, thanos) => {
    const quantity = Quantity.parse(text);
    expect([quantity.kubernetes, quantity.thanos]).toEqual([kubernetes, thanos]);
    expect(`${quantity.toString()} ${JSON.stringify(quantity)}`).toBe(`${kubernetes} "${kubernetes}"`);
  });

  it('rounds a share up to whole bytes', () => {
    expect(Quantity.parse('10').times(0.25).bytes).toBe(3);
  });

  const bytes = fc.integer({ min: 1, max: 2 ** 50 });

  it('reads back what it prints, in both notations', () => {
    fc.assert(
      fc.property(bytes, (n) => {
        const quantity = Quantity.ofBytes(n);
        expect(Quantity.parse(quantity.kubernetes).bytes).toBe(n);
        expect(Quantity.parse(quantity.thanos).bytes).toBe(n);
      }),
    );
  });

  it('orders units as their sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (n) => {
        const sizes = ['', 'k', 'Ki', 'M', 'Mi', 'G', 'Gi', 'T', 'Ti'].map(
          (u) => Quantity.parse(`${n}${u}`).bytes,
        );
        expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
        expect(new Set(sizes).size).toBe(sizes.length);
      }),
    );
  });
});

describe('Cpu', () => {
  it.each([
    ['2', 2000, '2'],
    ['0.5', 500, '500m'],
    ['500m', 500, '500m'],
    ['1500m', 1500, '1500m'],
    ['2000m', 2000, '2'],
    // Times 1000 this is 1004.9999999999999.
    ['1.005', 1005, '1005m'],
  ])('reads %s as %d thousandths of a core and prints %s', (text, millicores, kubernetes) => {
    const cpu = Cpu.parse(text);
    expect(cpu.millicores).toBe(millicores);
    expect([cpu.kubernetes, cpu.toString(), JSON.stringify(cpu)]).toEqual([
      kubernetes,
      kubernetes,
      `"${kubernetes}"`,
    ]);
  });

  it.each(['', '0', '0m', '-1', '1 m', '0.0001', '0.5m', '1u', 'two'])('refuses %p', (text) => {
    expect(() => Cpu.parse(text)).toThrow(new UnitError('cores such as 2, 0.5 or 500m'));
  });

  it('reads the same number written in cores and in thousandths, and what it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (n) => {
        const cpu = Cpu.parse(`${n}m`);
        expect(Cpu.parse((n / 1000).toFixed(3)).millicores).toBe(n);
        expect(Cpu.parse(cpu.kubernetes).millicores).toBe(n);
      }),
    );
  });
});

describe('Duration', () => {
  it.each([
    ['30s', 30],
    ['6h', 21_600],
    ['15d', 1_296_000],
    ['2w', 1_209_600],
    ['1h30m', 5400],
    ['1w2d3h4m5s', 788_645],
    ['250ms', 0.25],
  ])('reads %s as %d seconds', (text, seconds) => {
    expect(Duration.parse(text).seconds).toBe(seconds);
  });

  it.each(['', '6', '6 h', '-6h', '1.5h', '30m1h', '1d1y', 'h', '6H'])('refuses %p', (text) => {
    expect(() => Duration.parse(text)).toThrow(new UnitError('a duration such as 30s, 6h or 15d'));
  });

  it('is at most what Go counts', () => {
    expect(Duration.parse(Duration.longest).seconds).toBeLessThan(2 ** 63 / 1e9);
    expect(Duration.parse(Duration.longest).toString()).toBe('106751d');
    for (const text of ['106752d', '99999999999h', `${'9'.repeat(400)}h`]) {
      expect(() => Duration.parse(text)).toThrow(
        new UnitError('a duration such as 30s, 6h or 15d, at most 106751d'),
      );
    }
  });

  it('refuses none at all, and says so', () => {
    const message = 'a duration such as 30s, 6h or 15d, more than 0';
    expect(() => Duration.parse('0s')).toThrow(new UnitError(message));
    expect(() => Duration.parse('0d0h')).toThrow(new UnitError(message));
    expect(Duration.zero.toString()).toBe('0s');
  });

  it.each([
    ['24h', '1d'],
    ['36h', '36h'],
    ['2w', '14d'],
    ['1y', '365d'],
    ['1y1w', '372d'],
    ['90m', '1h30m'],
    ['3600s', '1h'],
    ['1500ms', '1s500ms'],
  ])('prints %s as %s, without weeks, and days only when they are whole', (text, printed) => {
    const duration = Duration.parse(text);
    expect(duration.toString()).toBe(printed);
    expect(JSON.stringify(duration)).toBe(`"${printed}"`);
  });

  it('adds and multiplies', () => {
    expect(Duration.parse('6h').plus(Duration.parse('30m')).toString()).toBe('6h30m');
    expect(Duration.parse('6h').times(1.5).hours).toBe(9);
    expect(Duration.ofSeconds(0.0005).toString()).toBe('1ms');
  });

  const milliseconds = fc.integer({ min: 1, max: 10 * 365 * 86_400_000 });

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(milliseconds, (n) => {
        const duration = Duration.ofSeconds(n / 1000);
        expect(Duration.parse(duration.toString()).milliseconds).toBe(duration.milliseconds);
      }),
    );
  });

  it('keeps the order of sums: a longer span plus the same is longer', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, milliseconds, (a, b, c) => {
        const [left, right, added] = [a, b, c].map((n) => Duration.ofSeconds(n / 1000)) as [
          Duration,
          Duration,
          Duration,
        ];
        const sums = left.plus(added).milliseconds - right.plus(added).milliseconds;
        expect(Math.sign(sums)).toBe(Math.sign(left.milliseconds - right.milliseconds));
      }),
    );
  });
});
