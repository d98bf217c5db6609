import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { killAll } from '../../lab/processes';
import type { Outcome } from '../outcome';
import type { Programs } from '../programs';
import { type Amtool, amtoolAt } from './amtool';
import { fullAlertmanager } from './full';
import { inhibition } from './inhibition';
import { messages } from './messages';
import { renderedAlertmanager, written } from './rendered';
import { routes } from './routes';

/** Asks amtool, and a running Alertmanager, what they make of the configuration as it is deployed. */
export async function alertmanager(programs: Programs): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  const inside = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  symlinkSync(programs.alertmanager, join(inside('bin'), 'alertmanager'));
  process.env['PATH'] = [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter);
  const amtool = amtoolAt(programs.amtool);
  try {
    return [
      // none, and where all are: two Watchdogs and four more.
      await accepted(amtool, inside('committed'), 'the committed stack', {}, 1),
      await accepted(amtool, inside('full'), 'every kind', { alertmanager: fullAlertmanager }, 7),
      await routes(amtool, inside('routes')),
      await messages(amtool, inside('messages')),
      await inhibition(inside('inhibition')),
    ];
  } finally {
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** amtool loads a configuration as Alertmanager does at its start. */
async function accepted(
  amtool: Amtool,
  folder: string,
  what: string,
  changes: Readonly<Record<string, unknown>>,
  receivers: number,
): Promise<Outcome> {
  const { code, out } = await amtool('check-config', written(await renderedAlertmanager(changes), folder));
  const wanted = [`- ${receivers} receivers`, '- 1 templates', 'SUCCESS'];
  const well = code === 0 && wanted.every((text) => out.includes(text));
  return {
    title: `amtool check-config: receivers of ${what}`,
    wrong: well ? [] : [...out.replaceAll(folder, '').trim().split('\n'), `exit code ${code}`],
  };
}
