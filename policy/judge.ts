import type { Manifest } from './manifest';
import type { Facts, Finding, Policy } from './policy';

/** Why a policy does not hold somewhere, and need not. */
export interface Exemption {
  policy: string;
  /** `Kind namespace/name`, as findings have it. */
  object: string;
  /** The field, or the beginning of its path up to a `.` or `[`; '' is all of the object. */
  field: string;
  /** Why it cannot be otherwise, and what holds instead. */
  reason: string;
}

/** A finding, and the policy whose it is. */
export interface Judged extends Finding {
  policy: Policy;
}

/** What the policies find, without any exemption. */
export const judge = (policies: readonly Policy[], manifests: readonly Manifest[], facts: Facts): Judged[] =>
  policies.flatMap((policy) => policy.check(manifests, facts).map((finding) => ({ ...finding, policy })));

const isBelow = (field: string, outer: string): boolean =>
  outer === '' ||
  field === outer ||
  (field.startsWith(outer) && ['.', '['].includes(field[outer.length] ?? ''));

const covers = (exemption: Exemption, { policy, object, field }: Judged): boolean =>
  exemption.policy === policy.name && exemption.object === object && isBelow(field, exemption.field);

export interface Verdict {
  /** What is left to mend. */
  standing: Judged[];
  /** What an exemption covers, with that exemption. */
  exempted: { finding: Judged; exemption: Exemption }[];
}

/** Whether anybody can read it: a letter or digit, not blanks, dashes, or what is not seen. */
const isReason = (text: string): boolean =>
  /[\p{L}\p{N}]/u.test(text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''));

/** Findings with the exemptions taken out. One without a reason exempts nothing. */
export function exempt(findings: readonly Judged[], exemptions: readonly Exemption[]): Verdict {
  const reasoned = exemptions.filter(({ reason }) => isReason(reason));
  const verdict: Verdict = { standing: [], exempted: [] };
  for (const finding of findings) {
    const exemption = reasoned.find((candidate) => covers(candidate, finding));
    if (exemption) verdict.exempted.push({ finding, exemption });
    else verdict.standing.push(finding);
  }
  return verdict;
}

/**
 * What is wrong with exemptions themselves, one line each: without reason, of a policy that is not there, or
 * without effect, so that it would hide what comes there later.
 *
 * @param exempted what they cover, of all stacks to which they belong
 * @param judged whether what an exemption is of was looked at, so that it must have an effect
 */
export function exemptionFaults(
  exemptions: readonly Exemption[],
  exempted: Verdict['exempted'],
  policies: readonly Policy[],
  judged: (exemption: Exemption) => boolean = () => true,
): string[] {
  const names = policies.map(({ name }) => name);
  return exemptions.flatMap((exemption) => {
    const { policy, object, field, reason } = exemption;
    const called = `exemption of ${object}${field === '' ? '' : ` ${field}`} from ${policy}`;
    if (!names.includes(policy)) {
      return [`${called}: no such policy. There are ${names.join(', ')}.`];
    }
    if (!isReason(reason)) {
      return [`${called}: no reason. Write why it cannot be otherwise, and what holds instead.`];
    }
    // Equal texts may be equal exemptions, of which the second has no effect.
    const effect = !judged(exemption) || exempted.some((covered) => covered.exemption === exemption);
    return effect ? [] : [`${called}: no effect. Nothing there is against the policy: remove it.`];
  });
}

/** A finding in one line. */
export const sentence = ({ object, field, found, allowed }: Finding): string =>
  `${object}: ${field === '' ? '' : `${field} is `}${found}; allowed: ${allowed}`;
