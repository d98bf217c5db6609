import { replicationFactor } from '../capacity/replication';
import { planOf } from '../capacity/plan';
import { ingestorStartup } from '../capacity/startup';
import { headSeriesLimit } from '../capacity/write-limits';
import { monitoringNamespace as namespace } from '../components/foundation/namespaces';
import { probeJobs } from '../components/blackbox-exporter/exporter';
import { chartJobs } from '../components/prometheus-stack/addresses';
import { roles } from '../components/thanos/roles';
import type { CentralConfig } from '../config/central';
import type { ProbeFacts, RuleFacts } from '../observability/rules/facts';
import { hostnames } from './hostnames';
import { planFacts } from './plan-facts';

/** What our rules know of the central stack. */
export const ruleFacts = (config: CentralConfig): RuleFacts => {
  const { prometheus, receive, ruler } = config;
  return {
    centre: config.cluster.label,
    edges: config.edges.map(({ name, series, limits }) => ({
      name,
      seriesLimit: limits?.headSeries ?? headSeriesLimit(series),
    })),
    outage: config.outage,
    namespace,
    prometheus: {
      job: chartJobs.prometheus,
      replicas: prometheus.replicas,
      retention: prometheus.retention,
    },
    alertmanager: { job: chartJobs.alertmanager, replicas: config.alertmanager.replicas },
    operator: { job: chartJobs.operator },
    query: { job: roles.query.name, replicas: config.query.replicas },
    queryFrontend: { job: roles.queryFrontend.name, replicas: config.queryFrontend.replicas },
    receiveRouter: { job: roles.receiveRouter.name, replicas: receive.routers.replicas },
    receive: {
      job: roles.receive.name,
      replicas: receive.replicas,
      ring: receive.ring,
      replicationFactor: replicationFactor(receive.ring),
      startup: ingestorStartup(planOf(config)),
    },
    sidecar: { job: chartJobs.sidecar, replicas: prometheus.replicas },
    store: { job: roles.store.name, replicas: config.store.replicas },
    compactor: { job: roles.compactor.name, replicas: 1 },
    ...(ruler.enabled && { ruler: { job: roles.ruler.name, replicas: ruler.replicas } }),
    ...(config.blackboxExporter.enabled && { probes: probeFacts(config) }),
    plan: planFacts(config),
  };
};

const probeFacts = ({ blackboxExporter, cluster }: CentralConfig): ProbeFacts => {
  const { names, ...jobs } = probeJobs;
  const hosts = hostnames(cluster.domain);
  return {
    ...jobs,
    ...(blackboxExporter.publicNames && {
      names: {
        job: names,
        hosts: [
          // Its own pod is the chart's to watch.
          { host: hosts.grafana },
          { host: hosts.query, behind: { job: roles.queryFrontend.name } },
          { host: hosts.receiver, behind: { job: roles.receiveRouter.name }, inside: jobs.receive },
        ],
      },
    }),
  };
};
