import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compactorArguments } from '../../components/thanos/compactor';
import type { Duration } from '../../config/units';
import { onThisMachine } from './arguments';
import { finished, putBlocks } from './bucket-blocks';
import { freePort } from './processes';

/** Seconds of the Compactor's longest block. They begin at whole multiples of it. */
export const blockLength = 14 * 86_400;

/** Times in seconds. */
export interface Times {
  start: number;
  end: number;
}

/** The newest whole block of two weeks that a retention is over for. */
export function expired(retention: Duration, now: number): Times {
  const end = Math.floor((now - retention.seconds) / blockLength) * blockLength;
  return { start: end - blockLength, end };
}

/** The series of the blocks, one of each kind that is asked in another way. */
export const metrics = { gauge: 'history_queue_length', counter: 'history_requests_total' } as const;

/** Samples of both series in OpenMetrics, each time once: a wave, and a counter of one in ten seconds. */
export function* samplesOf({ start, end }: Times, interval: number): Generator<string> {
  const times = () => Array.from({ length: (end - start) / interval }, (_, i) => start + i * interval);
  yield `# TYPE ${metrics.gauge} gauge\n`;
  for (const at of times()) {
    yield `${metrics.gauge} ${(100 + 50 * Math.sin(at / 3600)).toFixed(3)} ${at}\n`;
  }
  // The name of a family has no suffix.
  yield `# TYPE ${metrics.counter.replace(/_total$/, '')} counter\n`;
  for (const at of times()) yield `${metrics.counter} ${Math.floor((at - start) / 10)} ${at}\n`;
  yield '# EOF\n';
}

/** Writes blocks of raw samples into a bucket, a folder, as a Compactor has left them. */
export async function makeBlocks(folder: string, bucket: string, times: Times, interval: number) {
  mkdirSync(folder, { recursive: true });
  const text = join(folder, 'samples.txt');
  const out = createWriteStream(text);
  for (const line of samplesOf(times, interval)) if (!out.write(line)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  await putBlocks(bucket, {
    text,
    made: join(folder, 'made'),
    // Longer than the data, which may still be cut in two: the Compactor makes one of them.
    length: '4374h',
    labels: { cluster: 'history' },
    // For those of others the Compactor waits until all copies are there.
    source: 'compactor',
  });
}

export interface Retention {
  raw: Duration;
  fiveMinutes: Duration;
  oneHour: Duration;
}

/**
 * What the Compactor does with the blocks of a bucket, with the stack's own arguments: merge, downsample,
 * mark what is too old, and in the round after that delete it. Store goes on with what is only marked.
 */
export async function compact(
  folder: string,
  objstore: string,
  given: { retention: Retention; deleteDelay: Duration },
) {
  const args = compactorArguments({ ...given, objstore: { name: '', key: '', checksum: '' } });
  const own = onThisMachine(
    args,
    {
      '--wait': undefined,
      '--data-dir': join(folder, 'data'),
      '--objstore.config-file': objstore,
      // Two days would be too long here.
      '--delete-delay': '0s',
    },
    [`--http-address=127.0.0.1:${await freePort()}`],
  );
  await finished('thanos', own);
  // Marks have whole seconds.
  await sleep(2000);
  await finished('thanos', own);
}
