import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Centre } from '../centre';
import { historyInterval, writeHistory } from '../../samples/history';
import { Sender } from '../sender';
import { scrapeMetrics, total } from '../metrics';

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
  const sender = new Sender(centre.router.ports.remoteWrite, tenant);
  const send = async (body: Buffer) => (await sender.sendBody(body)).status;
  await writeHistory({ series, samples, send });
  sender.close();
  await sleep(5000);
  const before = centre.ingestor.process.memory().most;
  console.log(`ingestor with ${series} series of ${samples} samples: ${before} bytes`);
  const results: Record<string, object> = {};
  for (const count of atOnce) {
    const answers = await Promise.all(
      Array.from({ length: count }, () => ask(centre.query.url, samples * historyInterval)),
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
