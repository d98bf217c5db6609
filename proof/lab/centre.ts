import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { folderBytes } from './folder';
import { freePort, Process, type Program } from './processes';
import { startQuery } from './query';
import { plainReceive, startReceive, type Receive } from './receive';

export interface CentreOptions {
  folder: string;
  outOfOrderWindow: string;
  /** Length of a block. A sample may be half of it behind its tenant's newest before it is out of order. */
  blockDuration?: string;
  /** Whether blocks are uploaded, to a MinIO of its own. */
  objectStore?: boolean;
  ingestorFlags?: readonly string[];
}

/** Receive as router and as ingestor, MinIO and Query: what a sample passes in the centre, on loopback. */
export class Centre {
  private constructor(
    readonly folder: string,
    readonly router: Receive,
    readonly ingestor: Receive,
    readonly query: Program,
    readonly objectStore: Process | undefined,
  ) {}

  static async start(options: CentreOptions): Promise<Centre> {
    const { folder } = options;
    mkdirSync(folder, { recursive: true });
    const bucket = options.objectStore ? await startMinio(folder) : undefined;
    const ingestor = await startReceive({
      name: 'ingestor',
      folder,
      args: [
        ...plainReceive('ingestor', folder),
        '--tsdb.retention=2d',
        `--tsdb.out-of-order.time-window=${options.outOfOrderWindow}`,
        '--tsdb.too-far-in-future.time-window=5m',
        ...(bucket ? [`--objstore.config-file=${bucket.config}`] : []),
        ...(options.blockDuration
          ? [
              `--tsdb.min-block-duration=${options.blockDuration}`,
              `--tsdb.max-block-duration=${options.blockDuration}`,
            ]
          : []),
        ...(options.ingestorFlags ?? []),
      ],
    });
    const hashring = JSON.stringify([{ endpoints: [`127.0.0.1:${ingestor.ports.grpc}`] }]);
    const router = await startReceive({
      name: 'router',
      folder,
      args: [
        ...plainReceive('router', folder),
        `--receive.hashrings=${hashring}`,
        '--receive.hashrings-algorithm=ketama',
      ],
    });
    const query = await startQuery(folder, [ingestor.ports.grpc]);
    return new Centre(folder, router, ingestor, query, bucket?.process);
  }

  /** Bytes that the ingestor has on disk, below a folder of its data. */
  ingestorBytes(inside = ''): number {
    return folderBytes(join(this.folder, 'ingestor', inside));
  }

  /** Ends everything in the order that loses nothing; the ingestor uploads its head as a block. */
  async stop(): Promise<void> {
    await this.query.process.stop();
    await this.router.process.stop();
    await this.ingestor.process.stop();
    await this.objectStore?.stop();
  }
}

/** Starts MinIO with the bucket `thanos`: a folder of its drive is a bucket. */
async function startMinio(folder: string): Promise<{ process: Process; config: string }> {
  const drive = join(folder, 'minio');
  mkdirSync(join(drive, 'thanos'), { recursive: true });
  const port = await freePort();
  const [user, password] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
  const process = await Process.start(
    'minio',
    'minio',
    ['server', '--address', `127.0.0.1:${port}`, '--console-address', `127.0.0.1:${await freePort()}`, drive],
    {
      log: join(folder, 'minio.log'),
      ready: `http://127.0.0.1:${port}/minio/health/live`,
      env: { MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD: password },
    },
  );
  const config = join(folder, 'objstore.yml');
  const s3 = { bucket: 'thanos', endpoint: `127.0.0.1:${port}`, insecure: true };
  writeFileSync(
    config,
    stringify({ type: 'S3', config: { ...s3, access_key: user, secret_key: password } }),
    { mode: 0o600 },
  );
  return { process, config };
}
