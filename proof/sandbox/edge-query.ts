import type { Sample } from '../samples/query-client';

/** The targets of an edge that are up, by job. */
export const edgeQuery = (edge: string): string => `count by (job) (up{cluster="${edge}"} == 1)`;

/** The answer as aligned lines. */
export function answer(query: string, samples: readonly Sample[]): string {
  const rows = samples.map(({ metric, value }) => [metric['job'] ?? '(no job)', value[1]] as const);
  const width = Math.max(...rows.map(([job]) => job.length));
  const lines = rows
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([job, n]) => `  ${job.padEnd(width)}  ${n}`);
  return [query, ...lines].join('\n');
}
