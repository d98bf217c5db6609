import { numberedMetric } from '../../samples/numbered';
import { QueryClient, type Series } from '../../samples/query-client';
import type { Centre } from '../centre';

/** Every raw sample of one replica between two moments (Unix time in milliseconds). */
export const samplesOf = (
  centre: Centre,
  { tenant, replica }: { tenant: string; replica: string },
  from: number,
  to: number,
): Promise<Series[]> =>
  raw(centre, `${numberedMetric}{cluster="${tenant}",prometheus_replica="${replica}"}`, { from, to }, false);

/**
 * Seconds between the two neighbouring samples of series 0 that are farthest apart, as people see it:
 * deduplicated.
 */
export async function longestGap(centre: Centre, tenant: string, from: number, to: number): Promise<number> {
  const selector = `${numberedMetric}{cluster="${tenant}",series="0"}`;
  const result = await raw(centre, selector, { from, to }, true);
  const times = result.flatMap(({ values }) => values.map(([time]) => time)).sort((a, b) => a - b);
  return times.slice(1).reduce((most, time, i) => Math.max(most, time - (times[i] ?? time)), 0);
}

async function raw(
  { query }: Centre,
  selector: string,
  { from, to }: { from: number; to: number },
  dedup: boolean,
): Promise<Series[]> {
  const range = `${Math.ceil((to - from) / 1000) + 120}s`;
  const { hostname, port } = new URL(query.url);
  const client = new QueryClient({ host: hostname, port: Number(port) });
  try {
    return await client.raw(selector, range, { time: to / 1000, dedup });
  } finally {
    client.close();
  }
}
