import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { frontendArguments } from '../../components/thanos/query-frontend';
import { queryArguments } from '../../components/thanos/query';
import { replicaLabels } from '../../components/thanos/roles';
import { storeArguments } from '../../components/thanos/store';
import { thanosShape } from '../../config/thanos';
import { Duration } from '../../config/units';
import { onThisMachine } from './arguments';
import { freePort, Process } from './processes';

/** Only how long an answer is not kept follows from it. */
const outage = Duration.parse('6h');

/**
 * Store, Query and query-frontend over a bucket, with the arguments that the stack gives them and its default
 * sizes, on loopback and without a password.
 *
 * @param objstore file of the object store's configuration
 * @returns the port of query-frontend
 */
export async function readPath(folder: string, objstore: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
  const [storeHttp, storeGrpc, queryHttp, queryGrpc, frontendHttp] = ports;
  const address = (port: number) => `127.0.0.1:${port}`;
  const start = (name: string, args: readonly string[], port: number) =>
    Process.start(name, 'thanos', args, {
      log: join(folder, `${name}.log`),
      ready: `http://${address(port)}/-/ready`,
    });

  const { deleteDelay } = thanosShape.compactor.parse({});
  const store = storeArguments({
    ...thanosShape.store.parse({}),
    deleteDelay,
    objstore: { name: '', key: '', checksum: '' },
  });
  await start(
    'store',
    onThisMachine(store, { '--data-dir': join(folder, 'store'), '--objstore.config-file': objstore }, [
      `--http-address=${address(storeHttp)}`,
      `--grpc-address=${address(storeGrpc)}`,
    ]),
    storeHttp,
  );
  await start(
    'query',
    onThisMachine(
      queryArguments(replicaLabels),
      {
        '--http-address': address(queryHttp),
        '--endpoint.sd-config-file': undefined,
        '--endpoint.sd-config-reload-interval': undefined,
      },
      [`--grpc-address=${address(queryGrpc)}`, `--endpoint=${address(storeGrpc)}`],
    ),
    queryHttp,
  );
  await start(
    'query-frontend',
    onThisMachine(
      frontendArguments({
        ...thanosShape.queryFrontend.parse({}),
        outage,
        queryUrl: `http://${address(queryHttp)}`,
      }),
      { '--http-address': address(frontendHttp), '--http.config': undefined },
    ),
    frontendHttp,
  );
  return frontendHttp;
}
