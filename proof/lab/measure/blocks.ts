import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderBytes } from '../folder';
import { freePort, Process } from '../processes';

/**
 * Bytes of the index headers that Store makes of the blocks in a folder, and its memory with all of them
 * loaded.
 *
 * @param folder for Store's data and log
 */
export async function indexHeaders(
  blockFolder: string,
  folder: string,
): Promise<{ bytes: number; memory: number }> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'objstore.yml');
  writeFileSync(config, JSON.stringify({ type: 'FILESYSTEM', config: { directory: blockFolder } }));
  const port = await freePort();
  const store = await Process.start(
    'store',
    'thanos',
    [
      'store',
      `--data-dir=${join(folder, 'data')}`,
      `--objstore.config-file=${config}`,
      `--http-address=127.0.0.1:${port}`,
      `--grpc-address=127.0.0.1:${await freePort()}`,
      '--log.level=warn',
    ],
    { log: join(folder, 'store.log'), ready: `http://127.0.0.1:${port}/-/ready` },
  );
  await sleep(3000);
  const memory = store.memory().now;
  await store.stop();
  return { bytes: folderBytes(join(folder, 'data')), memory };
}

/** Sizes of the blocks in a folder, and how many samples and series are in them. */
export function blocksIn(folder: string): {
  chunkBytes: number;
  indexBytes: number;
  samples: number;
  series: number;
  count: number;
} {
  const sum = { chunkBytes: 0, indexBytes: 0, samples: 0, series: 0, count: 0 };
  for (const name of readdirSync(folder)) {
    const block = join(folder, name);
    if (!existsSync(join(block, 'meta.json'))) continue;
    const { stats } = JSON.parse(readFileSync(join(block, 'meta.json'), 'utf8')) as {
      stats: { numSamples: number; numSeries: number };
    };
    const chunks = folderBytes(join(block, 'chunks'));
    sum.count += 1;
    sum.chunkBytes += chunks;
    sum.indexBytes += folderBytes(block) - chunks;
    sum.samples += stats.numSamples;
    sum.series += stats.numSeries;
  }
  return sum;
}
