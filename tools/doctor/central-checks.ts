import { serverBlock } from '../../capacity/server-disk';
import { blackboxExporter } from '../../components/blackbox-exporter/exporter';
import { claimants, claimNames } from '../../checks/claimants';
import { monitoringNamespace as namespace } from '../../components/foundation/namespaces';
import { serviceHost } from '../../components/foundation/dns';
import { chartJobs, grafanaService, releaseName } from '../../components/prometheus-stack/addresses';
import { alertmanagerFile } from '../../components/prometheus-stack/alertmanager-config';
import { hashringFile } from '../../components/thanos/hashring';
import { ingestorAddresses } from '../../components/thanos/receive-ingestor';
import { hashring } from '../../components/thanos/receive-router';
import { receiver, roles, type BucketRights } from '../../components/thanos/roles';
import type { CentralConfig, StepKey } from '../../config/central';
import { volumes } from '../../contract/deployed-state';
import { freshFor } from '../../observability/rules/edges';
import { hostnames } from '../../stacks/hostnames';
import { imageReference, images } from '../../versions';
import type { CentralSeen } from './central';
import { configRuns } from './checks/alertmanager-config';
import { keysMounted, somebodyIsTold, watchdogsArrive } from './checks/alert-way';
import { rightsAsNeeded } from './checks/bucket';
import { certificatesLast, certificatesServed } from './checks/certificates';
import { dashboardsShown, datasourceWorks } from './checks/grafana';
import { nameLeads } from './checks/names';
import { podsRun } from './checks/pods';
import { probesAnswered } from './checks/probes';
import { ringIsRead } from './checks/ring';
import { compacts, edgeIsFresh, edgeSends, uploaded } from './checks/samples';
import { storesKnown } from './checks/stores';
import { versionsPinned } from './checks/versions';
import { claimsAsConfigured, volumesHaveRoom, type Volumes } from './checks/volumes';
import { usersOf } from './collect/bucket';
import { together, unknown, type Check } from './finding';

/** How many pods each workload of a central stack has. */
const workloadsOf = (config: CentralConfig): Record<string, number> => ({
  ...Object.fromEntries(
    Object.values(claimants(config)).map(({ statefulSet, replicas }) => [statefulSet, replicas]),
  ),
  [roles.query.name]: config.query.replicas,
  [roles.queryFrontend.name]: config.queryFrontend.replicas,
  [roles.receiveRouter.name]: config.receive.routers.replicas,
  [grafanaService.name]: 1,
  [`${releaseName}-operator`]: 1,
  ...(config.blackboxExporter.enabled && { [blackboxExporter.name]: 1 }),
});

const claimsOf = (config: CentralConfig): Volumes[] =>
  Object.entries(volumes(config)).map(([key, size]) => {
    const claimant = claimants(config)[key as StepKey];
    // Grafana's is the chart's own.
    return { key, size, claims: claimant ? claimNames(claimant) : [grafanaService.name] };
  });

/** How many StoreAPIs Query must know, by its kinds. */
const storesOf = ({ prometheus, receive, store, ruler }: CentralConfig): Record<string, number> => ({
  sidecar: prometheus.replicas,
  receive: receive.replicas,
  store: store.replicas,
  ...(ruler.enabled && { rule: ruler.replicas }),
});

/** The pods of a part that uploads, by the StatefulSet that has its volume. */
function uploads(config: CentralConfig): Check<CentralSeen>[] {
  const parts = [
    ['receive', roles.receive.name, roles.receive.volume],
    ['sidecar', chartJobs.sidecar, 'prometheus.storage'],
    ['ruler', roles.ruler.name, roles.ruler.volume],
  ] as const;
  return parts.flatMap(([role, job, key]) => {
    const claimant = claimants(config)[key];
    if (!claimant) return [];
    const { statefulSet } = claimant;
    // An ingestor that has left the ring gets nothing to upload.
    const receives = role === 'receive';
    const replicas = receives ? config.receive.ring : claimant.replicas;
    const pods = Array.from({ length: replicas }, (_, i) => `${statefulSet}-${i}`);
    // As the alert ThanosNoUpload: a block is cut half its length after its end, and once it may fail.
    const due = (receives ? config.receive.blockDuration : serverBlock).times(3).seconds;
    return [{ name: `upload ${role}`, judge: uploaded(job, pods, due) }];
  });
}

