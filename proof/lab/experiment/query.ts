import type { Centre } from '../centre';

interface Selection {
  tenant: string;
  replica: string;
}

type Point = [number, string];

/** The numbers of series 0 that arrived from one replica. */
export async function foundNumbers(
  centre: Centre,
  { tenant, replica }: Selection,
  from: number,
  to: number,
): Promise<Set<number>> {
  const selector = `numbered{cluster="${tenant}",prometheus_replica="${replica}",series="0"}`;
  const result = await query(centre, `${selector}[${span(from, to)}]`, to, false);
  return new Set(result.flatMap(({ values = [] }) => values.map(([, value]) => Number(value))));
}

/** How many samples of all series arrived from one replica. */
export async function foundSamples(
  centre: Centre,
  { tenant, replica }: Selection,
  from: number,
  to: number,
): Promise<number> {
  const selector = `numbered{cluster="${tenant}",prometheus_replica="${replica}"}`;
  const result = await query(centre, `sum(count_over_time(${selector}[${span(from, to)}]))`, to, false);
  return Number(result[0]?.value?.[1] ?? 0);
}

/** Longest time between two neighbouring samples of series 0 as people see it, deduplicated; seconds. */
export async function longestGap(centre: Centre, tenant: string, from: number, to: number): Promise<number> {
  const selector = `numbered{cluster="${tenant}",series="0"}`;
  const result = await query(centre, `${selector}[${span(from, to)}]`, to, true);
  const times = result.flatMap(({ values = [] }) => values.map(([time]) => time)).sort((a, b) => a - b);
  return times.slice(1).reduce((most, time, i) => Math.max(most, time - (times[i] ?? time)), 0);
}

const span = (from: number, to: number) => `${Math.ceil((to - from) / 1000) + 120}s`;

async function query(
  centre: Centre,
  expression: string,
  at: number,
  dedup: boolean,
): Promise<{ value?: Point; values?: Point[] }[]> {
  const parameters = new URLSearchParams({
    query: expression,
    time: String(at / 1000),
    dedup: String(dedup),
    partial_response: 'false',
    // No downsampled blocks are asked for: every raw sample counts.
    max_source_resolution: '0s',
  });
  const response = await fetch(
    `http://127.0.0.1:${centre.ports.query}/api/v1/query?${parameters.toString()}`,
  );
  const body = (await response.json()) as {
    status: string;
    error?: string;
    data: { result: { value?: Point; values?: Point[] }[] };
  };
  if (body.status !== 'success') throw new Error(`${expression}: ${body.error ?? response.statusText}`);
  return body.data.result;
}
