import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from '../../../config/units';
import { compare } from './compare';
import { measure, type RunOptions } from './run';

/** Block length of the ingestor and the server where nothing else is said. */
const defaultBlock = '2h';

/**
 * Measures several sizes side by side, prints them, and holds the model of `capacity/` against each.
 *
 * @param sizes active series of each run
 */
export async function measureLoad(
  sizes: readonly number[],
  options: Omit<RunOptions, 'folder' | 'series'>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'capacity-'));
  console.log(`Logs, data and measurements.json: ${folder}`);
  const results = await Promise.all(
    sizes.map((series) => measure({ ...options, series, folder: join(folder, String(series)) })),
  );
  writeFileSync(join(folder, 'measurements.json'), JSON.stringify(results, undefined, 2));
  console.table(Object.fromEntries(results.map((result) => [`${result.series} series`, { ...result }])));
  console.log(JSON.stringify(results));
  const block = Duration.parse(options.blockDuration ?? defaultBlock);
  for (const result of results) {
    console.log(`model against ${result.series} series:`);
    console.table(compare(result, block));
  }
}
