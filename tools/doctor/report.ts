import { z } from 'zod';
import type { Check, Finding } from './finding';

/** What `--json` prints. A key that goes, or changes its meaning, raises `version`; a new one does not. */
export const reportSchema = z.object({
  version: z.literal(1),
  stack: z.string(),
  role: z.enum(['central', 'edge']),
  /** When it looked, RFC 3339. */
  time: z.iso.datetime(),
  /** How long it took. */
  seconds: z.number(),
  status: z.enum(['well', 'wrong', 'unknown']),
  checks: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['well', 'wrong', 'unknown']),
      found: z.string(),
      fix: z.string().optional(),
    }),
  ),
});

export type Report = z.output<typeof reportSchema>;

/** One line of a report. */
export type Line = Report['checks'][number];

export const findings = <Observed>(checks: readonly Check<Observed>[], observed: Observed): Line[] =>
  checks.map(({ name, judge }) => ({ name, ...judge(observed) }));

/** The whole: wrong if anything is, else unknown if anything could not be looked at. */
export const overall = (lines: readonly Pick<Finding, 'status'>[]): Report['status'] =>
  (['wrong', 'unknown'] as const).find((status) => lines.some((line) => line.status === status)) ?? 'well';

export const exitCodes: Readonly<Record<Report['status'], number>> = { well: 0, wrong: 1, unknown: 2 };

const marks: Readonly<Record<Report['status'], string>> = { well: '✔', wrong: '✖', unknown: '?' };

/** A report as lines: one for each check, with what to do at its end. */
export function text({ stack, role, seconds, checks }: Report): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, status, found, fix }) => {
    const todo = fix === undefined ? '' : ` → ${fix}`;
    return `${marks[status]} ${name.padEnd(width)}  ${oneLine(found + todo)}`;
  });
  const count = (status: Report['status']) => checks.filter((line) => line.status === status).length;
  const sum = `${count('well')} well, ${count('wrong')} wrong, ${count('unknown')} could not be looked at`;
  return [...rows, '', `${stack} (${role}): ${sum}; ${seconds.toFixed(1)} s`].join('\n');
}

const oneLine = (said: string) => said.replace(/\s*\n\s*/g, ' ');
