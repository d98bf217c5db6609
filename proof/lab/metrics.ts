/**
 * Values of a /metrics page by series, which is the text before the value; without comments and timestamps.
 */
export function parseMetrics(page: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of page.split('\n')) {
    const match = /^([a-zA-Z_:][^\s{]*(?:\{.*\})?) ([^\s]+)/.exec(line);
    if (match?.[1] && match[2]) found.set(match[1], Number(match[2]));
  }
  return found;
}

/** Sum over the series of one metric. */
export function total(metrics: Map<string, number>, name: string): number {
  let sum = 0;
  for (const [series, value] of metrics) if (series === name || series.startsWith(`${name}{`)) sum += value;
  return sum;
}

export async function scrapeMetrics(base: string): Promise<Map<string, number>> {
  return parseMetrics(await (await fetch(`${base}/metrics`)).text());
}

/**
 * Bytes of the heap that are in use after a collection, of a Go program that serves /debug/pprof: what the
 * program really holds. Its resident set is larger, by up to GOGC percent and what the system has not taken
 * back.
 */
export async function liveHeap(base: string): Promise<number> {
  await (await fetch(`${base}/debug/pprof/heap?gc=1`)).arrayBuffer();
  return total(await scrapeMetrics(base), 'go_memstats_heap_alloc_bytes');
}
