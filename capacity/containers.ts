/*
 * Every container that a stack deploys, by its name, and how its memory is known: a sum that preview compares
 * with its limit, or the reason why there is none. A test renders the committed stacks with their charts and
 * refuses a container that is missing here. Figures and their commands: docs/capacity.md, Containers without
 * a sum.
 */

/** What says that the limit of a container is enough. */
export type Sized =
  /** The key of a need of `check.ts`. */
  | { sum: string }
  /** Why there is no sum; `key` is where its limit stands, none where it is fixed. */
  | { reason: string; key?: string };

const reloader: Sized = {
  key: 'prometheusOperator.configReloader.resources.limits.memory',
  reason: 'Reads one file of at most 1 MiB, as a Secret holds: 36 MB with a file of 1.3 MB.',
};

const webhookJob: Sized = {
  key: 'prometheusOperator.webhookJobs.resources.limits.memory',
  reason: 'Makes one certificate, or writes it into one object, and ends.',
};

const ballast: Sized = { reason: 'A shell that reserves a file and ends; nothing in it grows.' };

const startGate: Sized = { reason: 'A shell that looks at the free bytes of a volume; nothing in it grows.' };

const grafanaSidecar: Sized = {
  key: 'grafana.sidecars.resources.limits.memory',
  reason: 'Follows the ConfigMaps of dashboards in one namespace, which no plan knows. Not measured here.',
};

/** What the chart deploys in every cluster. */
const everywhere: Readonly<Record<string, Sized>> = {
  'kube-state-metrics': { sum: 'kubeStateMetrics.resources.limits.memory' },
  'node-exporter': {
    key: 'nodeExporter.resources.limits.memory',
    reason: 'Reads its own node, whatever the cluster: 22 MB after ten scrapes.',
  },
  // The chart gives the operator's container its own name.
  'kube-prometheus-stack': {
    key: 'prometheusOperator.resources.limits.memory',
    reason:
      'Follows the metadata of every Secret and ConfigMap of the cluster, which no plan knows. Not measured here.',
  },
  'init-config-reloader': reloader,
  'config-reloader': reloader,
  create: webhookJob,
  patch: webhookJob,
};

/** The containers of a central stack. */
export const centralContainers: Readonly<Record<string, Sized>> = {
  ...everywhere,
  'thanos-receive-router': { sum: 'receive.routers.resources.limits.memory' },
  'thanos-receiver': { sum: 'receive.resources.limits.memory' },
  'thanos-query': { sum: 'query.resources.limits.memory' },
  'thanos-query-frontend': { sum: 'queryFrontend.resources.limits.memory' },
  'thanos-store': { sum: 'store.resources.limits.memory' },
  'thanos-compactor': { sum: 'compactor.resources.limits.memory' },
  'thanos-ruler': { sum: 'ruler.resources.limits.memory' },
  prometheus: { sum: 'prometheus.resources.limits.memory' },
  'thanos-sidecar': {
    key: 'prometheus.sidecarResources.limits.memory',
    reason:
      'Holds the answer to a query until it is sent, so it follows what people ask, which nothing bounds ' +
      '(docs/limits.md, What readers can do).',
  },
  ballast,
  'start-gate': startGate,
  alertmanager: {
    key: 'alertmanager.resources.limits.memory',
    reason: 'Follows the alerts that fire, which no plan knows: 51 MB with 5000 at once.',
  },
  'blackbox-exporter': {
    key: 'blackboxExporter.resources.limits.memory',
    reason: 'At most 87 MB, with 400 edges, the most that there may be, and no answer to any probe.',
  },
  grafana: {
    key: 'grafana.resources.limits.memory',
    reason:
      'Follows people and their dashboards: others needed 512 MiB with thirty (teutonet-helm-charts#2392). Not ' +
      'measured here.',
  },
  'grafana-init-sc-datasources': grafanaSidecar,
  'grafana-init-sc-dashboard': grafanaSidecar,
};

/** The containers of an edge stack. */
export const edgeContainers: Readonly<Record<string, Sized>> = {
  ...everywhere,
  prometheus: { sum: 'agent.resources.limits.memory' },
  backlog: {
    key: 'agent.backlog.resources.limits.memory',
    reason: 'A shell that reads one page of metrics of the agent beside it; nothing in it grows.',
  },
};
