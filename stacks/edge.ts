import {
  monitoringNamespace as namespace,
  Namespaces,
  nodeNamespace,
} from '../components/foundation/namespaces';
import { NetworkPolicies } from '../components/foundation/network-policies';
import { RemoteWriteSecret, remoteWriteSecret } from '../components/identity/remote-write-secret';
import { chartDirectory, chartSource } from '../components/prometheus-stack/chart-source';
import { OperatorCrds } from '../components/prometheus-stack/crds';
import { edgeValues } from '../components/prometheus-stack/edge-values';
import { PrometheusAgent } from '../components/prometheus-stack/release';
import { apiServerPort } from '../config/cluster';
import type { EdgeConfig } from '../config/edge';
import { Duration } from '../config/units';
import { contractVersion } from '../contract/central';
import type { EdgeOutputs } from '../contract/edge';
import { readCentral } from '../contract/read';
import { charts } from '../versions';
import { edgeFlows } from './flows';
import { kubernetesProvider } from './providers';

/** An edge stack: registers every resource and returns what it promises (`contract/edge.ts`). */
export async function deployEdge(config: EdgeConfig): Promise<EdgeOutputs> {
  const { cluster } = config;
  const central = await readCentral(config.central, cluster.name);
  const directory = chartDirectory(config.charts, process.env);
  const providers = { kubernetes: kubernetesProvider(cluster) };

  const namespaces = new Namespaces(cluster.name, { providers });
  const inNamespace = { providers, dependsOn: [namespaces] };
  const crds = new OperatorCrds(
    'prometheus-operator-crds',
    { namespace, chart: chartSource('prometheus-operator-crds', directory) },
    inNamespace,
  );
  const policies = new NetworkPolicies(
    cluster.name,
    { namespace, otherNamespaces: [nodeNamespace], flows: edgeFlows(apiServerPort(cluster)) },
    inNamespace,
  );
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
        remoteWriteUrl: central.remoteWriteUrl,
        identity: remoteWriteSecret,
        outage: Duration.parse(central.outage),
      }),
    },
    { providers, dependsOn: [crds, policies, identity] },
  );

  return {
    contractVersion,
    cluster: cluster.name,
    tenant: cluster.name,
    remoteWriteUrl: central.remoteWriteUrl,
    versions: { kubePrometheusStack: charts.kubePrometheusStack },
  };
}
