import { InvalidArgumentError } from '@commander-js/extra-typings';
import { Duration, UnitError } from '../config/units';

/**
 * What an amount may be. Without an end, a slip of the keyboard would run for hours, or until memory is gone.
 */
export interface Bounds {
  least: number;
  most: number;
  /** Why no more, as the end of a sentence. */
  why: string;
}

/** Reads an option or argument as a whole number, for commander. */
export const wholeNumber =
  ({ least, most, why }: Bounds) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed: ${why}.`);
  };

/** At most ten whole numbers with commas between them, for commander. */
export const wholeNumbers =
  (bounds: Bounds) =>
  (text: string): number[] => {
    const numbers = text.split(',');
    if (numbers.length > 10) throw new InvalidArgumentError('At most ten numbers are needed.');
    return numbers.map(wholeNumber(bounds));
  };

/** What is waited for at a terminal, in seconds or as a duration, ends within a day. */
const aDay = Duration.parse('1d');

/** A number of seconds that a command waits, for commander. */
export const seconds = (least: number) =>
  wholeNumber({ least, most: aDay.seconds, why: 'the command waits for so long, at most a day' });

/** A duration such as `10m` that a command waits, for commander. */
export function duration(text: string): Duration {
  try {
    const read = Duration.parse(text);
    if (read.seconds > 0 && read.seconds <= aDay.seconds) return read;
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
  }
  throw new InvalidArgumentError(`Needed is ${Duration.allowed}, at most ${aDay.toString()}.`);
}

/** Some of the names that there are, with commas between them, for commander. */
export const namesOf =
  (known: readonly string[]) =>
  (text: string): string[] => {
    const names = text.split(',');
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length === 0) return names;
    throw new InvalidArgumentError(`There is no ${unknown.join(', ')}, only ${known.join(', ')}.`);
  };
