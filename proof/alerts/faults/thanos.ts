import { randomBytes } from 'node:crypto';
import { eventually } from '../../eventually';
import { Failure } from '../../failure';
import { chartPods } from '../../../components/prometheus-stack/addresses';
import { roles } from '../../../components/thanos/roles';
import type { Bucket } from '../../e2e/bucket';
import type { AlertFault } from '../fault';
import { withoutEgress } from './network';

export const bucketAway: AlertFault = {
  name: 'bucket-away',
  title: 'the bucket unreachable',
  alert: { alertname: 'ThanosBucketErrors' },
  within: 12 * 60,
  resolvedWithin: 15 * 60,
  make: (fleet) =>
    withoutEgress(
      fleet,
      [roles.receive, roles.store, roles.compactor].map(({ name }) => name),
      fleet.objectStorePort,
    ),
};

export const rulerWithoutAlertmanager: AlertFault = {
  name: 'ruler-without-alertmanager',
  title: 'the Ruler cannot reach Alertmanager',
  alert: { alertname: 'RulerAlertsDropped' },
  within: 10 * 60,
  resolvedWithin: 10 * 60,
  make: (fleet) => withoutEgress(fleet, [roles.ruler.name], chartPods.alertmanager.ports.http),
};

/** Seconds until the first block of a fresh deployment is uploaded, at blocks of two minutes. */
const untilUploaded = 900;

/**
 * Two blocks of one time, that of ten days ago, with an index whose chunks are all of today: the Compactor
 * merges what overlaps at once, looks at the index first, and halts (Thanos v0.42.4, pkg/compact/compact.go,
 * `CriticalErr`). Downsampled ones it would mark and pass over. They have labels of their own, so that
 * nobody's samples are among them.
 */
export const compactorHalted: AlertFault = {
  name: 'compactor-halted',
  title: 'the Compactor halted by a bad block',
  alert: { alertname: 'ThanosCompactHalted' },
  needsBlocks: true,
  // A round begins five minutes after the last one's end at most, and the rule waits for five.
  within: 15 * 60,
  resolvedWithin: 12 * 60,
  make: async ({ platform: { bucket, central, namespace } }) => {
    const real = await eventually(untilUploaded, async () => {
      const [block] = await bucket.blocks();
      if (!block) throw new Failure('no block in the bucket to make a bad one of');
      return block;
    });
    const bad = [ulid(), ulid()];
    const undo = async () => {
      try {
        for (const id of bad) await bucket.purge(`${id}/`);
      } finally {
        // Halted is halted until its next start.
        await central.kubectl(['delete', 'pod', `${roles.compactor.name}-0`, '--wait=false'], { namespace });
      }
    };
    try {
      for (const id of bad) await badBlock(bucket, real.ulid, id);
    } catch (error) {
      await undo();
      throw error;
    }
    return undo;
  },
};

/** Milliseconds: longer ago than any rule asks for (three days), within the shortest retention (raw). */
const tenDays = 10 * 24 * 3_600_000;

/** Copies a block's index under another name and to another time, with chunks that are none. */
async function badBlock(bucket: Bucket, from: string, to: string): Promise<void> {
  const meta = JSON.parse(await bucket.get(`${from}/meta.json`)) as {
    ulid: string;
    minTime: number;
    maxTime: number;
    compaction: { sources?: string[] };
    thanos: { labels: Record<string, string>; downsample: { resolution: number }; source: string };
  };
  await bucket.copy(`${from}/index`, `${to}/index`);
  await bucket.put(`${to}/chunks/000001`, 'no chunks');
  const own = {
    ...meta,
    ulid: to,
    minTime: meta.minTime - tenDays,
    maxTime: meta.maxTime - tenDays,
    compaction: { ...meta.compaction, sources: [to] },
    thanos: {
      ...meta.thanos,
      labels: { cluster: 'bad-block' },
      // What others upload the Compactor leaves alone for half an hour.
      source: 'compactor',
      downsample: { resolution: 0 },
    },
  };
  // The meta.json last: only with it a block is complete.
  await bucket.put(`${to}/meta.json`, JSON.stringify(own));
}

/** A name as blocks have it: its time, now, and chance, in Crockford's base 32. */
function ulid(): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const text = (value: bigint, length: number): string =>
    Array.from({ length }, (_, i) => digits[Number((value >> BigInt(5 * (length - 1 - i))) & 31n)]).join('');
  return text(BigInt(Date.now()), 10) + text(BigInt(`0x${randomBytes(10).toString('hex')}`), 16);
}
