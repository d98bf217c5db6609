import {
  monitoringNamespace as namespace,
  Namespaces,
  nodeNamespace,
} from '../components/foundation/namespaces';
import { RemoteWriteSecret, remoteWriteSecret } from '../components/identity/remote-write-secret';
import { chartSource } from '../components/prometheus-stack/chart-source';
import { OperatorCrds } from '../components/prometheus-stack/crds';
import { edgeValues } from '../components/prometheus-stack/edge-values';
import { PrometheusAgent } from '../components/prometheus-stack/release';
import { scrapedSeries, shards } from '../capacity/agent';
import { agentStartup } from '../capacity/startup';
import type { Cleared } from '../checks/preflight';
import { contractVersion } from '../contract/central';
import { edgeDeployedState } from '../contract/deployed-state';
import type { EdgeOutputs } from '../contract/edge';
import { charts } from '../versions';
import { deployPolicies } from './network-policies';
import { kubernetesProvider } from './providers';

type ClearedEdge = Extract<Cleared, { role: 'edge' }>;

/** An edge stack: registers every resource and returns what it promises (`contract/edge.ts`). */
export function deployEdge({ config, central, planned, charts: directory }: ClearedEdge): EdgeOutputs {
  const { cluster } = config;
  const providers = { kubernetes: kubernetesProvider(cluster) };

  const namespaces = new Namespaces(cluster.name, { providers });
  const inNamespace = { providers, dependsOn: [namespaces] };
  const crds = new OperatorCrds(
    'prometheus-operator-crds',
    { namespace, chart: chartSource('prometheus-operator-crds', directory) },
    inNamespace,
  );
  const policies = deployPolicies(config, inNamespace);
  const identity = new RemoteWriteSecret(
    remoteWriteSecret.name,
    {
      namespace,
      ca: central.remoteWriteCa,
      certificate: central.certificate,
      privateKey: central.privateKey,
    },
    inNamespace,
  );
  new PrometheusAgent(
    'kube-prometheus-stack',
    {
      namespace,
      chart: chartSource('kube-prometheus-stack', directory),
      values: edgeValues({
        namespaces: { monitoring: namespace, node: nodeNamespace },
        cluster,
        agent: config.agent,
        controlPlane: config.controlPlane,
        parts: config,
        remoteWriteUrl: central.remoteWriteUrl,
        identity: remoteWriteSecret,
        outage: planned.outage,
        shards: shards(planned.series, { agents: config.agent.replicas, ...planned }),
        startup: agentStartup(scrapedSeries(config.agent, planned.series), {
          ...planned,
          agents: config.agent.replicas,
          scrapeInterval: config.agent.scrapeInterval,
        }),
      }),
    },
    { providers, dependsOn: [crds, ...policies, identity] },
  );

  return {
    contractVersion,
    cluster: cluster.name,
    tenant: cluster.name,
    remoteWriteUrl: central.remoteWriteUrl,
    ...(central.certificateEnd !== undefined && { certificateEnd: central.certificateEnd }),
    deployed: edgeDeployedState(config),
    versions: { kubePrometheusStack: charts.kubePrometheusStack },
  };
}
