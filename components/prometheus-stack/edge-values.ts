import type { Input } from '@pulumi/pulumi';
import type { EdgeConfig } from '../../config/edge';
import { kubernetesResources } from '../../config/scalars';
import { agentBuffer } from '../../capacity/outage';
import { remoteWrite as settings } from '../../capacity/remote-write';
import type { Duration } from '../../config/units';
import type { IdentitySecret } from '../identity/remote-write-secret';
import { backlogContainer } from './agent-backlog';
import { scrapedControlPlane } from './control-plane';
import type { EdgeValues, RemoteWrite } from './values-types';
import {
  sharedValues,
  chartDisruptionBudget,
  prometheusSpec,
  startupTime,
  volumeClaim,
  type ClusterParts,
  type NamespaceNames,
} from './shared-values';

export interface EdgeValuesArgs {
  namespaces: NamespaceNames;
  cluster: Pick<EdgeConfig['cluster'], 'name' | 'environment' | 'storageClass'>;
  agent: EdgeConfig['agent'];
  parts: ClusterParts;
  controlPlane: EdgeConfig['controlPlane'];
  /** Where the samples go: the central stack's output. */
  remoteWriteUrl: Input<string>;
  identity: IdentitySecret;
  /** How long the centre may be away without losing a sample: the central stack's `outage`. */
  outage: Duration;
  /** Shards of each agent's queue: `shards` in capacity/agent.ts. */
  shards: number;
  /** Time to read the log at a start: `agentStartup` in capacity/startup.ts. */
  startup: Duration;
}

export interface RemoteWriteArgs {
  url: Input<string>;
  identity: IdentitySecret;
  shards: number;
  /**
   * The only metrics that are sent; undefined: all. Prometheus drops the others when it reads its log, before
   * the queue (`StoreSeries` in storage/remote/queue_manager.go), so what the agent scrapes and logs stays
   * the same.
   */
  keepMetrics?: readonly string[] | undefined;
}

/**
 * Remote write to the central cluster, identified by client certificate.
 *
 * - No header names the tenant: Receive takes it from the certificate.
 * - Message version 1: Thanos 0.42 answers 200 to version 2 and stores nothing.
 * - No `sampleAgeLimit`: Receive alone decides what is too old and counts it; a limit here would be a second
 *   number to keep equal, and would drop without an answer from the receiver.
 * - 429 is retried, since Receive's limits answer with it and an overload must not lose samples.
 * - As many shards at least as at most: a change of their number drops what they hold when the receiver goes
 *   away meanwhile (docs/outage.md).
 */
export const remoteWrite = ({ url, identity, shards, keepMetrics }: RemoteWriteArgs): RemoteWrite => ({
  name: 'thanos-receiver',
  url,
  messageVersion: 'V1.0',
  remoteTimeout: settings.timeout.toString(),
  tlsConfig: {
    // The least that Receive accepts.
    minVersion: 'TLS13',
    ca: { secret: { name: identity.name, key: identity.ca } },
    cert: { secret: { name: identity.name, key: identity.certificate } },
    keySecret: { name: identity.name, key: identity.privateKey },
  },
  queueConfig: {
    capacity: settings.shardCapacity,
    maxSamplesPerSend: settings.samplesPerSend,
    minShards: shards,
    maxShards: shards,
    batchSendDeadline: '5s',
    minBackoff: '30ms',
    maxBackoff: settings.maxBackoff.toString(),
    retryOnRateLimit: true,
  },
  ...(keepMetrics && {
    writeRelabelConfigs: [{ action: 'keep', sourceLabels: ['__name__'], regex: keepRegex(keepMetrics) }],
  }),
});

/**
 * A regular expression for exactly these names: Prometheus anchors it. Sorted, because another order would be
 * another remote write, which costs the agents their backlog (docs/outage.md).
 */
export const keepRegex = (names: readonly string[]): string => [...names].sort().join('|');

/**
 * Values of kube-prometheus-stack on an edge cluster: Prometheus Agent and exporters. Rules, Alertmanager and
 * Grafana are the central cluster's.
 *
 * Objects that must exist before the release: the namespaces and the Secret with the identity; while that is
 * missing the operator makes no agent and only its log says so.
 */
export function edgeValues(args: EdgeValuesArgs): EdgeValues {
  const { cluster, agent } = args;
  const buffer = agentBuffer(args.outage);
  return {
    ...sharedValues(args.namespaces, agent.scrapeInterval, args.parts),
    ...scrapedControlPlane(args.controlPlane),
    defaultRules: { create: false },
    alertmanager: { enabled: false },
    grafana: { enabled: false },
    prometheus: {
      agentMode: true,
      podDisruptionBudget: {
        ...chartDisruptionBudget(agent.replicas),
        // An agent is unready while it holds what nobody else has (agent-backlog.ts): then above all it must
        // not go.
        unhealthyPodEvictionPolicy: 'IfHealthyBudget',
      },
      prometheusSpec: {
        ...prometheusSpec({ label: cluster.name, environment: cluster.environment }, agent.scrapeInterval),
        replicas: agent.replicas,
        additionalArgs: [
          { name: 'storage.agent.retention.max-time', value: buffer.maxTime.toString() },
          { name: 'storage.agent.wal-truncate-frequency', value: buffer.truncateFrequency.toString() },
        ],
        resources: kubernetesResources(agent.resources),
        storageSpec: volumeClaim(cluster.storageClass, agent.storage),
        ...startupTime(args.startup),
        containers: [backlogContainer(args.outage, agent.backlog.resources)],
        remoteWrite: [
          remoteWrite({
            url: args.remoteWriteUrl,
            identity: args.identity,
            shards: args.shards,
            keepMetrics: agent.keepMetrics,
          }),
        ],
      },
    },
  } satisfies EdgeValues;
}
