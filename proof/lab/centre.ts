import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort, Process } from './processes';

export interface CentreOptions {
  folder: string;
  outOfOrderWindow: string;
  /** Length of a block; also decides how far behind the newest sample an in-order one may be (half of it). */
  blockDuration?: string;
  /** Upload of blocks to a MinIO of its own. */
  objectStore?: boolean;
  ingestorFlags?: readonly string[];
}

/** MinIO, Receive as router and ingestor apart, and Query: the central cluster's way of a sample, on loopback. */
export class Centre {
  private constructor(
    readonly folder: string,
    readonly router: Process,
    readonly ingestor: Process,
    readonly query: Process,
    readonly objectStore: Process | undefined,
    readonly ports: { remoteWrite: number; ingestorHttp: number; routerHttp: number; query: number },
  ) {}

  static async start(options: CentreOptions): Promise<Centre> {
    const { folder } = options;
    mkdirSync(folder, { recursive: true });
    const bucket = options.objectStore ? await startMinio(folder) : undefined;
    const port = await ports();
    const receive = (name: string, http: number, grpc: number, remoteWrite: number, capnproto: number) => [
      'receive',
      `--tsdb.path=${join(folder, name)}`,
      `--label=receive_replica="${name}"`,
      `--http-address=127.0.0.1:${http}`,
      `--grpc-address=127.0.0.1:${grpc}`,
      `--remote-write.address=127.0.0.1:${remoteWrite}`,
      `--receive.capnproto-address=127.0.0.1:${capnproto}`,
      '--receive.tenant-label-name=cluster',
    ];
    const start = (name: string, args: string[], http: number) =>
      Process.start(name, 'thanos', [...args, '--log.level=warn'], {
        log: join(folder, `${name}.log`),
        ready: `http://127.0.0.1:${http}/-/ready`,
      });
    const ingestor = await start(
      'ingestor',
      [
        ...receive('ingestor', port.ingestorHttp, port.ingestorGrpc, port.ingestorWrite, port.capnproto1),
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
      port.ingestorHttp,
    );
    const hashring = JSON.stringify([{ endpoints: [`127.0.0.1:${port.ingestorGrpc}`] }]);
    const router = await start(
      'router',
      [
        ...receive('router', port.routerHttp, port.routerGrpc, port.remoteWrite, port.capnproto2),
        `--receive.hashrings=${hashring}`,
        '--receive.hashrings-algorithm=ketama',
      ],
      port.routerHttp,
    );
    const query = await start(
      'query',
      [
        'query',
        `--http-address=127.0.0.1:${port.query}`,
        `--grpc-address=127.0.0.1:${port.queryGrpc}`,
        `--endpoint=127.0.0.1:${port.ingestorGrpc}`,
        '--query.replica-label=prometheus_replica',
        '--query.replica-label=receive_replica',
      ],
      port.query,
    );
    return new Centre(folder, router, ingestor, query, bucket?.process, port);
  }

  /** Bytes that the ingestor keeps on its disk, below a folder of its data. */
  ingestorBytes(inside = ''): number {
    return folderBytes(join(this.folder, 'ingestor', inside));
  }

  /** Ends in the order of a shutdown that loses nothing; the ingestor uploads its head as a block. */
  async stop(): Promise<void> {
    await this.query.stop();
    await this.router.stop();
    await this.ingestor.stop();
    await this.objectStore?.stop();
  }
}

/**
 * Bytes of the files below a folder, without those of blocks that are being written: their chunk file is laid out at its
 * whole length (512 MiB) for some seconds.
 */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.tmp-for-creation'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

async function ports() {
  const next = freePort;
  return {
    remoteWrite: await next(),
    routerHttp: await next(),
    routerGrpc: await next(),
    capnproto1: await next(),
    capnproto2: await next(),
    ingestorHttp: await next(),
    ingestorGrpc: await next(),
    ingestorWrite: await next(),
    query: await next(),
    queryGrpc: await next(),
  };
}

/** MinIO with the bucket `thanos`: a folder of its drive is a bucket. */
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
