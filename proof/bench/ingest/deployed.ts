import { join } from 'node:path';
import { shards } from '../../../capacity/agent';
import { agentBuffer } from '../../../capacity/outage';
import { remoteWrite } from '../../../components/prometheus-stack/edge-values';
import { Duration } from '../../../config/units';
import { signed } from '../../e2e/certificates';
import { Agent } from '../../lab/agent';
import { committedConfig, deployedIngestor, deployedRouter } from '../../lab/deployed-receive';
import { writeFiles } from '../../lab/folder';
import { Gate } from '../../lab/gate';
import { remoteWritePath } from '../../samples/remote-write';
import type { CommonAgent } from './defaults';
import type { Pipeline } from './pipeline';

const edge = 'cluster-02';
const clientCa = 'ca.crt';

/** Entry of `remote_write` that the operator makes of the chart's values. */
function asOperated(
  url: string,
  series: number,
  scrapeInterval: string,
  outage: Duration,
  tls: string,
): object {
  const plan = { outage, scrapeInterval: Duration.parse(scrapeInterval), agents: 2 };
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
 * Agent, router and ingestor with the flags, files and queue that the components give them for the committed
 * central stack (`deployedRouter` says what differs).
 */
export async function asDeployed(folder: string, series: number, common: CommonAgent): Promise<Pipeline> {
  const config = committedConfig();
  const ingestor = await deployedIngestor(join(folder, 'ingestor'), config);
  const { receive: router, signer } = await deployedRouter(join(folder, 'router'), config, ingestor, [
    { name: edge, series },
  ]);
  const gate = await Gate.to(router.ports.remoteWrite);
  const url = `${gate.url.replace('http:', 'https:')}${remoteWritePath}`;
  const buffer = agentBuffer(config.outage);
  const { certificate, privateKey } = await signed(`CN=${edge}`, signer);
  const tls = join(folder, 'client');
  writeFiles(tls, { [clientCa]: signer.chain, 'tls.crt': certificate, 'tls.key': privateKey });
  const agent = new Agent({
    ...common,
    folder: join(folder, 'agent'),
    remoteWrite: asOperated(url, series, common.scrapeInterval, config.outage, tls),
    flags: [
      `--storage.agent.retention.max-time=${buffer.maxTime.toString()}`,
      `--storage.agent.wal-truncate-frequency=${buffer.truncateFrequency.toString()}`,
    ],
  });
  await agent.start();
  return { agent, receive: [router, ingestor], gate };
}
