import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteWriter, tenantHeader } from '../../samples/remote-write';
import type { TimeSeries } from '../../samples/write-request';
import { Centre } from '../centre';
import { liveHeap, scrapeMetrics, total } from '../metrics';

const batch = 500;
const minute = 60_000;

/**
 * What an ingestor needs for a tenant that has hardly any series, and for samples that come late (out of
 * order).
 */
export async function measureLate(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'late-'));
  const centre = await Centre.start({ folder, outOfOrderWindow: '6h' });
  const writer = new RemoteWriter({ host: '127.0.0.1', port: centre.router.ports.remoteWrite });
  const send = async (tenant: string, request: readonly TimeSeries[]) => {
    const { status, body } = await writer.send(request, tenantHeader(tenant));
    if (status !== 200) throw new Error(`writing as ${tenant}: HTTP ${status}: ${body.slice(0, 300)}`);
  };
  const settled = async () => {
    await sleep(5000);
    return liveHeap(centre.ingestor.url);
  };

  const empty = await settled();
  const tenants = 100;
  for (let i = 0; i < tenants; i++) await send(`tenant-${i}`, series(0, 10, [Date.now()]));
  const withTenants = await settled();
  console.log(`heap of a tenant: ${(withTenants - empty) / tenants} bytes, empty ingestor: ${empty}`);

  const count = 20_000;
  const now = Date.now();
  const write = async (timestamps: number[]) => {
    for (let from = 0; from < count; from += batch) await send('late', series(from, batch, timestamps));
  };
  const before = await settled();
  await write([now]);
  const inOrder = await settled();
  console.log(`heap of a series with one sample: ${(inOrder - before) / count} bytes`);
  const appended = () =>
    scrapeMetrics(centre.ingestor.url).then((m) =>
      total(m, 'prometheus_tsdb_head_out_of_order_samples_appended_total'),
    );
  for (const hours of [5, 4, 3, 2]) {
    // Half an hour of samples at 30 s each time: nearly two chunks of 32.
    const start = now - hours * 60 * minute;
    await write(Array.from({ length: 60 }, (_, i) => start + i * 30_000));
    const samples = await appended();
    console.log(
      `after ${samples} late samples: ${((await settled()) - inOrder) / count} bytes a series, ` +
        `log of late samples: ${centre.ingestorBytes('late/wbl') / samples} bytes a sample, ` +
        `chunks on disk: ${centre.ingestorBytes('late/chunks_head') / samples} bytes a sample`,
    );
  }
  console.log(
    `largest resident set: ${centre.ingestor.process.memory().most}, ` +
      `router ${centre.router.process.memory().most}`,
  );
  writer.close();
  await centre.stop();
}

/** `count` series from number `from` on, with a sample at each time. */
const series = (from: number, count: number, timestamps: number[]): TimeSeries[] =>
  Array.from({ length: count }, (_, i) => ({
    labels: {
      __name__: 'container_network_receive_bytes_total',
      namespace: 'shop',
      pod: `shop-checkout-${Math.floor((from + i) / 10)}`,
      interface: `eth${i % 10}`,
      node: `node-${i % 20}.example.internal`,
      prometheus_replica: 'agent-0',
    },
    samples: timestamps.map((timestamp) => ({ timestamp, value: timestamp % 1000 })),
  }));
