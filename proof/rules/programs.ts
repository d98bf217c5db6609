import { UserError } from '../../tools/command-line';
import { runSteps } from '../sandbox/progress';
import { ruleToolSteps, ruleToolsThere } from '../sandbox/tools/steps';

/** Paths of the programs that are asked, by name. */
export type Programs = Readonly<Record<'amtool' | 'alertmanager' | 'promtool', string>>;

/**
 * Finds amtool, Alertmanager and promtool on PATH or in the sandbox's cache, and else downloads or builds
 * them: no part is ever left out because a program is missing.
 *
 * @throws UserError when they cannot be had
 */
export async function programs(): Promise<Programs> {
  if (!(await ruleToolsThere())) await runSteps(ruleToolSteps());
  const there = await ruleToolsThere();
  if (!there)
    throw new UserError('amtool, alertmanager or promtool cannot be had; nothing was asked of them.');
  return Object.fromEntries(there) as unknown as Programs;
}
