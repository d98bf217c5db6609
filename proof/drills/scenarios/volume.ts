import { setTimeout as sleep } from 'node:timers/promises';
import { prometheusClaim, releaseName } from '../../../components/prometheus-stack/addresses';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import type { Drill } from '../drill';
import { patience, whileFull, withSize, type Writer } from '../faults/small-volume';
import type { Fleet } from '../fleet';
import { targetSeries, type NumberedTarget } from '../numbered-target';
import { restarts } from '../restarts';
import { underLoad } from './loaded';
import { underScrapes } from './scraped';

/** Seconds that the volume stays full until the runbook's command is run: a chunk file is due each minute. */
const full = 75;

/** Seconds after the runbook's command until something is accepted again. */
const promised = 300;

/**
 * Fills the volume and runs the command of docs/runbooks/VolumeFilling.md. What fills the volume stays until
 * something has been accepted.
 *
 * @param accepted how much has been so far
 */
const fillAndGiveBack = (writer: Writer, accepted: () => number | Promise<number>): Promise<string[]> =>
  whileFull(writer, async () => {
    const { cluster, namespace, pod, container } = writer;
    const log = (name: string) => cluster.kubectl(['logs', pod, `--container=${name}`], { namespace });
    const before = await accepted();
    await sleep(full * 1000);
    const meanwhile = (await accepted()) - before;
    const restarted = await restarts(cluster, namespace, pod, container);
    const gate = await log('start-gate');
    const start = Date.now();
    await cluster.kubectl(['delete', 'pod', pod], { namespace, timeout: patience });
    await eventually(promised, async () => {
      if ((await accepted()) <= before + meanwhile)
        throw new Failure('nothing is accepted after kubectl delete pod');
    });
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    return [
      `${meanwhile} accepted while it was full, ${restarted} restarts; the next ${seconds} s after kubectl delete pod`,
      `start-gate: ${gate.trim()}`,
      `ballast: ${(await log('ballast')).trim()}`,
      (await log(container)).includes('attempting repair')
        ? 'its log was repaired'
        : 'its log needed no repair',
    ];
  });

const ingestor = ({ platform: { central: cluster, namespace } }: Fleet): Writer => ({
  cluster,
  namespace,
  pod: 'thanos-receiver-0',
  container: 'thanos-receiver',
  claim: 'data-thanos-receiver-0',
  scale: (replicas) =>
    cluster.kubectl(['scale', 'statefulset/thanos-receiver', `--replicas=${replicas}`], { namespace }),
});

const volumeFull: Drill = {
  name: 'volume-full',
  title: "the ingestor's volume full until the runbook's command",
  run: (fleet) => {
    const writer = ingestor(fleet);
    return withSize(writer, () =>
      underLoad(fleet, (load) => fillAndGiveBack(writer, () => load.statuses.get(200) ?? 0)),
    );
  },
};

const prometheusName = `${releaseName}-prometheus`;
const prometheusPod = (ordinal: number) => `prometheus-${prometheusName}-${ordinal}`;

interface Prometheus extends KubernetesObject {
  spec: { replicas: number };
}

const prometheus = ({ platform: { central: cluster, namespace } }: Fleet): Writer => {
  const pod = prometheusPod(0);
  return {
    cluster,
    namespace,
    pod,
    container: 'prometheus',
    claim: `${prometheusClaim}-${pod}`,
    // Its StatefulSet is the operator's.
    scale: (replicas) => {
      const patch = JSON.stringify({ spec: { replicas } });
      return cluster.kubectl(['patch', 'prometheus', prometheusName, '--type=merge', `--patch=${patch}`], {
        namespace,
      });
    },
  };
};

/** Of two, the other would scrape the same: one is left meanwhile. */
const prometheusVolumeFull: Drill = {
  name: 'prometheus-volume-full',
  title: "the central Prometheus' volume full until the runbook's command",
  run: async (fleet) => {
    const { central: cluster, centralLabel: label, namespace } = fleet.platform;
    const { spec } = await cluster.get<Prometheus>('prometheus', prometheusName, namespace);
    const writer = prometheus(fleet);
    const fill = (target: NumberedTarget) =>
      fillAndGiveBack(writer, async () => (await target.log()).split('\n').length);
    try {
      await writer.scale(1);
      await cluster.wait(`pod/${prometheusPod(1)}`, 'delete', namespace, patience);
      const outcome = await withSize(writer, () => underScrapes(fleet, fill, { cluster, label, count: 1 }));
      // A scrape may be under way when it is ended.
      return { ...outcome, allowed: [0, targetSeries] };
    } finally {
      await writer.scale(spec.replicas);
    }
  },
};

export const volumeDrills = [volumeFull, prometheusVolumeFull];
