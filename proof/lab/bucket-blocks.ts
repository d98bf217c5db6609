import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { programPath } from '../../tools/programs';
import { Failure } from '../failure';

/** What Thanos adds to a block's description. */
interface ThanosMeta {
  labels: Record<string, string>;
  downsample: { resolution: number };
  source: string;
}

interface Meta {
  /** Milliseconds. */
  minTime: number;
  maxTime: number;
  stats: { numSamples: number };
  thanos: ThanosMeta;
}

/** A block of a bucket; times in seconds. */
export interface Block {
  start: number;
  end: number;
  /** Seconds between two points, 0 for raw samples. */
  resolution: number;
  /** Of a downsampled block the chunks' points, which hold several numbers each. */
  samples: number;
}

/**
 * Writes blocks of raw samples into a bucket of the kind FILESYSTEM, which is a folder.
 *
 * @param text file of samples in OpenMetrics
 * @param made folder for the blocks as promtool makes them
 * @param length in Go's notation; promtool takes the next shorter of 2h × 3^n, all beginning at its multiples
 */
export async function putBlocks(
  bucket: string,
  {
    text,
    made,
    length,
    ...about
  }: Pick<ThanosMeta, 'labels' | 'source'> & { text: string; made: string; length: string },
): Promise<void> {
  const from = ['tsdb', 'create-blocks-from', 'openmetrics', `--max-block-duration=${length}`, text, made];
  await finished('promtool', from);
  for (const block of readdirSync(made)) {
    cpSync(join(made, block), join(bucket, block), { recursive: true });
    const file = join(bucket, block, 'meta.json');
    const meta = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...meta, thanos: { ...about, downsample: { resolution: 0 } } }));
  }
}

/** The blocks in such a bucket, those that are marked for deletion too. */
export const blocksOf = (bucket: string): Block[] =>
  readdirSync(bucket)
    .filter((name) => /^[0-9A-Z]{26}$/.test(name))
    .map((name) => {
      const { minTime, maxTime, stats, thanos } = JSON.parse(
        readFileSync(join(bucket, name, 'meta.json'), 'utf8'),
      ) as Meta;
      return {
        start: minTime / 1000,
        end: maxTime / 1000,
        resolution: thanos.downsample.resolution / 1000,
        samples: stats.numSamples,
      };
    });

/**
 * Runs a program to its end.
 *
 * @throws Failure with the end of what it said
 */
export async function finished(program: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await execa(programPath(program), args, {
    stdin: 'ignore',
    stdout: 'ignore',
    reject: false,
  });
  if (exitCode === 0) return;
  throw new Failure(`${program} ${args.join(' ')}:\n${stderr.split('\n').slice(-10).join('\n')}`);
}
