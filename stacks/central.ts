import * as pulumi from '@pulumi/pulumi';
import {
  monitoringNamespace as namespace,
  Namespaces,
  nodeNamespace,
} from '../components/foundation/namespaces';
import { readDashboards } from '../components/grafana/dashboards';
import { Grafana } from '../components/grafana/grafana';
import { CertificateAuthority } from '../components/identity/certificate-authority';
import { EdgeIdentities } from '../components/identity/edge-identities';
import { WebIngress } from '../components/ingress/web-ingress';
import { configuredObjectStore } from '../components/object-store/configured';
import { centralValues } from '../components/prometheus-stack/central-values';
import { chartSource } from '../components/prometheus-stack/chart-source';
import { PrometheusRules } from '../components/prometheus-stack/prometheus-rules';
import { OperatorCrds } from '../components/prometheus-stack/crds';
import { alertmanagerUrl, grafanaService } from '../components/prometheus-stack/addresses';
import { PrometheusStack } from '../components/prometheus-stack/release';
import { roles } from '../components/thanos/roles';
import type { Cleared } from '../checks/preflight';
import type { CentralConfig } from '../config/central';
import { planOf } from '../capacity/plan';
import { prometheusStartup } from '../capacity/startup';
import { contractVersion, type CentralOutputs, type CentralSecretOutputs } from '../contract/central';
import { ruleGroups } from '../observability/rules/groups';
import { charts, images } from '../versions';
import { deployedState, receiveState, ringShrinks } from '../contract/deployed-state';
import { certificateEnds } from './certificate-ends';
import { deployProbes } from './central-probes';
import { hostnames } from './hostnames';
import { ruleFacts } from './rule-facts';
import { administrator, receiverSecrets } from './central-secrets';
import { deployThanos } from './central-thanos';
import { deployPolicies } from './network-policies';
import { identityProviders, kubernetesProvider } from './providers';

type ClearedCentral = Extract<Cleared, { role: 'central' }>;

