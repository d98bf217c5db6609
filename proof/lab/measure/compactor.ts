import { createWriteStream, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { compactorArguments } from '../../../components/thanos/compactor';
import { thanosShape } from '../../../config/thanos';
import { Failure } from '../../failure';
import { onThisMachine } from '../arguments';
import { blocksOf, putBlocks } from '../bucket-blocks';
import { seriesPerTarget, Target } from '../load-exporter';
import { freePort, Process } from '../processes';

/** Seconds between two samples: memory follows series, and chunks go from file to file. */
const interval = 1800;

const hour = 3600;

/** Four blocks of 2h make one of 8h; the ninth tells the Compactor that two ranges of them are over. */
const hours = 18;

/**
 * Memory of the Compactor by the series of the blocks that it merges, with the stack's own arguments: the
 * largest resident set without pages of files, which it maps whole and the kernel takes back.
 */
export async function measureCompactor(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'compactor-'));
  console.log(`Logs and data: ${folder}`);
  const results: Record<string, { memory: number; blocks: number }> = {};
  for (const size of sizes) results[`${size} series`] = await measure(join(folder, String(size)), size);
  console.table(results);
}

async function measure(folder: string, series: number) {
  mkdirSync(folder, { recursive: true });
  const bucket = join(folder, 'bucket');
  await putBlocks(bucket, {
    text: await openMetrics(join(folder, 'samples.txt'), series),
    made: join(folder, 'made'),
    length: '2h',
    labels: { cluster: 'capacity' },
    // For those of others the Compactor waits until all copies are there.
    source: 'compactor',
  });
  const memory = await compacted(folder, bucket);
  const long = blocksOf(bucket).filter(({ start, end }) => end - start > 2 * hour);
  if (long.length === 0) throw new Failure(`nothing was merged: ${folder}/compactor.log`);
  return { memory, blocks: long.length };
}

/** Writes what the exporter's series would be. @returns the file */
async function openMetrics(file: string, series: number): Promise<string> {
  const out = createWriteStream(file);
  const targets = Array.from({ length: Math.ceil(series / seriesPerTarget) }, (_, i) => new Target(i));
  const end = Math.floor(Date.now() / 1000 / (24 * hour)) * 24 * hour;
  for (let at = end - hours * hour; at < end; at += interval) {
    for (const [i, target] of targets.entries()) {
      // As a scrape tells targets apart.
      const page = target.page(` ${at}`).replaceAll('{', `{instance="192.0.2.${i}:10250",`);
      if (!out.write(page)) await once(out, 'drain');
    }
  }
  out.end('# EOF\n');
  await once(out, 'finish');
  return file;
}

/** Runs the Compactor once over a bucket. @returns its largest anonymous memory, in bytes */
async function compacted(folder: string, bucket: string): Promise<number> {
  const config = join(folder, 'objstore.yml');
  writeFileSync(config, stringify({ type: 'FILESYSTEM', config: { directory: bucket } }));
  const shape = thanosShape.compactor.parse({});
  const args = onThisMachine(
    compactorArguments({ ...shape, objstore: { name: '', key: '', checksum: '' } }),
    { '--wait': undefined, '--data-dir': join(folder, 'data'), '--objstore.config-file': config },
    [`--http-address=127.0.0.1:${await freePort()}`],
  );
  const run = Process.launch('compactor', 'thanos', args, { log: join(folder, 'compactor.log') });
  let most = 0;
  for (let now = run.anonymous(); now !== undefined; now = run.anonymous()) {
    most = Math.max(most, now);
    await sleep(20);
  }
  return most;
}
