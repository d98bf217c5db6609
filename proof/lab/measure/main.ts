import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Duration } from '../../../config/units';
import { killAll } from '../processes';
import { compare } from './compare';
import { measure } from './run';

const { values } = parseArgs({
  options: {
    /** Comma-separated sizes; they run side by side. */
    series: { type: 'string', default: '5000,20000,12000' },
    interval: { type: 'string', default: '5' },
    duration: { type: 'string', default: '900' },
    shards: { type: 'string', default: '10' },
    /** Shorter than 2h: blocks are cut within the run, as in a run of hours at a longer interval. */
    block: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'capacity-'));
  const runs = values.series.split(',').map((series) =>
    measure({
      folder: join(folder, series),
      series: Number(series),
      scrapeInterval: Number(values.interval),
      duration: Number(values.duration),
      shards: Number(values.shards),
      ...(values.block && { blockDuration: values.block }),
    }),
  );
  const results = await Promise.all(runs);
  writeFileSync(join(folder, 'measurements.json'), JSON.stringify(results, undefined, 2));
  console.table(Object.fromEntries(results.map((result) => [`${result.series} series`, { ...result }])));
  console.log(JSON.stringify(results));
  const block = Duration.parse(values.block ?? '2h');
  for (const result of results) {
    console.log(`model against ${result.series} series:`);
    console.table(compare(result, block));
  }
  console.log(`Logs and data: ${folder}`);
}

process.once('SIGINT', () => void killAll().then(() => process.exit(130)));
main().catch(async (error: unknown) => {
  console.error(error);
  await killAll();
  process.exitCode = 1;
});