/** The central stack: registers every resource and returns what it promises (`contract/central.ts`). */
export function deployCentral({ config, last, now, charts: directory }: ClearedCentral): Promised {
  const { cluster } = config;
  const { name } = cluster;
  const hosts = hostnames(cluster.domain);
  const queryUrl = `https://${hosts.query}`;
  const grafanaUrl = `https://${hosts.grafana}`;
  const providers = { kubernetes: kubernetesProvider(cluster), ...identityProviders(name) };

  const namespaces = new Namespaces(name, { providers });
  const inNamespace = { providers, dependsOn: [namespaces] };
  const crds = new OperatorCrds(
    'prometheus-operator-crds',
    { namespace, chart: chartSource('prometheus-operator-crds', directory) },
    inNamespace,
  );
  const policies = deployPolicies(config, inNamespace);
  const authority = new CertificateAuthority('server-authority', { clusterName: name }, { providers });
  const identities = new EdgeIdentities('edge-authority', { edges: edgeNames(config) }, { providers });
  const objectStore = configuredObjectStore(
    {
      namespace,
      clusterName: name,
      objectStore: config.objectStore,
      ruler: config.ruler.enabled,
      administrator,
    },
    inNamespace,
  );

  // Monitors need their definitions, and no pod should start before the policies stand.
  const afterFoundation = { providers, dependsOn: [crds, ...policies] };
  const thanos = deployThanos(
    { config, receiverHost: hosts.receiver, queryUrl, authority, identities, objectStore },
    afterFoundation,
  );
  deployProbes({ config, hosts, authority, ...thanos }, afterFoundation);
  const grafana = new Grafana(
    'grafana',
    {
      namespace,
      datasources: {
        queryUrl: thanos.queryFrontend.url,
        alertmanagerUrl: alertmanagerUrl(namespace),
        scrapeInterval: config.prometheus.scrapeInterval,
      },
      dashboards: readDashboards(),
      runbooks: config.runbookUrl,
    },
    inNamespace,
  );
  const receivers = receiverSecrets(config, inNamespace);
  const stack = new PrometheusStack(
    'kube-prometheus-stack',
    {
      namespace,
      chart: chartSource('kube-prometheus-stack', directory),
      values: centralValues({
        namespaces: { monitoring: namespace, node: nodeNamespace },
        cluster,
        prometheus: config.prometheus,
        startup: prometheusStartup(planOf(config)),
        controlPlane: config.controlPlane,
        parts: config,
        ruler: config.ruler.enabled,
        alertmanager: config.alertmanager,
        grafana: {
          grafana: config.grafana,
          host: hosts.grafana,
          admin: grafana.adminSecret,
          query: { ...thanos.queryFrontend.credentials, checksum: thanos.queryFrontend.credentialsChecksum },
          role: grafana.role,
          datasourcesChecksum: grafana.datasourcesChecksum,
        },
        queryUrl,
        grafanaUrl,
        objectStorage: objectStore.secrets.sidecar,
        thanosImage: images.thanos,
      }),
    },
    { providers, dependsOn: [crds, ...policies, grafana, ...receivers] },
  );
  const web = { namespace, authority, ...config.ingress };
  const hostsOf = {
    grafana: new WebIngress(
      'grafana',
      { ...web, host: hosts.grafana, service: grafanaService },
      { providers, dependsOn: [stack] },
    ),
    [roles.query.name]: new WebIngress(
      roles.query.name,
      { ...web, host: hosts.query, service: thanos.queryFrontend.service },
      { providers, dependsOn: [thanos.queryFrontend] },
    ),
  };
  const certificates = certificateEnds({
    centre: cluster.label,
    authority,
    identities,
    receiver: thanos.receiverCertificateEnd,
    web: Object.fromEntries(Object.entries(hostsOf).map(([host, ingress]) => [host, ingress.certificateEnd])),
  });
  new PrometheusRules(
    'rules',
    { namespace, groups: ruleGroups(ruleFacts(config)), certificates, runbooks: config.runbookUrl },
    { providers, dependsOn: [crds] },
  );

  const receive = receiveState(last, config.receive, now);
  return {
    contractVersion,
    cluster: name,
    remoteWriteUrl: thanos.router.remoteWriteUrl,
    remoteWriteCa: authority.certificate,
    tenants: edgeNames(config),
    outage: config.outage.toString(),
    planned: {
      series: Object.fromEntries(config.edges.map((edge) => [edge.name, edge.series])),
      scrapeInterval: config.prometheus.scrapeInterval.toString(),
    },
    queryUrl,
    grafanaUrl,
    alertmanagerUrl: alertmanagerUrl(namespace),
    bucket: objectStore.bucket,
    // A smaller ring is true only when the routers have it; a larger one as soon as some may. An update that
    // fails in between leaves the last outputs or these, and either way the next run refuses to take away
    // what may be written to.
    receive: ringShrinks(last, config.receive) ? thanos.router.rolledOut.apply(() => receive) : receive,
    deployed: deployedState(config),
    certificates,
    versions: { kubePrometheusStack: charts.kubePrometheusStack, thanos: images.thanos.tag },
    edgeCredentials: pulumi.secret(
      Object.fromEntries(
        Object.entries(identities.byEdge).map(([edge, { certificate, privateKey }]) => [
          edge,
          { certificate, privateKey },
        ]),
      ),
    ),
    queryCredentials: pulumi.secret(thanos.queryFrontend.login),
    grafanaCredentials: pulumi.secret(grafana.login),
  };
}

/** Every promised output, each as a value or as what will become one. */
type Promised = {
  [Name in keyof (CentralOutputs & CentralSecretOutputs)]: pulumi.Input<
    (CentralOutputs & CentralSecretOutputs)[Name]
  >;
};

const edgeNames = ({ edges }: CentralConfig) => edges.map((edge) => edge.name);
