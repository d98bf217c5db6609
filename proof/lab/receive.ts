import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, Process, type Program } from './processes';

/** Ports of one Receive on loopback. */
export interface ReceivePorts {
  http: number;
  grpc: number;
  remoteWrite: number;
  capnproto: number;
}

/** A Receive that runs. */
export interface Receive extends Program {
  ports: ReceivePorts;
}

export interface ReceiveOptions {
  name: string;
  /** Folder of its log. */
  folder: string;
  /** Arguments, less its addresses. */
  args: readonly string[];
  /** Ports that it must have; default free ones. */
  ports?: ReceivePorts;
  /** Address that its gRPC server listens on; default 127.0.0.1 alone. */
  grpcHost?: string;
}

export const receivePorts = async (): Promise<ReceivePorts> => ({
  http: await freePort(),
  grpc: await freePort(),
  remoteWrite: await freePort(),
  capnproto: await freePort(),
});

/**
 * Arguments of a Receive of the lab, which takes the tenant from the header.
 *
 * @param folder of its data and its log
 */
export const plainReceive = (name: string, folder: string): string[] => [
  'receive',
  '--log.level=warn',
  `--label=receive_replica="${name}"`,
  `--tsdb.path=${join(folder, name)}`,
  '--receive.tenant-label-name=cluster',
];

/** Starts Thanos Receive, as router or ingestor or both, and waits until it is ready. */
export async function startReceive(options: ReceiveOptions): Promise<Receive> {
  const { name, folder, args, grpcHost = '127.0.0.1' } = options;
  mkdirSync(folder, { recursive: true });
  const ports = options.ports ?? (await receivePorts());
  const url = `http://127.0.0.1:${ports.http}`;
  const process = await Process.start(
    name,
    'thanos',
    [
      ...args,
      `--http-address=127.0.0.1:${ports.http}`,
      `--grpc-address=${grpcHost}:${ports.grpc}`,
      `--remote-write.address=127.0.0.1:${ports.remoteWrite}`,
      `--receive.capnproto-address=127.0.0.1:${ports.capnproto}`,
    ],
    { log: join(folder, `${name}.log`), ready: `${url}/-/ready` },
  );
  return { process, url, ports };
}