/** The way of an alert, from the rules to a person. */
const alerts = ({ alertmanager, ruler }: CentralConfig): Check<CentralSeen>[] => [
  {
    name: 'alertmanager configuration',
    judge: ({ alertmanagers }) => configRuns(alertmanagerFile(alertmanager))({ running: alertmanagers }),
  },
  {
    name: 'alertmanager keys',
    judge: ({ keys, alertmanagerPods }) => keysMounted(keys, alertmanagerPods),
  },
  {
    name: 'alertmanager watchdogs',
    judge: ({ alertmanagers }) =>
      watchdogsArrive(ruler.enabled ? ['prometheus', 'ruler'] : ['prometheus'], alertmanagers),
  },
  {
    name: 'alert receivers',
    judge: () =>
      somebodyIsTold(
        alertmanager.receivers.map(({ name }) => name),
        [alertmanager.watchdog.ruler, alertmanager.watchdog.prometheus].filter((one) => one !== undefined)
          .length,
      ),
  },
];

const rightsOf = (config: CentralConfig): Record<string, BucketRights> =>
  Object.fromEntries(usersOf(config).map((user) => [user, roles[user].bucket]));

/** What the blackbox exporter finds all the time, from within the cluster. */
const probes = ({ blackboxExporter: own, edges, cluster }: CentralConfig): Check<CentralSeen>[] =>
  own.enabled
    ? [
        {
          name: 'probes',
          judge: probesAnswered({
            edges: edges.map(({ name }) => name),
            hosts: own.publicNames ? Object.values(hostnames(cluster.domain)) : [],
          }),
        },
      ]
    : [];

const names = ({ ingress }: CentralConfig): Check<CentralSeen>[] => {
  const web = `the Ingress (class ${ingress.className})`;
  return [
    {
      name: 'name grafana',
      judge: ({ names: seen }) => nameLeads({ pointAt: web, status: 200 })(seen.grafana),
    },
    {
      name: 'name query',
      judge: ({ names: { query, withoutLogin } }) =>
        together([
          nameLeads({ pointAt: web, status: 401, statusWithLogin: 200 })(query),
          ...(withoutLogin ? [unknown(withoutLogin)] : []),
        ]),
    },
    {
      name: 'name receive',
      judge: ({ names: seen }) =>
        nameLeads({ pointAt: seen.receiverAddress ?? `the Service ${receiver}` })(seen.receive),
    },
  ];
};

/** Everything that is asked of a central stack, in the order in which it is told. */
export const centralChecks = (config: CentralConfig): Check<CentralSeen>[] => {
  const domain = { namespace, clusterDomain: config.cluster.clusterDomain };
  const ring = hashringFile(
    ingestorAddresses(config.receive.ring, { ...domain, image: imageReference(images.thanos) }),
  );
  const frontend = roles.queryFrontend;
  return [
    { name: 'pods', judge: podsRun(workloadsOf(config)) },
    { name: 'versions', judge: versionsPinned(`${releaseName}-operator`) },
    { name: 'claims', judge: claimsAsConfigured(claimsOf(config)) },
    { name: 'volumes', judge: volumesHaveRoom },
    { name: 'query endpoints', judge: storesKnown(storesOf(config)) },
    { name: 'ring', judge: ringIsRead(ring, hashring.key, config.receive.routers.replicas) },
    ...config.edges.flatMap(({ name }): Check<CentralSeen>[] => [
      { name: `edge ${name} freshness`, judge: edgeIsFresh(name, freshFor) },
      { name: `edge ${name} remote write`, judge: edgeSends(name, freshFor) },
    ]),
    ...uploads(config),
    { name: 'compactor', judge: compacts(roles.compactor.name) },
    { name: 'certificates', judge: ({ now, certificates }) => certificatesLast(now, certificates) },
    {
      name: 'certificates served',
      judge: ({ made, served }) => certificatesServed(made, served),
    },
    ...alerts(config),
    {
      name: 'grafana datasource',
      judge: datasourceWorks(`http://${serviceHost(frontend.service, domain)}:${frontend.ports.http}`),
    },
    { name: 'grafana dashboards', judge: dashboardsShown },
    { name: 'bucket rights', judge: ({ rights }) => rightsAsNeeded(rightsOf(config), rights) },
    ...names(config),
    ...probes(config),
  ];
};
