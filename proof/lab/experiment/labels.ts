import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownLabels, scrapeClass } from '../../../components/prometheus-stack/application-labels';
import { QueryClient, shown, type Sample } from '../../samples/query-client';
import { Agent, plainRemoteWrite } from '../agent';
import { Centre } from '../centre';
import { Exporter } from '../exporter';
import { freePort, Process } from '../processes';
import type { Targets } from '../prometheus';
import { startQuery } from '../query';
import { Server } from '../server';

/** What an application shows of one metric: values by its own labels. */
type Served = readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

const edge = 'cluster-02';

/**
 * Of each label that the way of a sample uses itself, one metric whose series differ in it alone: two values,
 * that which the edge has itself, and none. Of `cluster` one more, with a label in the way of its new name.
 */
const served: Readonly<Record<string, Served>> = Object.fromEntries([
  ...ownLabels.map((label): [string, Served] => [
    `lab_${label}`,
    [
      [{ [label]: 'a' }, 1],
      [{ [label]: 'b' }, 2],
      [{ [label]: edge }, 3],
      [{}, 4],
    ],
  ]),
  [
    'lab_both',
    [
      [{ cluster: 'a', exported_cluster: 'x' }, 1],
      [{ cluster: 'b', exported_cluster: 'x' }, 2],
      [{ cluster: 'b', exported_cluster: 'y' }, 3],
      [{ exported_cluster: 'y' }, 4],
    ],
  ],
]);

/** A target that has a label of its own, which then stands on `up`. */
const labelled = '/labelled';

const page = (path: string): string => (path === labelled ? '' : allSeries);

const allSeries = Object.entries(served)
  .flatMap(([name, series]) =>
    series.map(([labels, value]) => `${shown({ __name__: name, ...labels })} ${value}\n`),
  )
  .join('');

/** The external labels of a Prometheus, as the stack and the operator give them. */
const externalLabels = (cluster: string, replica: number) => ({
  cluster,
  environment: 'lab',
  prometheus: 'monitoring/lab',
  prometheus_replica: `lab-${replica}`,
});

interface Way {
  name: string;
  /** Its label `cluster` in the answers. */
  cluster: string;
}

/** Two agents that write to Receive, whose tenant is what the sender is known by. */
async function startEdge(way: Way, targets: Targets, folder: string, router: string): Promise<void> {
  for (const k of [0, 1]) {
    const agent = new Agent({
      name: `${way.cluster}-${k}`,
      folder: join(folder, `${way.cluster}-${k}`),
      targets,
      scrapeInterval: '1s',
      externalLabels: externalLabels(edge, k),
      remoteWrite: plainRemoteWrite(router, way.cluster),
    });
    await agent.start();
  }
}

/** Prometheus with a sidecar. @returns the sidecar's gRPC port */
async function startCentral({ cluster }: Way, targets: Targets, folder: string): Promise<number> {
  const own = join(folder, cluster);
  mkdirSync(own);
  const server = await Server.start({
    folder: own,
    targets,
    scrapeInterval: '1s',
    blockDuration: '2h',
    externalLabels: externalLabels(cluster, 0),
  });
  const [http, grpc] = [await freePort(), await freePort()];
  await Process.start(
    `${cluster}-sidecar`,
    'thanos',
    [
      'sidecar',
      '--log.level=warn',
      `--prometheus.url=${server.url}`,
      `--tsdb.path=${server.data}`,
      `--http-address=127.0.0.1:${http}`,
      `--grpc-address=127.0.0.1:${grpc}`,
    ],
    { log: join(own, 'sidecar.log'), ready: `http://127.0.0.1:${http}/-/ready` },
  );
  return grpc;
}

/**
 * Whether what is read back is what was served: as many series, no value lost or changed. Which label has the
 * application's value then is to be seen in the list.
 */
export const arrived = (series: Served, answer: readonly Pick<Sample, 'value'>[]): boolean =>
  String(answer.map(({ value }) => Number(value[1])).sort()) === String(series.map(([, value]) => value));

const print = (name: string, answer: readonly Sample[]) => {
  for (const { metric, value } of answer) console.log(`${name}: ${shown(metric)} ${value[1]}`);
};

/**
 * An application's own labels of the names that the path uses, from an edge and at the centre, without and
 * with what the stack does about them: what people read, deduplicated.
 */
export async function labelsExperiment(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'labels-'));
  const exporter = await Exporter.start(page);
  const centre = await Centre.start({ folder: join(folder, 'centre'), outOfOrderWindow: '1h' });
  const router = `http://127.0.0.1:${centre.router.ports.remoteWrite}`;
  const ways: Way[] = [];
  const sidecars: number[] = [];
  for (const state of ['before', 'after']) {
    const targets: Targets = {
      address: exporter.address,
      paths: ['/', labelled],
      labels: { [labelled]: { cluster: 'a' } },
      ...(state === 'after' && { class: scrapeClass }),
    };
    const fromEdge = { name: `edge, ${state}`, cluster: `edge-${state}` };
    const central = { name: `centre, ${state}`, cluster: `centre-${state}` };
    await startEdge(fromEdge, targets, folder, router);
    sidecars.push(await startCentral(central, targets, folder));
    ways.push(fromEdge, central);
  }
  const query = await startQuery(folder, [centre.ingestor.ports.grpc, ...sidecars]);
  await sleep(15_000);

  const { hostname, port } = new URL(query.url);
  const client = new QueryClient({ host: hostname, port: Number(port) });
  const table: Record<string, Record<string, string>> = {};
  for (const [metric, series] of Object.entries(served)) {
    table[metric] = {};
    for (const { name, cluster } of ways) {
      const answer = await client.instant(`${metric}{cluster="${cluster}"}`);
      table[metric][name] =
        `${arrived(series, answer) ? 'all' : 'not all'}: ${answer.length} of ${series.length}`;
      if (metric === 'lab_cluster' || metric === 'lab_both') print(name, answer);
    }
  }
  for (const { name, cluster } of ways) {
    print(name, await client.instant(`up{cluster="${cluster}",instance="${labelled}"}`));
  }
  console.table(table);
  client.close();
  await exporter.stop();
}
