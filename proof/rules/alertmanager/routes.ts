import type { Outcome } from '../outcome';
import { type Amtool, differs } from './amtool';
import { fullAlertmanager } from './full';
import { renderedAlertmanager, written } from './rendered';

type Labels = Readonly<Record<string, string>>;

/** Labels of an alert, and who is told by `full.ts`, in the order of the routes. */
export const told: readonly (readonly [Labels, string])[] = [
  // Watchdogs, each to its own address; one that says of no evaluator stands for none.
  [{ alertname: 'Watchdog', severity: 'none', evaluator: 'ruler' }, 'watchdog-ruler'],
  [{ alertname: 'Watchdog', severity: 'none', evaluator: 'prometheus' }, 'watchdog-prometheus'],
  [{ alertname: 'Watchdog', severity: 'none' }, 'none'],
  [{ alertname: 'InfoInhibitor', severity: 'none', namespace: 'shop-a' }, 'none'],
  // By severity, and to the default receiver what no route takes; a copy takes nothing away.
  [{ alertname: 'KubeNodeNotReady', severity: 'warning', cluster: 'cluster-04' }, 'bridge,platform'],
  [{ alertname: 'KubeNodeNotReady', severity: 'info', cluster: 'cluster-04' }, 'platform'],
  [{ alertname: 'NoSeverity' }, 'platform'],
  // By cluster.
  [{ alertname: 'KubeNodeNotReady', severity: 'critical', cluster: 'cluster-02' }, 'bridge,on-call'],
  [{ alertname: 'KubeNodeNotReady', severity: 'critical', cluster: 'cluster-03' }, 'bridge,on-call'],
  [{ alertname: 'KubeNodeNotReady', severity: 'critical', cluster: 'cluster-04' }, 'bridge,platform'],
  [{ alertname: 'KubeNodeNotReady', severity: 'critical', cluster: 'cluster-022' }, 'bridge,platform'],
  // By team and by matchers, all of which must hold.
  [{ alertname: 'Slow', severity: 'info', team: 'shop', namespace: 'shop-a', tier: 'live' }, 'shop'],
  [{ alertname: 'Slow', severity: 'info', team: 'shop', namespace: 'shop-a', tier: 'test' }, 'platform'],
  [{ alertname: 'Slow', severity: 'info', team: 'shop', namespace: 'bank' }, 'platform'],
  [{ alertname: 'Slow', severity: 'info', namespace: 'shop-a' }, 'platform'],
  // By alert.
  [
    { alertname: 'ThanosCompactHalted', severity: 'warning', cluster: 'cluster-01-central' },
    'bridge,on-call',
  ],
  [{ alertname: 'EdgeSilent', severity: 'critical', cluster: 'cluster-04' }, 'bridge,on-call'],
  [{ alertname: 'EdgeSilent', severity: 'critical', cluster: 'cluster-02' }, 'bridge,on-call'],
  [{ alertname: 'EdgeLimited', severity: 'critical', cluster: 'cluster-04' }, 'bridge,platform'],
];

const text = (labels: Labels) => Object.entries(labels).map(([name, value]) => `${name}=${value}`);

/** A table of alerts and who is told of each. */
export async function routes(amtool: Amtool, folder: string): Promise<Outcome> {
  const file = written(await renderedAlertmanager({ alertmanager: fullAlertmanager }), folder);
  const wrong: string[] = [];
  for (const [labels, receivers] of told) {
    const { code, out } = await amtool('config', 'routes', 'test', `--config.file=${file}`, ...text(labels));
    const found = code === 0 ? out.trim() : `${out} (exit code ${code})`;
    wrong.push(...differs(text(labels).join(' '), found, receivers));
  }
  return { title: `amtool config routes test: who is told of ${told.length} alerts`, wrong };
}
