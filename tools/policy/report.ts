import { sentence } from '../../policy/judge';
import type { Policy } from '../../policy/policy';
import type { FleetVerdict, Placed } from './verdict';

interface ReportOptions {
  /** Whether what is exempted is shown too. */
  exempted: boolean;
  seconds: number;
  /** Whether volumes were compared. */
  compared: boolean;
}

/** What is said of a verdict: what does not hold, by policy, then what was looked at and what was not. */
export function report(verdict: FleetVerdict, { exempted, seconds, compared }: ReportOptions): string {
  const { policies, stacks, objects, withChart, standing, faults } = verdict;
  const charts = withChart
    ? `${objects.chart} objects of their charts`
    : 'none of their charts: set CHART_DIR to a folder of their archives (helm pull)';
  return [
    ...byPolicy(standing).flatMap(([policy, found]) => [
      `${policy.name}: ${policy.description}`,
      `  why: ${policy.reason}`,
      `  do: ${policy.remedy}`,
      ...found.map((finding) => `  ${finding.stack}: ${sentence(finding)}`),
    ]),
    ...(exempted ? exemptedLines(verdict) : []),
    ...faults,
    `${policies} policies over ${stacks} stacks in ${seconds.toFixed(1)} s: ${objects.ours} objects of ours, ${charts}`,
    `Findings: ${counted(standing)}; exempted: ${counted(verdict.exempted.map(({ finding }) => finding))}` +
      (exempted || verdict.exempted.length === 0 ? '' : ' (--exempted shows them)'),
    ...(compared ? [] : ['Not asked: whether a volume became smaller; that needs --last FOLDER']),
    '',
  ].join('\n');
}

const counted = (findings: readonly Placed[]): string => {
  const ofChart = findings.filter((finding) => finding.ofChart).length;
  return `${findings.length - ofChart} of ours, ${ofChart} of the charts`;
};

function byPolicy(findings: readonly Placed[]): [Policy, Placed[]][] {
  const groups = new Map<Policy, Placed[]>();
  for (const finding of findings) {
    groups.set(finding.policy, [...(groups.get(finding.policy) ?? []), finding]);
  }
  return [...groups];
}

const exemptedLines = ({ exempted }: FleetVerdict): string[] =>
  exempted.map(
    ({ finding, exemption }) =>
      `exempted from ${finding.policy.name}: ${finding.stack}: ${sentence(finding)} (${exemption.reason})`,
  );
