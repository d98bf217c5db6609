import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { headSeriesLimit } from '../../../capacity/write-limits';
import { limitsFile } from '../../../components/thanos/receive-limits';
import { Quantity } from '../../../config/units';
import { ingestorAddress, LimitedReceive } from '../limited-receive';
import { scrapeMetrics, total } from '../metrics';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import { encoded } from '../../samples/remote-write';
import type { TimeSeries } from '../../samples/write-request';
import { latency, Sender, statuses } from '../sender';
import { requestEdges } from './limits-requests';
import { decompressed, slowSenders, underWay } from './limits-router';

/** Declared series of both edges; small, so that a run takes minutes. */
const declared = 1000;

/** Both edges' routers have the memory of the default configuration. */
const memory = Quantity.parse('1Gi');

const limits = (series: number) => (metaMonitoringUrl: string) =>
  limitsFile(
    {
      edges: [
        { name: 'noisy', series },
        { name: 'quiet', series: declared },
      ],
      edgeDefaults: { series: declared },
      metaMonitoringUrl,
    },
    [ingestorAddress],
    memory,
  );

/** Series of an edge, from one number on; each with one sample of now. */
const batch = (tenant: string, from: number, count: number): TimeSeries[] =>
  Array.from({ length: count }, (_, i) => ({
    labels: {
      __name__: 'container_memory_working_set_bytes',
      tenant_check: tenant,
      pod: `pod-${from + i}`,
    },
    samples: [{ value: i, timestamp: Date.now() }],
  }));

const seconds = (since: number) => Math.round((Date.now() - since) / 100) / 10;
const print = (what: string, result: unknown) => {
  console.log(`${what.padEnd(66)} ${typeof result === 'string' ? result : JSON.stringify(result)}`);
};

/** Sends the quiet edge's series, five batches a second, until it is stopped. */
function steady(sender: Sender): () => Promise<void> {
  const end = new AbortController();
  const loop = (async () => {
    while (!end.signal.aborted) {
      await sender.send(batch(sender.tenant, 0, declared));
      await sleep(200);
    }
  })();
  return async () => {
    end.abort();
    await loop;
  };
}

const headSeries = async ({ ingestorHttp }: LimitedReceive, tenant: string) =>
  [...(await scrapeMetrics(ingestorHttp))].find(
    ([series]) => series.startsWith('prometheus_tsdb_head_series{') && series.includes(`"${tenant}"`),
  )?.[1] ?? 0;

const show = (sender: Sender) => {
  const answers = sender.taken();
  return {
    ...statuses(answers),
    p50: round(latency(answers, 0.5)),
    p99: round(latency(answers, 0.99)),
  };
};
const round = (milliseconds: number) => `${Math.round(milliseconds * 10) / 10} ms`;

/** Waits until a condition holds. @returns how long that took, in seconds */
async function until(condition: () => Promise<boolean>, most: number): Promise<string> {
  const began = Date.now();
  const holds = async () => {
    if (!(await condition())) throw new Failure('not yet');
    return `after ${seconds(began)} s`;
  };
  return eventually(most, holds, 500).catch(() => `not within ${most} s`);
}

async function tooManySeries(receive: LimitedReceive, quiet: Sender, noisy: Sender): Promise<void> {
  const status = async (from: number) => (await noisy.send(batch('noisy', from, 500))).status;
  await sleep(20_000);
  print('quiet edge, alone for 20 s', show(quiet));
  const begin = Date.now();
  let sent = 0;
  // Ten times its limit, and then on, at 1000 new series a second.
  while ((await status(sent)) !== 429 && seconds(begin) < 120) {
    sent += 500;
    await sleep(500);
  }
  print(`noisy edge: first 429 (limit ${headSeriesLimit(declared)} series)`, `after ${seconds(begin)} s`);
  print('noisy edge: series it had in the head by then', await headSeries(receive, 'noisy'));
  print('quiet edge, while the noisy one is let in', show(quiet));
  noisy.taken();
  // A hundred requests a second, twenty times what the quiet edge sends; made before, so that making them
  // costs nothing here.
  const body = encoded(batch('noisy', sent, declared));
  const pending: Promise<unknown>[] = [];
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    pending.push(noisy.sendBody(body));
    await sleep(10);
  }
  await Promise.all(pending);
  print('noisy edge: on for 20 s', show(noisy));
  print('noisy edge: series in the head after them', await headSeries(receive, 'noisy'));
  print('quiet edge, while the noisy one is refused', show(quiet));
}

async function monitoringGone(receive: LimitedReceive, noisy: Sender): Promise<void> {
  const limited = async () => (await noisy.send(batch('noisy', 0, 10))).status;
  const failed = async () =>
    total(await scrapeMetrics(receive.routerHttp), 'thanos_receive_metamonitoring_failed_queries_total');
  await receive.prometheus?.kill();
  await sleep(50_000);
  print('Prometheus killed, 50 s later: noisy edge gets', await limited());
  print('thanos_receive_metamonitoring_failed_queries_total', await failed());
  await receive.router?.stop();
  await receive.startRouter();
  await sleep(20_000);
  print('router restarted without Prometheus, 20 s later: noisy edge gets', await limited());
  await receive.startPrometheus('30s');
  print('Prometheus back: noisy edge limited again', await until(async () => (await limited()) === 429, 120));
}

async function raised(receive: LimitedReceive, noisy: Sender): Promise<void> {
  const status = async () => (await noisy.send(batch('noisy', 0, 10))).status;
  receive.setLimits(limits(100 * declared)(receive.prometheusUrl));
  print(
    'limit raised, link swapped: noisy edge accepted',
    await until(async () => (await status()) === 200, 60),
  );
  await sleep(20_000);
  receive.setLimits(limits(declared)(receive.prometheusUrl));
  await sleep(3000);
  print('limit lowered again, 3 s later: noisy edge gets', await status());
  print('noisy edge limited again', await until(async () => (await status()) === 429, 60));
  const reloads = total(await scrapeMetrics(receive.routerHttp), 'thanos_receive_limits_config_reload_total');
  print('thanos_receive_limits_config_reload_total', reloads);
}

/** Shows, line by line, what an edge over its limits gets and what another edge notices of it. */
export async function limitsExperiment(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'limits-'));
  const receive = await LimitedReceive.start(folder, limits(declared), '30s');
  const [quiet, noisy] = ['quiet', 'noisy'].map((tenant) => new Sender(receive.remoteWritePort, tenant));
  if (!quiet || !noisy) throw new Error('two senders were made');
  await requestEdges(receive, print);
  const stop = steady(quiet);
  await tooManySeries(receive, quiet, noisy);
  await monitoringGone(receive, noisy);
  await raised(receive, noisy);
  print('quiet edge, all the time', show(quiet));
  await slowSenders(receive, memory, quiet, print);
  await stop();
  for (const copies of [1, 3]) await underWay(receive, memory, copies, print);
  await decompressed(receive, print);
}
