import type { OwnedExemption } from '../../policy/exemptions';
import {
  exempt,
  exemptionFaults,
  judge,
  type Exemption,
  type Judged,
  type Verdict,
} from '../../policy/judge';
import { objectName } from '../../policy/manifest';
import type { Policy } from '../../policy/policy';
import type { JudgedStack } from './stacks';

/** A finding, the stack in which it is, and whether a chart made the object. */
export interface Placed extends Judged {
  stack: string;
  ofChart: boolean;
}

/** What was judged, and what was found. */
export interface FleetVerdict {
  policies: number;
  stacks: number;
  objects: { ours: number; chart: number };
  /** Whether the charts' templates were judged too. */
  withChart: boolean;
  standing: Placed[];
  exempted: { finding: Placed; exemption: OwnedExemption }[];
  /** What is wrong with the exemptions. */
  faults: string[];
}

/**
 * Judges stacks, ours and the charts' objects of each together.
 *
 * @param options committed: all stacks are there, so that an exemption without effect has none anywhere
 */
export function verdictOn(
  stacks: readonly JudgedStack[],
  policies: readonly Policy[],
  exemptions: readonly OwnedExemption[],
  { committed }: { committed: boolean },
): FleetVerdict {
  const standing: Placed[] = [];
  const exempted: FleetVerdict['exempted'] = [];
  for (const { stack, ours, chart = [], facts } of stacks) {
    const made = new Set(chart.map(objectName));
    const placed = (finding: Judged): Placed => ({ ...finding, stack, ofChart: made.has(finding.object) });
    const verdict: Verdict = exempt(judge(policies, [...ours, ...chart], facts), exemptions);
    standing.push(...verdict.standing.map(placed));
    exempted.push(
      ...verdict.exempted.map(({ finding, exemption }) => ({
        finding: placed(finding),
        exemption: exemption as OwnedExemption,
      })),
    );
  }
  const withChart = stacks.some(({ chart }) => chart !== undefined);
  const asked = new Set<Exemption>(exemptions.filter(({ of }) => committed && (withChart || of === 'ours')));
  return {
    policies: policies.length,
    stacks: stacks.length,
    objects: {
      ours: stacks.reduce((sum, { ours }) => sum + ours.length, 0),
      chart: stacks.reduce((sum, { chart }) => sum + (chart?.length ?? 0), 0),
    },
    withChart,
    standing,
    exempted,
    faults: exemptionFaults(exemptions, exempted, policies, (exemption) => asked.has(exemption)),
  };
}
