import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { router as model } from '../../../capacity/constants';
import { signed } from '../../e2e/certificates';
import { RemoteWriter } from '../../samples/remote-write';
import { committedConfig, deployedIngestor, deployedRouter } from '../deployed-receive';
import { plainReceive, startReceive, type Receive } from '../receive';
import { hashringFile } from '../../../components/thanos/hashring';

/** Numbers of edges in the limits file. */
const fleets = [3, 50, 200];

/** Resident set of one router, in bytes. */
interface Memory {
  /** Megabytes after it has done nothing for a while, and at its largest until then. */
  idle: number;
  largest: number;
  /** The same after each edge has connected and written one sample. */
  connected?: number;
  largestConnected?: number;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;

/**
 * Prints the memory of a router that has nothing to do, as it is deployed and without TLS and limits, and
 * after one sample of each edge.
 *
 * @param runs routers that are started of each kind, one after the other
 * @param settle seconds before its memory is read
 */
export async function measureRouter(runs: number, settle: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'router-'));
  const config = committedConfig();
  const ingestor = await deployedIngestor(join(folder, 'ingestor'), config);
  const rows: Record<string, Memory> = {};
  for (let run = 1; run <= runs; run++) {
    rows[`plain, run ${run}`] = await plain(join(folder, `plain-${run}`), ingestor, settle);
    for (const count of fleets) {
      const edges = Array.from({ length: count }, (_, i) => ({
        name: `edge-${i}`,
        series: config.edgeDefaults.series,
      }));
      const inside = join(folder, `${count}-${run}`);
      const { receive, signer } = await deployedRouter(inside, config, ingestor, edges);
      const idle = await read(receive, settle);
      for (const { name } of edges) {
        const client = await signed(`CN=${name}`, signer);
        await writeOne(receive, { serverName: '127.0.0.1', ca: signer.chain, client });
      }
      const after = await read(receive, settle);
      rows[`as deployed, ${count} edges, run ${run}`] = {
        ...idle,
        connected: after.idle,
        largestConnected: after.largest,
      };
      await receive.process.stop();
    }
  }
  await ingestor.process.stop();
  console.table(rows);
  console.log(`megabytes; the model has ${megabytes(model.memory)} for the process (capacity/constants.ts)`);
}

async function plain(folder: string, ingestor: Receive, settle: number): Promise<Memory> {
  const ring = hashringFile([`127.0.0.1:${ingestor.ports.grpc}`]);
  const router = await startReceive({
    name: 'router',
    folder,
    args: [...plainReceive('router', folder), `--receive.hashrings=${ring}`],
  });
  const memory = await read(router, settle);
  await router.process.stop();
  return memory;
}

async function read({ process }: Receive, settle: number): Promise<Memory> {
  await sleep(settle * 1000);
  const { now, most } = process.memory();
  return { idle: megabytes(now), largest: megabytes(most) };
}

/** Writes one sample over a connection of its own. @throws Error when it is not accepted */
async function writeOne(
  { ports }: Receive,
  tls: ConstructorParameters<typeof RemoteWriter>[1],
): Promise<void> {
  const writer = new RemoteWriter({ host: '127.0.0.1', port: ports.remoteWrite }, tls);
  const { status, body } = await writer.send([
    { labels: { __name__: 'up', job: 'lab' }, samples: [{ value: 1, timestamp: Date.now() }] },
  ]);
  writer.close();
  if (status !== 200) throw new Error(`writing one sample: HTTP ${status}: ${body}`);
}
