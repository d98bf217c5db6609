import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Centre } from '../centre';
import { PreparedSeries } from '../prepared-series';
import { Sender } from '../sender';
import { snappyLiteral } from '../snappy-literal';
import { scrapeMetrics, total } from '../metrics';

/** Series in a request, as an agent sends them. */
const batch = 2000;
const interval = 30;
const tenant = 'edge-1';

export interface WideQueryOptions {
  series: number;
  /** Samples of each, half a minute apart, up to now. */
  samples: number;
  /** Numbers of queries at once, one after the other. */
  atOnce: readonly number[];
  /** `--store.limits.request-series` of the ingestor; 0: none. */
  limit: number;
}

/**
 * What queries over all series of a tenant take of the ingestor that holds them, and whether its limit of
 * series a request stops them.
 */
export async function measureWideQuery({ series, samples, atOnce, limit }: WideQueryOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wide-query-'));
  console.log(`Logs and data: ${folder}`);
  const ingestorFlags = [`--store.limits.request-series=${limit}`];
  const centre = await Centre.start({ folder, outOfOrderWindow: '6h', ingestorFlags });
  await write(centre.router.ports.remoteWrite, series, samples);
  await sleep(5000);
  const before = centre.ingestor.process.memory().most;
  console.log(`ingestor with ${series} series of ${samples} samples: ${before} bytes`);
  const results: Record<string, object> = {};
  for (const count of atOnce) {
    const answers = await Promise.all(
      Array.from({ length: count }, () => ask(centre.query.url, samples * interval)),
    );
    const { most } = centre.ingestor.process.memory();
    const dropped = total(await scrapeMetrics(centre.ingestor.url), 'thanos_store_selects_dropped_total');
    results[`${count} at once`] = {
      'ingestor, more than before': most - before,
      'bytes a series and query': (most - before) / series / count,
      'query process': centre.query.process.memory().most,
      dropped,
      answers: [...new Set(answers)].join('; '),
    };
  }
  console.table(results);
  await centre.stop();
}

/** Writes every sample in order. @throws Error when one is refused */
async function write(port: number, series: number, samples: number): Promise<void> {
  const sender = new Sender(port, tenant);
  const prepared = Array.from(
    { length: series },
    (_, i) =>
      new PreparedSeries({
        __name__: 'container_network_receive_bytes_total',
        environment: 'lab',
        interface: `eth${i % 10}`,
        namespace: 'shop',
        node: `node-${i % 20}.example.internal`,
        pod: `shop-checkout-7d9c5b8f6d-${Math.floor(i / 10)}`,
        prometheus_replica: 'agent-0',
      }),
  );
  const now = Date.now();
  for (let number = samples - 1; number >= 0; number--) {
    const timestamp = now - number * interval * 1000;
    for (let from = 0; from < series; from += batch) {
      const parts = prepared
        .slice(from, from + batch)
        .map((one, i) => one.with(((from + i) * 7919 * (samples - number)) % 100_000, timestamp));
      const { status } = await sender.sendBody(snappyLiteral(Buffer.concat(parts)));
      if (status !== 200) throw new Error(`Receive answered ${status}`);
    }
  }
  sender.close();
}

/** Reads every sample of the tenant. @returns the status, and the error if there is one */
async function ask(url: string, seconds: number): Promise<string> {
  const query = `sum(count_over_time({cluster="${tenant}",__name__!=""}[${seconds}s]))`;
  const parameters = new URLSearchParams({ query, partial_response: 'false' });
  const answer = await fetch(`${url}/api/v1/query?${parameters.toString()}`);
  const { data, error = '' } = (await answer.json()) as {
    data?: { result: { value: [number, string] }[] };
    error?: string;
  };
  return `${answer.status} ${data?.result[0]?.value[1] ?? ''}${error.slice(0, 160)}`;
}
