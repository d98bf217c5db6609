import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../outcome';
import { differs } from './amtool';
import { WebhookReceiver } from './receiver';
import { start, type Labels } from './running';

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

/** What an Alertmanager does with the deployed configuration. */
export async function inhibition(folder: string): Promise<Outcome> {
  const receiver = new WebhookReceiver();
  const at = await receiver.start();
  try {
    const wrong = [
      ...(await fortyEdges(folder, at, receiver)),
      ...(await causeFirst(folder, at, receiver)),
      ...(await podsGone(folder, at, receiver)),
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

/** What the chart says of pods, of which one of ours says already that they are gone. */
async function podsGone(folder: string, at: string, receiver: WebhookReceiver): Promise<string[]> {
  const { process, repeat, inhibited } = await start(join(folder, 'pods'), at, 0);
  const of = (alertname: string, cluster: string, namespace: string): Labels => ({
    ...{ alertname, cluster, namespace, severity: 'warning' },
  });
  const down = { alertname: 'ThanosDown', severity: 'critical', cluster: 'centre', part: 'thanos-query' };
  const said = [
    of('TargetDown', 'centre', 'monitoring'),
    of('KubePodNotReady', 'centre', 'monitoring'),
    of('KubePodNotReady', 'centre', 'shop'),
    of('KubePodNotReady', 'edge-1', 'monitoring'),
    of('KubeHpaMaxedOut', 'centre', 'monitoring'),
  ];
  // One that is no critical one explains nothing.
  await repeat({ ...down, severity: 'warning', part: 'thanos-compactor' });
  await sleep(aheadOf);
  await repeat(of('KubeDeploymentReplicasMismatch', 'centre', 'monitoring'));
  await sleep(4000);
  const byWarning = await inhibited();
  await repeat(down);
  await sleep(aheadOf);
  await repeat(...said);
  await sleep(4000);
  const byCritical = await inhibited();
  await process.stop();
  const told = receiver
    .about('KubePodNotReady')
    .flatMap(({ alerts }) =>
      alerts.map(({ labels }) => `${labels['cluster'] ?? ''} ${labels['namespace'] ?? ''}`),
    );
  const others = ['ThanosDown', 'TargetDown', 'KubeHpaMaxedOut'].map((name) => receiver.about(name).length);
  receiver.messages.length = 0;
  return [
    ...differs('inhibited by the Compactor alone, a warning', byWarning.join(', '), ''),
    ...differs(
      'inhibited by what says that pods of the centre are gone',
      byCritical.join(', '),
      // Not the Compactor's, which is another part than Query.
      'KubeDeploymentReplicasMismatch centre, KubePodNotReady centre, TargetDown centre',
    ),
    ...differs('pods that are told as not ready', told.sort().join(', '), 'centre shop, edge-1 monitoring'),
    // The Compactor's and Query's are one group.
    ...differs('messages about our alert, targets and another', others.join(', '), '2, 0, 1'),
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
