import { join } from 'node:path';
import { replicaLabels } from '../../components/thanos/roles';
import { freePort, Process, type Program } from './processes';

/** Query over StoreAPIs of loopback, by their gRPC ports, with the stack's replica labels. */
export async function startQuery(folder: string, stores: readonly number[]): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = await Process.start(
    'query',
    'thanos',
    [
      'query',
      '--log.level=warn',
      `--http-address=127.0.0.1:${port}`,
      `--grpc-address=127.0.0.1:${await freePort()}`,
      ...stores.map((grpc) => `--endpoint=127.0.0.1:${grpc}`),
      ...replicaLabels.map((label) => `--query.replica-label=${label}`),
    ],
    { log: join(folder, 'query.log'), ready: `${url}/-/ready` },
  );
  return { process, url };
}
