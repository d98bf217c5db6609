/** What a check found: well, wrong, or that it could not look, which is neither. */
export type Status = 'well' | 'wrong' | 'unknown';

export interface Finding {
  status: Status;
  /** What was found; of `unknown`, why nothing was. */
  found: string;
  /** What to do, as a sentence; always there unless all is well. */
  fix?: string;
}

/** A check by its name, over everything that was observed. */
export interface Check<Observed> {
  name: string;
  judge: (observed: Observed) => Finding;
}

/** What was seen of one thing, or why it could not be looked at and what to do about that. */
export type Observation<T> = { value: T } | Unseen;

export interface Unseen {
  why: string;
  fix: string;
}

export const well = (found: string): Finding => ({ status: 'well', found });
export const wrong = (found: string, fix: string): Finding => ({ status: 'wrong', found, fix });
export const unknown = ({ why, fix }: Unseen): Finding => ({ status: 'unknown', found: why, fix });

/** Judges what was seen; what was not is unknown. */
export const judged = <T>(observation: Observation<T>, judge: (value: T) => Finding): Finding =>
  'why' in observation ? unknown(observation) : judge(observation.value);

/** Both at once: unknown unless both were seen. */
export const judgedBoth = <A, B>(
  one: Observation<A>,
  other: Observation<B>,
  judge: (one: A, other: B) => Finding,
): Finding => judged(one, (a) => judged(other, (b) => judge(a, b)));

/** Wrong with all that is wrong, or well. */
export const allWell = (faults: readonly string[], found: string, fix: string): Finding =>
  faults.length === 0 ? well(found) : wrong(faults.join('; '), fix);

/**
 * The verdict over several things of one kind that are looked at each by itself. What is wrong with one
 * counts even where another could not be looked at.
 */
export function together(findings: readonly Finding[]): Finding {
  const of = (status: Status) => findings.filter((finding) => finding.status === status);
  const worst = [of('wrong'), of('unknown'), findings].find((some) => some.length > 0) ?? [];
  const fixes = new Set(worst.flatMap(({ fix }) => fix ?? []));
  return {
    status: worst[0]?.status ?? 'well',
    found: worst.map(({ found }) => found).join('; '),
    ...(fixes.size > 0 && { fix: [...fixes].join(' ') }),
  };
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** A time for people, in its largest whole unit: `3 h`. */
export function span(seconds: number): string {
  const [unit, length] = units.find(([, size]) => seconds >= 2 * size) ?? ['s', 1];
  return `${Math.round(seconds / length)} ${unit}`;
}
