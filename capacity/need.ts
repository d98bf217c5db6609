import { Quantity } from '../config/units';

/** One part of a sum: what it is for, and bytes. */
export interface Term {
  what: string;
  bytes: number;
}

/** What a component needs of one resource, with its sum. */
export interface Need {
  /** The component as the table calls it. */
  component: string;
  resource: 'memory' | 'disk';
  /** The configuration's key that must be at least this, below `monitoring:`. */
  key: string;
  /** Number of pods that need it each. */
  pods: number;
  terms: readonly Term[];
}

/** `count` things of `each` bytes, said so that the sum can be checked by hand. */
export const times = (count: number, thing: string, each: number): Term => ({
  what: `${whole(count)} ${thing} of ${each < 100 ? each.toFixed(2) : whole(each)} bytes`,
  bytes: count * each,
});

export const total = (terms: readonly Term[]): number => terms.reduce((sum, { bytes }) => sum + bytes, 0);

export const quantity = (need: Need): Quantity => Quantity.ofBytes(total(need.terms));

/** The sum in words: `1.9 GiB (400 000 series of 4 800 bytes) + 72 MiB (the process)`. */
export const sum = (terms: readonly Term[]): string =>
  terms
    .filter(({ bytes }) => bytes > 0)
    .map(({ what, bytes }) => `${size(bytes)} (${what})`)
    .join(' + ');

/** Bytes for people: three digits and a binary unit. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const amount = bytes / 1024 ** power;
  return `${amount >= 100 || power === 0 ? Math.round(amount) : amount.toPrecision(3)} ${units[power] ?? ''}`;
}

/** A whole number with thin groups: `400 000`. */
export const whole = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');
