import type { BlockMeta } from '../bucket';
import { marker, markerSelector } from '../marker';
import type { Platform } from '../platform';
import { shown } from '../../samples/query-client';
import { Failure } from '../../failure';
import type { Report } from '../report';
import { eventually } from '../../eventually';

const ingestor = 'thanos-receiver-0';

/** Seconds that Receive may take to write and upload its head and to start again. */
const shutdown = 1200;
/** Seconds until the agents have sent what they kept: their retries wait up to 5 s, routers' up to 30 s. */
const patience = 180;
/** Seconds until Store has found a new block: it looks through the bucket every 3 minutes. */
const storeSync = 300;

/**
 * Restarts an ingestor and checks that it takes nothing with it: its head becomes a block in the bucket.
 *
 * @returns the edge's new block
 */
export async function ingestorRestart(platform: Platform, report: Report): Promise<BlockMeta | undefined> {
  const { central, namespace, bucket, edgeName } = platform;
  let block: BlockMeta | undefined;
  let stopped = 0;

  await report.check(`${ingestor} restarted: its block is in the bucket`, async () => {
    const before = new Set((await bucket.blocks()).map(({ ulid }) => ulid));
    await mark(platform);
    stopped = Date.now() / 1000;
    await central.kubectl(['delete', 'pod', ingestor], { namespace, timeout: shutdown });
    block = await eventually(60, async () => {
      const added = (await bucket.blocks()).filter(({ ulid }) => !before.has(ulid));
      const own = added.find(({ thanos }) => thanos.labels['cluster'] === edgeName);
      if (own) return own;
      throw new Failure(
        `new blocks: ${added.map(({ thanos }) => shown(thanos.labels)).join(', ') || 'none'}`,
      );
    });
    const { ulid, stats, thanos } = block;
    return `${ulid} ${shown(thanos.labels)}, ${stats.numSamples ?? 0} samples of ${stats.numSeries ?? 0} series`;
  });

  await report.check(`${ingestor} is back and takes the edge's samples`, async () => {
    await eventually(60, () => central.get('pod', ingestor, namespace));
    await central.wait(`pod/${ingestor}`, 'condition=Ready', namespace, shutdown);
    return eventually(patience, () =>
      platform.query(async (query) => {
        const newest = await query.instant(newestSample(edgeName));
        const seconds = Number(newest[0]?.value[1] ?? 0) - stopped;
        if (seconds <= 0) throw new Failure(`newest sample ${-seconds} s before the restart`);
        return `newest sample ${seconds.toFixed(0)} s after the restart`;
      }),
    );
  });
  return block;
}

/**
 * Writes a sample that will be in the next block. Thanos leaves the newest one of a tenant out of the block
 * that it writes when it stops (in 0.42 `flushHead` ends before the head's last timestamp), so this waits for
 * a newer one.
 */
async function mark(platform: Platform): Promise<void> {
  const { edgeName, edgeCertificate } = platform;
  const now = Date.now();
  const { status, body } = await platform.remoteWrite(edgeCertificate, (writer) =>
    writer.send([marker(platform, now)]),
  );
  if (status !== 200) throw new Failure(`writing a sample: HTTP ${status}: ${body}`);
  await eventually(patience, () =>
    platform.query(async (query) => {
      const newest = Number((await query.instant(newestSample(edgeName)))[0]?.value[1] ?? 0);
      if (newest * 1000 <= now) throw new Failure('no sample of the edge after ours');
    }),
  );
}

const newestSample = (edge: string) => `max(timestamp(up{cluster="${edge}"}))`;

/** Checks that Store answers for a block, and that its label `cluster` is what it was at Receive. */
export async function storeAnswers(platform: Platform, report: Report, block: BlockMeta): Promise<void> {
  const { edgeName } = platform;
  await report.check(`Store alone answers for block ${block.ulid}`, () =>
    eventually(storeSync, () =>
      platform.query(async (query) => {
        const stores = (await query.stores())['store'] ?? [];
        const [store] = stores;
        if (!store) throw new Failure('Query knows no Store');
        const options = { time: block.maxTime / 1000, store: store.name, dedup: false };
        // Written shortly before the restart, so it is in this block and in no older one.
        const marked = await query.raw(markerSelector(platform), '6h', options);
        if (marked.length === 0) throw new Failure(`${store.name} has not found the block yet`);
        const forged = marked.filter(({ metric }) => metric['cluster'] !== edgeName);
        if (forged.length > 0)
          throw new Failure(forged.map(({ metric }) => `forged: ${shown(metric)}`).join('\n'));
        const up = await query.raw(`up{cluster="${edgeName}"}`, '6h', options);
        const samples = up.reduce((sum, { values }) => sum + values.length, 0);
        if (samples === 0) throw new Failure(`${store.name} has no up{cluster="${edgeName}"}`);
        const read = marked.map(({ metric }) => `\nreturned  ${shown(metric)}`).join('');
        return `${samples} samples of ${up.length} series up{cluster="${edgeName}"}${read}`;
      }),
    ),
  );
}
