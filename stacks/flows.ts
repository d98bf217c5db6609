import { blackboxExporter } from '../components/blackbox-exporter/exporter';
import type { Flow, Party } from '../components/foundation/network-policies';
import { chartPods } from '../components/prometheus-stack/addresses';
import { reloaderPort, roles } from '../components/thanos/roles';
import type { CentralConfig } from '../config/central';
import { apiServerPort } from '../config/cluster';
import type { LetOut, NetworkPoliciesConfig } from '../config/network-policies';
import { exporter, partiesLetOut, podsOf } from './parties';

const {
  prometheus,
  agent,
  alertmanager,
  grafana,
  kubeStateMetrics,
  operator,
  admissionCreate,
  admissionPatch,
} = chartPods;

const { queryFrontend: frontend, receiveRouter, receive } = roles;
const router = podsOf(receiveRouter);
const query = podsOf(roles.query);
const queryFrontend = podsOf(frontend);

const queryPort = roles.query.ports.http;
const remoteWrite = receiveRouter.ports['remote-write'];

/**
 * The API server's own port and 443, that of its Service: which of the two a policy sees depends on the
 * network plugin. By port alone, because Cilium never matches the API server or a node by address.
 */
const apiServer = (ports: readonly number[], ...clients: Party[]): Flow[] =>
  clients.map((from) => ({ from, to: 'anywhere', ports, why: 'Kubernetes API' }));

/** The ports by which pods of ours reach the API server. */
export const apiServerPorts = ({ cluster, networkPolicies }: ReachedServer): number[] => [
  ...new Set([443, apiServerPort(cluster), ...networkPolicies.apiServerPorts]),
];

interface ReachedServer {
  cluster: { server: string };
  networkPolicies: Pick<NetworkPoliciesConfig, 'apiServerPorts'>;
}

/** Those that a role's ServiceMonitor names. */
const scrapedPorts = (ports: Readonly<Record<string, number>>): number[] =>
  ['http', reloaderPort].flatMap((name) => ports[name] ?? []);

const scraped = (by: Party, targets: [Party, number[]][]): Flow[] =>
  targets.map(([to, ports]) => ({ from: by, to, ports, why: 'metrics' }));

/**
 * What the chart brings on either side: the operator, its webhook and Jobs, kube-state-metrics, and who
 * scrapes them.
 */
const chart = (scraper: typeof prometheus | typeof agent, apiServerPorts: readonly number[]): Flow[] => [
  {
    from: scraper,
    to: 'anywhere',
    ports: 'any',
    why: 'scrape targets are in every namespace, on the nodes and on any port',
  },
  {
    from: 'anywhere',
    to: operator,
    ports: [operator.ports.https],
    why: 'admission webhooks, called by the API server from a node',
  },
  ...scraped(scraper, [
    [operator, [operator.ports.https]],
    [kubeStateMetrics, [kubeStateMetrics.ports.http]],
    [scraper, [scraper.ports.http, scraper.ports.reloader]],
  ]),
  ...apiServer(apiServerPorts, operator, kubeStateMetrics, admissionCreate, admissionPatch),
];

/** Everything that may talk to anything in an edge cluster's namespace `monitoring`. */
export const edgeFlows = (apiServerPorts: readonly number[]): Flow[] => chart(agent, apiServerPorts);

/** What may differ between central stacks. */
export interface CentralFlowArgs {
  apiServerPorts: readonly number[];
  /** Port of the object store; its address may be a name, so policies cannot name it. */
  objectStorePort: number;
  /** False when the stack has no ruler. */
  ruler: boolean;
  /**
   * Ports of the receivers of alerts; their addresses may be names or secrets, so policies cannot name them.
   */
  receiverPorts: readonly number[];
  /** What the configuration lets out besides. */
  egress: readonly LetOut[];
  probes: Pick<CentralConfig['blackboxExporter'], 'enabled' | 'publicNames' | 'egress'>;
}

