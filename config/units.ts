/** A value that its own parser rejects; the message says what is allowed. */
export class UnitError extends Error {}

const binary: Readonly<Record<string, number>> = {
  '': 1,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * An amount of bytes (memory, disk, a cache).
 *
 * Reads Kubernetes quantities (`2Gi`, `512Mi`, `1G`, `1e9`) and the forms that Thanos and Prometheus document
 * (`500MB`, `2GiB`). Thanos and Prometheus count `MB` and `GB` in powers of 1024, so those mean the same
 * here; only Kubernetes' own `k`, `M`, `G`, `T` without `B` are powers of 1000.
 */
export class Quantity {
  private constructor(readonly bytes: number) {}

  static readonly allowed = 'an amount of bytes such as 512Mi, 2Gi or 500MB';

  /** @throws UnitError when `text` is no positive amount of bytes. */
  static parse(text: string): Quantity {
    const match = /^(\d+(?:\.\d+)?(?:[eE]\d{1,2}(?!.))?)(?:([MGT]|k(?!i|B)|K(?=i|B))(i?))?(B?)$/.exec(text);
    if (!match) throw new UnitError(Quantity.allowed);
    const [, amount = '', prefix = '', i, b] = match;
    const power = ['', 'K', 'M', 'G', 'T'].indexOf(prefix.toUpperCase());
    const bytes = Math.round(Number(amount) * (i || b ? 1024 : 1000) ** power);
    if (bytes <= 0) throw new UnitError(Quantity.allowed);
    return new Quantity(bytes);
  }

  /** @param bytes rounded up to whole bytes. */
  static ofBytes(bytes: number): Quantity {
    return new Quantity(Math.ceil(bytes));
  }

  /** As Kubernetes prints it: the largest binary unit that divides it, `2Gi`, `1536Mi`, `1000`. */
  get kubernetes(): string {
    const unit = ['Ti', 'Gi', 'Mi', 'Ki', ''].find((u) => this.bytes % (binary[u] ?? 1) === 0) ?? '';
    return `${this.bytes / (binary[unit] ?? 1)}${unit}`;
  }

  /** As Thanos and Prometheus flags read it: `2GiB`. */
  get thanos(): string {
    return `${this.kubernetes}B`;
  }

  times(factor: number): Quantity {
    return Quantity.ofBytes(this.bytes * factor);
  }

  toString(): string {
    return this.kubernetes;
  }

  toJSON(): string {
    return this.kubernetes;
  }
}

/** CPU time per second, in thousandths of a core: `500m` is 500, `2` is 2000. */
export class Cpu {
  private constructor(readonly millicores: number) {}

  static readonly allowed = 'cores such as 2, 0.5 or 500m';

  /** @throws UnitError when `text` is no positive number of cores. */
  static parse(text: string): Cpu {
    const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(text);
    const exact = match ? Number(match[1]) * (match[2] ? 1 : 1000) : 0;
    // 1.005 cores times 1000 is 1004.9999999999999.
    const millicores = Math.round(exact);
    if (millicores <= 0 || Math.abs(exact - millicores) > 1e-6) throw new UnitError(Cpu.allowed);
    return new Cpu(millicores);
  }

  get kubernetes(): string {
    return this.millicores % 1000 === 0 ? String(this.millicores / 1000) : `${this.millicores}m`;
  }

  toString(): string {
    return this.kubernetes;
  }

  toJSON(): string {
    return this.kubernetes;
  }
}

const durationUnits = [
  // As Prometheus counts it: 365 days.
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** A span of time in Prometheus' notation: `6h`, `15d`, `1h30m`. */
export class Duration {
  private constructor(readonly milliseconds: number) {}

  static readonly allowed = 'a duration such as 30s, 6h or 15d';

  /** What Go counts in nanoseconds, in 64 bits: 292 years. Its parsers refuse more, or take it for less. */
  static readonly longest = '106751d';

  /** @throws UnitError when `text` is no positive duration, or longer than `longest` */
  static parse(text: string): Duration {
    const match = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(
      text,
    );
    const milliseconds = durationUnits.reduce(
      (sum, [, size], i) => sum + Number(match?.[i + 1] ?? 0) * size,
      0,
    );
    if (match?.[0] && milliseconds === 0) throw new UnitError(`${Duration.allowed}, more than 0`);
    if (milliseconds <= 0) throw new UnitError(Duration.allowed);
    if (milliseconds > 106_751 * 86_400_000) {
      throw new UnitError(`${Duration.allowed}, at most ${Duration.longest}`);
    }
    return new Duration(milliseconds);
  }

  /** No time at all, where that means something. */
  static readonly zero = new Duration(0);

  static ofSeconds(seconds: number): Duration {
    return new Duration(Math.ceil(seconds * 1000));
  }

  get seconds(): number {
    return this.milliseconds / 1000;
  }

  get hours(): number {
    return this.seconds / 3600;
  }

  plus(other: Duration): Duration {
    return new Duration(this.milliseconds + other.milliseconds);
  }

  times(factor: number): Duration {
    return new Duration(Math.ceil(this.milliseconds * factor));
  }

  /**
   * Without years and weeks, and days only when they are whole (`15d`, but `36h`): what every flag of
   * Prometheus and Thanos reads and what people write.
   */
  toString(): string {
    if (this.milliseconds === 0) return '0s';
    const units = this.milliseconds % 86_400_000 === 0 ? durationUnits.slice(2, 3) : durationUnits.slice(3);
    let rest = this.milliseconds;
    return units
      .map(([unit, size]) => {
        const count = Math.floor(rest / size);
        rest -= count * size;
        return count ? `${count}${unit}` : '';
      })
      .join('');
  }

  toJSON(): string {
    return this.toString();
  }
}
