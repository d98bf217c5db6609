import type { Violation } from '../config/errors';

/** What checks say of a configuration. */
export interface Verdict {
  /** What is refused. */
  violations: readonly Violation[];
  /** What is allowed and should be known, each as a sentence. */
  warnings: readonly string[];
}

/** Several verdicts as one. */
export const together = (...verdicts: readonly Verdict[]): Verdict => ({
  violations: verdicts.flatMap(({ violations }) => violations),
  warnings: verdicts.flatMap(({ warnings }) => warnings),
});

/** A verdict of checks that no key of the configuration can overrule. */
export const refused = (violations: readonly Violation[]): Verdict => ({ violations, warnings: [] });

/**
 * The verdict on what a configuration may accept with a reason.
 *
 * A key that accepts nothing is warned of: left over, it would let a later mistake pass.
 *
 * @param found everything that is found, accepted or not
 * @param by the configuration's key that accepts
 * @param reasons its value: a reason by key
 */
export const acceptable = (
  found: readonly Violation[],
  by: 'acceptedRisks' | 'acceptedSteps',
  reasons: Readonly<Partial<Record<string, string>>>,
): Verdict => ({
  violations: found.filter(({ key }) => reasons[key] === undefined),
  warnings: Object.keys(reasons)
    .filter((key) => !found.some((violation) => violation.key === key))
    .map((key) => `monitoring:${by}.${key} is no longer needed; remove it.`),
});
