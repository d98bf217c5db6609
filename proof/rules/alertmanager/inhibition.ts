import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, Process } from '../../lab/processes';
import type { Outcome } from '../outcome';
import { differs } from './amtool';
import { WebhookReceiver } from './receiver';
import { renderedAlertmanager, written } from './rendered';

type Labels = Readonly<Record<string, string>>;

/** Addresses of the rendered configuration; each leads to the webhook receiver here. */
const outside = 'https://hooks.example.org';
const address = (path: string) => `${outside}/${path}`;

/** The deployed configuration for one receiver and two Watchdogs, with times short enough to wait for. */
const rendered = () =>
  renderedAlertmanager({
    alertmanager: {
      receivers: [{ name: 'ops', webhook: [{ url: address('alerts') }] }],
      default: { groupWait: '2s', groupInterval: '3s' },
      watchdog: {
        every: '6s',
        ruler: { url: address('watchdog/ruler') },
        prometheus: { url: address('watchdog/prometheus') },
      },
    },
  });

const silentEdge = (i: number): Labels => ({
  alertname: 'EdgeSilent',
  severity: 'critical',
  cluster: `edge-${i}`,
});
const cause: Labels = {
  alertname: 'ThanosReceiveDown',
  severity: 'critical',
  cluster: 'centre',
  explains: 'edges',
};

/** A running Alertmanager. */
interface Alertmanager {
  process: Process;
  /** Sends alerts that begin now. Alertmanager gathers them for `group_wait`. */
  begin: (...alerts: readonly Labels[]) => Promise<void>;
  /** Sends alerts that began some minutes ago, as a sender repeats them: a group's first is told at once. */
  repeat: (...alerts: readonly Labels[]) => Promise<void>;
  /** Names of alerts that are inhibited, each with its cluster. */
  inhibited: () => Promise<string[]>;
}

async function start(folder: string, receiver: string, delay: number): Promise<Alertmanager> {
  const own = join(folder, String(delay));
  mkdirSync(own, { recursive: true });
  const config = written(await rendered(), own, (text) => text.replaceAll(outside, receiver));
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

/** What an Alertmanager does with the deployed configuration. */
export async function inhibition(folder: string): Promise<Outcome> {
  const receiver = new WebhookReceiver();
  const at = await receiver.start();
  try {
    const wrong = [
      ...(await fortyEdges(folder, at, receiver)),
      ...(await causeFirst(folder, at, receiver)),
      ...(await restarted(folder, at, receiver, 0)),
      ...(await restarted(folder, at, receiver, 5)),
    ];
    return {
      title: 'Alertmanager: one message for forty edges, what silences what, and a start in between',
      wrong,
    };
  } finally {
    await receiver.stop();
  }
}

/** Forty edges fall silent, and the Watchdogs beat. */
async function fortyEdges(folder: string, at: string, receiver: WebhookReceiver): Promise<string[]> {
  const { process, begin } = await start(join(folder, 'forty'), at, 0);
  const beats = ['ruler', 'prometheus'].map((evaluator) => ({
    alertname: 'Watchdog',
    severity: 'none',
    evaluator,
  }));
  await begin(...Array.from({ length: 40 }, (_, i) => silentEdge(i)), ...beats);
  await sleep(21_000);
  await process.stop();
  const messages = receiver.about('EdgeSilent');
  const [ruler, prometheus] = beats.map(({ evaluator }) =>
    receiver
      .about('Watchdog', `/watchdog/${evaluator}`)
      .map(({ alerts }) => alerts.map(({ labels }) => labels['evaluator']).join()),
  );
  receiver.messages.length = 0;
  return [
    ...differs('messages about forty silent edges', String(messages.length), '1'),
    ...differs('edges in the message', String(messages[0]?.alerts.length), '40'),
    // At 0, 6, 12 and 18 seconds.
    ...differs(
      "beats of the Ruler's Watchdog in 21 s, one each 6",
      ruler?.join(' ') ?? '',
      'ruler ruler ruler ruler',
    ),
    ...differs(
      "beats of Prometheus' Watchdog in 21 s",
      prometheus?.join(' ') ?? '',
      'prometheus prometheus prometheus prometheus',
    ),
  ];
}

/** Milliseconds in which Alertmanager's inhibitor has taken an alert in, also on a busy machine. */
const aheadOf = 3000;

/** What explains the edges is there before they fall silent. */
async function causeFirst(folder: string, at: string, receiver: WebhookReceiver): Promise<string[]> {
  const { process, repeat, inhibited } = await start(join(folder, 'cause'), at, 0);
  const limited = { ...silentEdge(7), alertname: 'EdgeLimited', explains: 'edge' };
  const alone = [silentEdge(7), silentEdge(8), limited];
  // First, and a moment ahead: alerts that began long ago are told at once, so what silences them must be
  // known.
  await repeat(limited);
  await sleep(aheadOf);
  await repeat(...alone);
  await sleep(4000);
  const byEdge = await inhibited();
  await repeat(cause);
  await sleep(aheadOf);
  await repeat(cause, ...alone, { ...silentEdge(7), alertname: 'KubeNodeNotReady' });
  await sleep(4000);
  const byCentre = await inhibited();
  await process.stop();
  const told = ['ThanosReceiveDown', 'KubeNodeNotReady', 'EdgeLimited'].map(
    (name) => receiver.about(name).length,
  );
  const edges = receiver
    .about('EdgeSilent')
    .flatMap(({ alerts }) => alerts.map(({ labels }) => labels['cluster']));
  receiver.messages.length = 0;
  return [
    ...differs('inhibited by what explains one edge', byEdge.join(', '), 'EdgeSilent edge-7'),
    ...differs(
      'inhibited by what explains all edges',
      byCentre.join(', '),
      'EdgeLimited edge-7, EdgeSilent edge-7, EdgeSilent edge-8',
    ),
    ...differs('messages about the centre, a node and the limited edge', told.join(', '), '1, 1, 1'),
    ...differs('silent edges that were told', edges.join(', '), 'edge-8'),
  ];
}

/**
 * After a start the edges' alerts come before the centre's. Without a delay they are told at once, since they
 * are older than `group_wait`: the check sees that it would notice.
 */
async function restarted(
  folder: string,
  at: string,
  receiver: WebhookReceiver,
  delay: number,
): Promise<string[]> {
  const { process, repeat } = await start(join(folder, 'restart'), at, delay);
  await repeat(silentEdge(1));
  await sleep(2000);
  await repeat(cause);
  await sleep(delay * 1000 + 3000);
  await process.stop();
  const count = (name: string) => receiver.about(name).length;
  const found = `${count('EdgeSilent')} and ${count('ThanosReceiveDown')}`;
  receiver.messages.length = 0;
  return differs(
    `messages about edges and centre after a start with ${delay} s of delay`,
    found,
    delay === 0 ? '1 and 1' : '0 and 1',
  );
}
