import { join } from 'node:path';
import { stringify } from 'yaml';
import { hashringFile } from '../../components/thanos/hashring';
import { ingestorArguments } from '../../components/thanos/receive-ingestor';
import { limitsFile } from '../../components/thanos/receive-limits';
import { routerArguments } from '../../components/thanos/receive-router';
import { checkedConfig } from '../../checks/config';
import type { CentralConfig } from '../../config/central';
import { readStackFile } from '../../tools/render/stack-file';
import { authority, signedForServer, type Signer } from '../e2e/certificates';
import { repository } from '../sandbox/paths';
import { writeFiles } from './folder';
import { startReceive, type Receive } from './receive';

const loopback = '127.0.0.1';
const objstore = { name: 'thanos-receiver-objstore', key: 'objstore.yml', checksum: '' };
const clientCa = 'ca.crt';

/** Arguments of a pod's container, for a process whose files lie below a folder. */
const below = (folder: string, args: readonly string[]): string[] =>
  args.map((arg) =>
    arg
      .replace('/etc/thanos', join(folder, 'etc'))
      .replace('/var/thanos', join(folder, 'data'))
      .replace('$(POD_NAME)', 'thanos-receiver-0'),
  );

/** Configuration of the committed central stack. */
export const committedConfig = (): CentralConfig =>
  checkedConfig(readStackFile(join(repository, 'Pulumi.cluster-01.yaml')), 'unchecked') as CentralConfig;

/** Ingestor with the flags and files of its component; blocks would go to a folder instead of a bucket. */
export function deployedIngestor(folder: string, { receive, outage }: CentralConfig): Promise<Receive> {
  const bucket = { type: 'FILESYSTEM', config: { directory: join(folder, 'bucket') } };
  writeFiles(folder, { [`etc/objstore/${objstore.key}`]: stringify(bucket) });
  const { blockDuration, retention } = receive;
  const args = ingestorArguments({ retention, blockDuration, outage, objstore });
  return startReceive({ name: 'ingestor', folder, args: below(folder, args) });
}

/**
 * Router with the flags and files of its component: mutual TLS, tenant from the certificate, limits,
 * hashring. It differs in this: no Prometheus answers its query of head series, and no container limits its
 * memory.
 *
 * @returns the router, and the authority of the certificates that it accepts
 */
export async function deployedRouter(
  folder: string,
  { edgeDefaults, receive }: Pick<CentralConfig, 'edgeDefaults' | 'receive'>,
  ingestor: Receive,
  edges: CentralConfig['edges'],
): Promise<{ receive: Receive; signer: Signer }> {
  const signer = await authority('CN=monitoring');
  const server = await signedForServer(loopback, signer);
  const addresses = [`${loopback}:${ingestor.ports.grpc}`];
  const limits = { edges, edgeDefaults, metaMonitoringUrl: `http://${loopback}:9` };
  writeFiles(folder, {
    'etc/hashring/hashrings.json': hashringFile(addresses),
    'etc/limits/limits.yaml': limitsFile(limits, addresses, receive.routers.resources.limits.memory),
    'etc/tls/server/tls.crt': server.certificate,
    'etc/tls/server/tls.key': server.privateKey,
    [`etc/tls/client-ca/${clientCa}`]: signer.chain,
  });
  const args = below(folder, routerArguments(addresses.length, clientCa));
  return { receive: await startReceive({ name: 'router', folder, args }), signer };
}
