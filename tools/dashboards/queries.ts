import { monitoringNamespace } from '../../components/foundation/namespaces';
import { chartJobs } from '../../components/prometheus-stack/addresses';
import { roles } from '../../components/thanos/roles';
import { newestSampleAge } from '../../observability/rules/edges';
import { promisedOutage } from '../../observability/rules/plan';

/** The chosen clusters, as a matcher. */
export const chosen = 'cluster=~"$cluster"';

/** The same where the edge is a label of Receive's metrics, whose `cluster` is the centre. */
export const chosenTenant = 'tenant=~"$cluster"';

/** The jobs of the centre's parts, as matchers. */
export const job = {
  router: `job="${roles.receiveRouter.name}"`,
  ingestor: `job="${roles.receive.name}"`,
  query: `job="${roles.query.name}"`,
  queryFrontend: `job="${roles.queryFrontend.name}"`,
  store: `job="${roles.store.name}"`,
  compactor: `job="${roles.compactor.name}"`,
  ruler: `job="${roles.ruler.name}"`,
  /** The centre's Prometheus and the edges' agents. */
  prometheus: `job="${chartJobs.prometheus}"`,
  alertmanager: `job="${chartJobs.alertmanager}"`,
  /** Everything that uploads blocks. */
  uploaders: `job=~"${[roles.receive.name, chartJobs.sidecar, roles.ruler.name].join('|')}"`,
  /** Every part of Thanos. */
  thanos: `job=~"${chartJobs.sidecar}|thanos-.+"`,
} as const;

/** Everything that this project deploys, on every cluster. */
export const ours = `namespace="${monitoringNamespace}"`;

/**
 * The age of each chosen cluster's newest sample. Of an edge the Ruler remembers it when nothing comes any
 * more; the centre's own is asked for as it is.
 */
export const age = `max by (cluster) (${newestSampleAge}{${chosen}})
or
time() - max by (cluster) (timestamp(up{${chosen},${job.prometheus}}))`;

/** Share of the promised outage by which each chosen edge is behind. */
export const outageUsed = `max by (cluster) (${newestSampleAge}{${chosen}})
/ on () group_left ()
max(${promisedOutage})`;

const sent = `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${chosen}}`;

/** Seconds by which each agent is behind with sending; 0 is "nothing sent yet" (edge-remote-write.ts). */
export const lag = (by: string): string => `max by (${by}) (timestamp(${sent}) - ${sent} and ${sent} > 0)`;

/**
 * Alerts that fire, about the chosen clusters. What the centre's Prometheus says of an edge has the edge as
 * label `tenant`, since Query sees the name of the centre as the `cluster` of all that it evaluates.
 */
export const firing = (severity: string): string =>
  `ALERTS{alertstate="firing",severity=~"${severity}",${chosen},tenant=""}
or
label_replace(ALERTS{alertstate="firing",severity=~"${severity}",${chosenTenant},tenant!=""}, "cluster", "$1", "tenant", "(.+)")`;

/** A quantile of a histogram, by labels. */
export const quantile = (q: number, by: string, selector: string): string =>
  `histogram_quantile(${q}, sum by (${by ? `${by}, ` : ''}le) (rate(${selector}[$__rate_interval])))`;

/** A counter by the second, by labels. */
export const perSecond = (by: string, selector: string): string =>
  `sum by (${by}) (rate(${selector}[$__rate_interval]))`;

/**
 * How full volumes are, as the alerts count it: what is not available is used, by others on the same disk or
 * by root's reserve too.
 */
export const volumeFull = (selector: string): string =>
  `1 - kubelet_volume_stats_available_bytes{${selector}} / kubelet_volume_stats_capacity_bytes{${selector}}`;

/** A count that is 0 where there is nothing to count, and nothing where nothing is known. */
export const countOf = (bad: string, known: string): string => `count(${bad}) or 0 * count(${known})`;