/** Everything that may talk to anything in the central cluster's namespace `monitoring`. */
export function centralFlows(args: CentralFlowArgs): Flow[] {
  const running = Object.values(roles).filter((row) => args.ruler || row !== roles.ruler);
  const own = running.filter((row) => 'name' in row);
  return [
    {
      from: 'anywhere',
      to: router,
      ports: [remoteWrite],
      // By port alone: a load balancer may hide the client's address, so the Service's source ranges restrict
      // it.
      why: 'remote write of the edges',
    },
    { from: router, to: podsOf(receive), ports: [receive.ports.grpc], why: 'samples to the hashring' },
    {
      from: router,
      to: prometheus,
      ports: [prometheus.ports.http],
      why: 'series of each edge, for its limit',
    },
    ...running
      .filter((row) => 'storeApi' in row)
      .map((row): Flow => ({ from: query, to: podsOf(row), ports: [row.ports.grpc], why: 'StoreAPI' })),
    { from: queryFrontend, to: query, ports: [queryPort], why: 'queries of people and Grafana' },
    { from: grafana, to: queryFrontend, ports: [frontend.ports.http], why: 'datasource' },
    { from: grafana, to: alertmanager, ports: [alertmanager.ports.http], why: 'datasource' },
    { from: 'anywhere', to: grafana, ports: [grafana.ports.http], why: 'Ingress' },
    {
      from: 'anywhere',
      to: queryFrontend,
      ports: [frontend.ports.http],
      why: 'Ingress; it asks for a password itself',
    },
    // The sidecar's pods scrape, and so may go anywhere.
    ...own
      .filter((row) => 'bucket' in row)
      .map((row): Flow => ({
        from: podsOf(row),
        to: 'anywhere',
        ports: [args.objectStorePort],
        why: 'object store',
      })),
    ...(args.ruler ? rulerFlows : []),
    { from: prometheus, to: alertmanager, ports: [alertmanager.ports.http], why: 'alerts' },
    {
      from: alertmanager,
      to: alertmanager,
      ports: [alertmanager.ports.gossip],
      protocols: ['TCP', 'UDP'],
      why: 'gossip',
    },
    ...(args.receiverPorts.length > 0
      ? [
          {
            from: alertmanager,
            to: 'anywhere' as const,
            ports: args.receiverPorts,
            why: 'receivers of alerts',
          },
        ]
      : []),
    ...(args.probes.enabled ? probeFlows(args.probes) : []),
    ...chart(prometheus, args.apiServerPorts),
    ...scraped(prometheus, [
      [prometheus, [roles.sidecar.ports.http]],
      [alertmanager, [alertmanager.ports.http, alertmanager.ports.reloader]],
      [grafana, [grafana.ports.http]],
      ...own.map((row): [Party, number[]] => [podsOf(row), scrapedPorts(row.ports)]),
    ]),
    ...apiServer(args.apiServerPorts, grafana),
    ...args.egress.map(({ from, to, ports }): Flow => ({
      from: partiesLetOut[from],
      to: to ? { outside: to } : 'anywhere',
      ports,
      why: 'networkPolicies.egress',
    })),
  ];
}

const rulerFlows: Flow[] = [
  { from: podsOf(roles.ruler), to: query, ports: [queryPort], why: 'rule evaluation' },
  { from: podsOf(roles.ruler), to: alertmanager, ports: [alertmanager.ports.http], why: 'alerts' },
];

/**
 * Nobody but the scraper reaches the exporter, and it reaches no more than it is to ask: it asks whoever its
 * caller names.
 */
const probeFlows = ({ publicNames, egress }: CentralFlowArgs['probes']): Flow[] => [
  ...scraped(prometheus, [[exporter, [blackboxExporter.ports.http]]]),
  { from: exporter, to: queryFrontend, ports: [frontend.ports.http], why: "each edge's newest sample" },
  { from: exporter, to: router, ports: [remoteWrite], why: "Receive's handshake" },
  ...(publicNames
    ? [
        {
          from: exporter,
          to: 'anywhere' as const,
          ports: [...new Set([443, remoteWrite, ...egress])],
          // By port alone, since the names lead to addresses of the load balancer.
          why: 'the names that people and edges know',
        },
      ]
    : []),
];
