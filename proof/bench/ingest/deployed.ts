import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { shards } from '../../../capacity/agent';
import { Gate } from '../../lab/gate';
import { agentBuffer } from '../../../capacity/outage';
import { remoteWrite } from '../../../components/prometheus-stack/edge-values';
import { hashringFile } from '../../../components/thanos/hashring';
import { ingestorArguments } from '../../../components/thanos/receive-ingestor';
import { limitsFile } from '../../../components/thanos/receive-limits';
import { routerArguments } from '../../../components/thanos/receive-router';
import { centralSchema } from '../../../config/central';
import { Duration } from '../../../config/units';
import { authority, signed, signedForServer } from '../../e2e/certificates';
import { ownConfig } from '../../e2e/stack-config';
import { repository } from '../../sandbox/paths';
import { startAgent, startReceive, type AgentOptions, type Way } from './way';

const loopback = '127.0.0.1';
const edge = 'cluster-02';
const objstore = { name: 'thanos-receiver-objstore', key: 'objstore.yml', checksum: '' };
const clientCa = 'ca.crt';

/** Arguments of a pod, for a process whose files lie below a folder. */
const below = (folder: string, args: readonly string[]): string[] =>
  args.map((arg) =>
    arg
      .replace('/etc/thanos', join(folder, 'etc'))
      .replace('/var/thanos', join(folder, 'data'))
      .replace('$(POD_NAME)', 'thanos-receiver-0'),
  );

function write(folder: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  }
}

/** The entry of `remote_write` that the operator makes of the chart's values. */
function asOperated(
  url: string,
  series: number,
  scrapeInterval: number,
  outage: Duration,
  tls: string,
): object {
  const plan = { outage, scrapeInterval: Duration.ofSeconds(scrapeInterval), agents: 2 };
  const identity = { name: '', ca: clientCa, certificate: 'tls.crt', privateKey: 'tls.key' };
  const { name, remoteTimeout, tlsConfig, queueConfig } = remoteWrite({
    url,
    identity,
    shards: shards(series, plan),
  });
  return {
    name,
    url,
    remote_timeout: remoteTimeout,
    // messageVersion V1.0
    protobuf_message: 'prometheus.WriteRequest',
    tls_config: {
      min_version: tlsConfig.minVersion,
      ca_file: join(tls, tlsConfig.ca.secret.key),
      cert_file: join(tls, tlsConfig.cert.secret.key),
      key_file: join(tls, tlsConfig.keySecret.key),
    },
    queue_config: {
      capacity: queueConfig.capacity,
      max_samples_per_send: queueConfig.maxSamplesPerSend,
      min_shards: queueConfig.minShards,
      max_shards: queueConfig.maxShards,
      batch_send_deadline: queueConfig.batchSendDeadline,
      min_backoff: queueConfig.minBackoff,
      max_backoff: queueConfig.maxBackoff,
      retry_on_http_429: queueConfig.retryOnRateLimit,
    },
  };
}

/**
 * Agent, router and ingestor with the flags, files and queue that the components give them for the committed central stack: mutual
 * TLS, tenant from the certificate, limits, windows. What differs: no Prometheus answers the routers' query of head series,
 * blocks would go to a folder (none is cut in the run), and containers' memory limits are missing.
 */
export async function asDeployed(
  folder: string,
  series: number,
  agent: Omit<AgentOptions, 'folder' | 'remoteWrite' | 'flags'>,
): Promise<Way> {
  const config = centralSchema.parse(
    ownConfig(readFileSync(join(repository, 'Pulumi.cluster-01.yaml'), 'utf8')),
  );
  const { outage, receive, edgeDefaults } = config;
  const edges = [{ name: edge, series }];

  const ingestorFolder = join(folder, 'ingestor');
  const bucket = { type: 'FILESYSTEM', config: { directory: join(ingestorFolder, 'bucket') } };
  write(ingestorFolder, { [`etc/objstore/${objstore.key}`]: stringify(bucket) });
  const { blockDuration, retention } = receive;
  const ingestorArgs = ingestorArguments({ retention, blockDuration, outage, objstore });
  const ingestor = await startReceive('ingestor', below(ingestorFolder, ingestorArgs), ingestorFolder);

  const routerFolder = join(folder, 'router');
  const signer = await authority('CN=monitoring');
  const [server, client] = [await signedForServer(loopback, signer), await signed(`CN=${edge}`, signer)];
  const addresses = [`${loopback}:${ingestor.ports.grpc}`];
  const limits = { edges, edgeDefaults, metaMonitoringUrl: `http://${loopback}:9` };
  write(routerFolder, {
    'etc/hashring/hashrings.json': hashringFile(addresses),
    'etc/limits/limits.yaml': limitsFile(limits, addresses, receive.routers.resources.limits.memory),
    'etc/tls/server/tls.crt': server.certificate,
    'etc/tls/server/tls.key': server.privateKey,
    [`etc/tls/client-ca/${clientCa}`]: signer.chain,
    [`client/${clientCa}`]: signer.chain,
    'client/tls.crt': client.certificate,
    'client/tls.key': client.privateKey,
  });
  const routerArgs = below(routerFolder, routerArguments(addresses.length, clientCa));
  const router = await startReceive('router', routerArgs, routerFolder);

  const gate = await Gate.to(router.ports.remoteWrite);
  const url = `${gate.url.replace('http:', 'https:')}/api/v1/receive`;
  const buffer = agentBuffer(outage);
  return {
    agent: await startAgent({
      ...agent,
      folder: join(folder, 'agent'),
      remoteWrite: asOperated(url, series, agent.scrapeInterval, outage, join(routerFolder, 'client')),
      flags: [
        `--storage.agent.retention.max-time=${buffer.maxTime.toString()}`,
        `--storage.agent.wal-truncate-frequency=${buffer.truncateFrequency.toString()}`,
      ],
    }),
    receive: [router, ingestor],
    gate,
  };
}
