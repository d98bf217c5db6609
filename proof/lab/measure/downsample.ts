import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import { folderBytes } from '../folder';
import { putBlocks } from '../bucket-blocks';
import { Target } from '../load-exporter';
import { freePort, Process } from '../processes';

const series = 50;
const scrapeInterval = 30;
const days = 14;
/** Longer than the data: Prometheus makes blocks of 2h × 3^n, this is 2h × 3^5. */
const blockRange = 486 * 3600;

interface Meta {
  stats: { numSamples: number; numSeries: number };
  thanos?: { downsample: { resolution: number } };
}

/**
 * Bytes of a block of two weeks, raw and downsampled by `thanos tools bucket downsample`, for the capacity
 * model.
 */
export async function measureDownsampling(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'downsample-'));
  const text = await openMetrics(join(folder, 'samples.txt'));
  const bucket = join(folder, 'bucket');
  await putBlocks(bucket, {
    text,
    made: join(folder, 'made'),
    length: `${blockRange / 3600}h`,
    labels: { cluster: 'capacity' },
    source: 'test',
  });
  await downsample(folder, bucket);
  const sizes = readdirSync(bucket).map((block) => size(join(bucket, block)));
  console.table(sizes.sort((a, b) => a.resolution - b.resolution));
}

/** Writes what the exporter's series would be over `days` days. @returns the file */
async function openMetrics(file: string): Promise<string> {
  const out = createWriteStream(file);
  const target = new Target(0, series);
  const start = Math.floor(1_760_000_000 / blockRange) * blockRange;
  for (let at = start; at < start + days * 86_400; at += scrapeInterval) {
    if (!out.write(target.page(` ${at}`))) await once(out, 'drain');
  }
  out.end('# EOF\n');
  await once(out, 'finish');
  return file;
}

async function downsample(folder: string, bucket: string): Promise<void> {
  const config = join(folder, 'objstore.yml');
  writeFileSync(config, stringify({ type: 'FILESYSTEM', config: { directory: bucket } }));
  mkdirSync(join(folder, 'work'));
  const port = await freePort();
  const run = await Process.start(
    'downsample',
    'thanos',
    [
      ...['tools', 'bucket', 'downsample', `--objstore.config-file=${config}`],
      ...[`--data-dir=${join(folder, 'work')}`, `--http-address=127.0.0.1:${port}`, '--wait-interval=10s'],
    ],
    { log: join(folder, 'downsample.log'), ready: `http://127.0.0.1:${port}/-/healthy` },
  );
  const resolutions = () => new Set(readdirSync(bucket).map((block) => size(join(bucket, block)).resolution));
  await eventually(300, () => {
    const found = [...resolutions()].join(', ');
    return resolutions().size < 3
      ? Promise.reject(new Failure(`only blocks of the resolutions ${found}; ${run.log}`))
      : Promise.resolve();
  });
  await run.stop();
}

/** Resolution of a block (seconds, 0 for raw) and its bytes. */
function size(block: string) {
  const meta = JSON.parse(readFileSync(join(block, 'meta.json'), 'utf8')) as Meta;
  const resolution = (meta.thanos?.downsample.resolution ?? 0) / 1000;
  const all = folderBytes(block);
  const chunks = folderBytes(join(block, 'chunks'));
  const points = (days * 86_400) / (resolution || scrapeInterval);
  return {
    resolution,
    chunkBytes: chunks,
    indexPerSeries: (all - chunks) / meta.stats.numSeries,
    /** Bytes for one series and one step of the resolution (raw: one sample). */
    chunkPerPoint: chunks / (meta.stats.numSeries * points),
  };
}
