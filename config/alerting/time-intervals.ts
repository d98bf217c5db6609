import { z } from 'zod';
import { isTimeZone } from './time-zone';

/*
 * Alertmanager's grammar of time intervals (timeinterval/timeinterval.go of 0.34), so that what it would
 * refuse is refused at the preview: after it, the operator keeps the last good configuration and only its log
 * says so.
 */

const minute = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** January first, as Alertmanager spells them. */
export const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A range `A:B`, or one member alone, as the numbers of both ends. */
function range(text: string, member: (text: string) => number | undefined): [number, number] | undefined {
  const [first = '', last = first, ...more] = text.split(':');
  const [begin, end] = [member(first), member(last)];
  return more.length > 0 || begin === undefined || end === undefined ? undefined : [begin, end];
}

const indexIn = (names: readonly string[]) => (text: string) => {
  const index = names.indexOf(text);
  return index < 0 ? undefined : index;
};

const whole = (least: number, most: number) => (text: string) => {
  const number = /^-?\d{1,4}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
};

/** A month by name or number; January is 1. */
function month(text: string): number | undefined {
  const index = indexIn(months)(text);
  return index === undefined ? whole(1, 12)(text) : index + 1;
}

const inOrder = ([begin, end]: [number, number]) => begin <= end;

/** Alertmanager counts negative days from the end of the shortest month. */
const daysInOrder = ([begin, end]: [number, number]) =>
  begin !== 0 &&
  end !== 0 &&
  !(begin < 0 && end > 0) &&
  (begin < 0 ? 28 + begin : begin) <= (end < 0 ? 28 + end : end);

const ranges = (allowed: string, member: (text: string) => number | undefined, ordered = inOrder) =>
  z
    .array(
      z.string({ error: allowed }).refine((text) => {
        const found = range(text, member);
        return found !== undefined && ordered(found);
      }, allowed),
    )
    .min(1, allowed)
    .optional();

const allowedTime = 'a time of day such as 08:30, or 24:00 for its end';
const time = () => z.string({ error: allowedTime }).regex(minute, allowedTime);

const allowedZone =
  'a present name of the IANA time zone database as it is written there, such as Europe/Berlin or UTC; Alertmanager’s image has no older ones such as US/Eastern';

const interval = z.strictObject({
  times: z
    .array(
      z
        .strictObject({ from: time(), to: time() })
        .refine(
          ({ from, to }) => from < to || !minute.test(from) || !minute.test(to),
          'from before to: a night is two ranges, 22:00 to 24:00 and 00:00 to 06:00',
        ),
    )
    .min(1, 'at least one range of times')
    .optional()
    .describe('ranges of the day, `from` included and `to` not; default: the whole day'),
  weekdays: ranges(
    'a weekday or a range such as monday:friday; the week begins with sunday',
    indexIn(weekdays),
  ).describe('such as `monday:friday`; the week begins with `sunday`'),
  daysOfMonth: ranges(
    'days of the month such as 1:7, or -3:-1 for the last three',
    whole(-31, 31),
    daysInOrder,
  ).describe('such as `1:7`, or `-3:-1` for the last three'),
  months: ranges('months such as january:march or 1:3', month).describe('such as `january:march` or `1:3`'),
  years: ranges('years such as 2027 or 2027:2028', whole(1970, 9999)).describe('such as `2027:2028`'),
  location: z
    .string({ error: allowedZone })
    .refine(isTimeZone, allowedZone)
    .default('UTC')
    .describe('time zone, such as `Europe/Berlin`'),
});

const allowedName = 'lower-case ASCII letters, digits and inner hyphens, at most 63';

/** The name of a receiver or a time interval. */
export const name = () =>
  z.string({ error: allowedName }).regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, allowedName);

/** A named time interval: it holds while one of its `intervals` does. */
export const timeInterval = () =>
  z.strictObject({
    name: name(),
    intervals: z.array(interval).min(1, 'at least one interval'),
  });

export type TimeInterval = z.output<ReturnType<typeof timeInterval>>;
