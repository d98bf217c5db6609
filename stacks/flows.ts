import type { Flow, Party } from '../components/foundation/network-policies';

const thanos = (name: string): Party => ({ name, podLabels: { 'app.kubernetes.io/name': name } });

const router = thanos('thanos-receive-router');
const ingestor = thanos('thanos-receiver');
const query = thanos('thanos-query');
const queryFrontend = thanos('thanos-query-frontend');
const store = thanos('thanos-store');
const compactor = thanos('thanos-compactor');
const ruler = thanos('thanos-ruler');

// The labels that the chart and the operator give their pods (reference: `helm template` of the pinned chart).
const operated = { 'operator.prometheus.io/name': 'kube-prometheus-stack-prometheus' };
const prometheus: Party = {
  name: 'prometheus',
  podLabels: { 'app.kubernetes.io/name': 'prometheus', ...operated },
};
const agent: Party = {
  name: 'prometheus-agent',
  podLabels: { 'app.kubernetes.io/name': 'prometheus-agent', ...operated },
};
const alertmanager: Party = {
  name: 'alertmanager',
  podLabels: { alertmanager: 'kube-prometheus-stack-alertmanager' },
};
const grafana: Party = { name: 'grafana', podLabels: { 'app.kubernetes.io/name': 'grafana' } };
const kubeStateMetrics: Party = {
  name: 'kube-state-metrics',
  podLabels: { 'app.kubernetes.io/name': 'kube-state-metrics' },
};
const operator: Party = { name: 'prometheus-operator', podLabels: { app: 'kube-prometheus-stack-operator' } };
const webhookCreate: Party = {
  name: 'admission-create',
  podLabels: { app: 'kube-prometheus-stack-admission-create' },
};
const webhookPatch: Party = {
  name: 'admission-patch',
  podLabels: { app: 'kube-prometheus-stack-admission-patch' },
};

/** Ports that pods listen on. */
const port = {
  grpc: 10901,
  http: 10902,
  remoteWrite: 19291,
  query: 9090,
  reloader: 8080,
  alertmanager: 9093,
} as const;

/**
 * The API server's own port and 443, that of its Service: which of the two a policy sees depends on the network plugin.
 * By port alone, because Cilium never matches the API server or a node by address.
 */
const apiServer = (apiServerPort: number, ...clients: Party[]): Flow[] =>
  clients.map((from) => ({
    from,
    to: 'anywhere',
    ports: [...new Set([443, apiServerPort])],
    why: 'Kubernetes API',
  }));

const scraped = (by: Party, targets: [Party, number[]][]): Flow[] =>
  targets.map(([to, ports]) => ({ from: by, to, ports, why: 'metrics' }));

/** What the chart brings on either side: the operator, its webhook and Jobs, kube-state-metrics, and who scrapes them. */
const chart = (scraper: Party, apiServerPort: number): Flow[] => [
  {
    from: scraper,
    to: 'anywhere',
    ports: 'any',
    why: 'scrape targets are in every namespace, on the nodes and on any port',
  },
  {
    from: 'anywhere',
    to: operator,
    ports: [10250],
    why: 'admission webhooks, called by the API server from a node',
  },
  ...scraped(scraper, [
    [operator, [10250]],
    [kubeStateMetrics, [8080]],
    [scraper, [9090, port.reloader]],
  ]),
  ...apiServer(apiServerPort, operator, kubeStateMetrics, webhookCreate, webhookPatch),
];

/** Everything that may talk to anything in an edge cluster's namespace `monitoring`. */
export const edgeFlows = (apiServerPort: number): Flow[] => chart(agent, apiServerPort);

/** What may differ between central stacks. */
export interface CentralFlowArgs {
  apiServerPort: number;
  /** Port of the object store; its address may be a name, so policies cannot name it. */
  objectStorePort: number;
  /** False when the stack has no ruler. */
  ruler: boolean;
}

/** Everything that may talk to anything in the central cluster's namespace `monitoring`. */
export function centralFlows(args: CentralFlowArgs): Flow[] {
  const storeApis = [prometheus, ingestor, store, ...(args.ruler ? [ruler] : [])];
  const uploaders = [ingestor, store, compactor, ...(args.ruler ? [ruler] : [])];
  return [
    // By port alone: a load balancer may hide the client's address, so the Service's source ranges restrict it.
    { from: 'anywhere', to: router, ports: [port.remoteWrite], why: 'remote write of the edges' },
    { from: router, to: ingestor, ports: [port.grpc], why: 'samples to the hashring' },
    { from: router, to: prometheus, ports: [9090], why: 'series of each edge, for its limit' },
    ...storeApis.map((to): Flow => ({ from: query, to, ports: [port.grpc], why: 'StoreAPI' })),
    { from: queryFrontend, to: query, ports: [port.query], why: 'queries of people and Grafana' },
    { from: grafana, to: queryFrontend, ports: [port.query], why: 'datasource' },
    { from: grafana, to: alertmanager, ports: [port.alertmanager], why: 'datasource' },
    { from: 'anywhere', to: grafana, ports: [3000], why: 'Ingress' },
    {
      from: 'anywhere',
      to: queryFrontend,
      ports: [port.query],
      why: 'Ingress; it asks for a password itself',
    },
    ...uploaders.map((from): Flow => ({
      from,
      to: 'anywhere',
      ports: [args.objectStorePort],
      why: 'object store',
    })),
    ...(args.ruler ? rulerFlows : []),
    { from: prometheus, to: alertmanager, ports: [port.alertmanager], why: 'alerts' },
    { from: alertmanager, to: alertmanager, ports: [9094], protocols: ['TCP', 'UDP'], why: 'gossip' },
    { from: alertmanager, to: 'anywhere', ports: [443, 25, 465, 587], why: 'receivers: HTTPS and mail' },
    ...chart(prometheus, args.apiServerPort),
    ...scraped(prometheus, [
      [prometheus, [port.http]],
      [alertmanager, [port.alertmanager, port.reloader]],
      [grafana, [3000]],
      [query, [port.query]],
      [queryFrontend, [port.query]],
      ...[router, ingestor, store, compactor].map((party): [Party, number[]] => [party, [port.http]]),
      ...(args.ruler ? [[ruler, [port.http]] as [Party, number[]]] : []),
    ]),
    ...apiServer(args.apiServerPort, grafana),
  ];
}

const rulerFlows: Flow[] = [
  { from: ruler, to: query, ports: [port.query], why: 'rule evaluation' },
  { from: ruler, to: alertmanager, ports: [port.alertmanager], why: 'alerts' },
];
