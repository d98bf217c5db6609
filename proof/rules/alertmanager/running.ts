import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, Process } from '../../lab/processes';
import { renderedAlertmanager, written } from './rendered';

export type Labels = Readonly<Record<string, string>>;

/** Addresses of the rendered configuration; each leads to the webhook receiver here. */
const outside = 'https://hooks.example.org';
const address = (path: string) => `${outside}/${path}`;

/** The deployed configuration for one receiver and two Watchdogs, with times short enough to wait for. */
export const rendered = () =>
  renderedAlertmanager({
    alertmanager: {
      receivers: [{ name: 'ops', webhook: [{ url: address('alerts') }] }],
      default: { groupWait: '2s', groupInterval: '3s' },
      watchdog: {
        every: '30s',
        ruler: { url: address('watchdog/ruler') },
        prometheus: { url: address('watchdog/prometheus') },
      },
    },
  });

/** The shortest beat that a stack file may ask for, and a fifth of it. */
const beats = [
  ['group_interval: 30s', 'group_interval: 6s'],
  ['repeat_interval: 25s', 'repeat_interval: 5s'],
] as const;

/** The configuration's text with Watchdogs that beat each 6 seconds. */
export const faster = (text: string): string =>
  beats.reduce((changed, [slow, fast]) => {
    if (!changed.includes(slow)) throw new Error(`the configuration has no ${slow}`);
    return changed.replaceAll(slow, fast);
  }, text);

/** A running Alertmanager. */
export interface Alertmanager {
  process: Process;
  /** Sends alerts that begin now. Alertmanager gathers them for `group_wait`. */
  begin: (...alerts: readonly Labels[]) => Promise<void>;
  /** Sends alerts that began some minutes ago, as a sender repeats them: a group's first is told at once. */
  repeat: (...alerts: readonly Labels[]) => Promise<void>;
  /** Names of alerts that are inhibited, each with its cluster. */
  inhibited: () => Promise<string[]>;
}

/**
 * Starts one with the deployed configuration.
 *
 * @param receiver where its messages go
 * @param delay seconds before it tells anything
 */
export async function start(folder: string, receiver: string, delay: number): Promise<Alertmanager> {
  const own = join(folder, String(delay));
  mkdirSync(own, { recursive: true });
  const config = written(await rendered(), own, (text) => faster(text).replaceAll(outside, receiver));
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${config}`,
    `--storage.path=${join(own, 'data')}`,
    `--web.listen-address=${new URL(url).host}`,
    '--cluster.listen-address=',
    `--dispatch.start-delay=${delay}s`,
  ];
  const log = join(own, 'alertmanager.log');
  const process = await Process.start('alertmanager', 'alertmanager', args, { log, ready: `${url}/-/ready` });
  const send = async (alerts: readonly Labels[], age: number) => {
    const [startsAt, endsAt] = [-age, 600].map((s) => new Date(Date.now() + s * 1000).toISOString());
    const body = JSON.stringify(alerts.map((labels) => ({ labels, startsAt, endsAt })));
    const headers = { 'content-type': 'application/json' };
    const { ok, status } = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body });
    if (!ok) throw new Error(`Alertmanager answers ${status} to alerts`);
  };
  return {
    process,
    begin: (...alerts) => send(alerts, 0),
    repeat: (...alerts) => send(alerts, 600),
    inhibited: async () => {
      const answer = await fetch(`${url}/api/v2/alerts`);
      const alerts = (await answer.json()) as { labels: Labels; status: { inhibitedBy: string[] } }[];
      return alerts
        .filter(({ status }) => status.inhibitedBy.length > 0)
        .map(({ labels }) => `${labels['alertname'] ?? ''} ${labels['cluster'] ?? ''}`)
        .sort();
    },
  };
}
