/** What servers of a cluster answer, by path; undefined: it is forbidden. */
type Answer = (path: string) => unknown;

export interface Answers {
  api: Answer;
  /** By what a port is forwarded to. */
  forwarded: Readonly<Record<string, Answer>>;
}

const metadata = (name: string, labels: object = {}) => ({ name, namespace: 'monitoring', labels });

const pod = (name: string, labels: object) => ({
  metadata: metadata(name, labels),
  spec: { containers: [{ name: 'main', image: 'quay.io/prometheus/prometheus:v3.14.0' }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});

const operator = {
  metadata: metadata('kube-prometheus-stack-operator', { chart: 'kube-prometheus-stack-88.5.3' }),
  spec: { replicas: 1 },
  status: { readyReplicas: 1 },
};

/** Lists and objects by path; every other list is empty, and Secrets may not be read. */
const objects =
  (known: Readonly<Record<string, unknown>>): Answer =>
  (path) =>
    path.includes('/secrets/') ? undefined : (known[path] ?? { items: [] });

const monitoring = '/api/v1/namespaces/monitoring';
const deployments = { '/apis/apps/v1/namespaces/monitoring/deployments': { items: [operator] } };
const agent = 'prom-agent-kube-prometheus-stack-prometheus';

/** An edge with one agent, which is ten minutes behind. */
export const edgeAnswers: Answers = {
  api: objects({
    ...deployments,
    [`${monitoring}/pods`]: {
      items: [
        pod(`${agent}-0`, {
          'app.kubernetes.io/name': 'prometheus-agent',
          'operator.prometheus.io/name': 'kube-prometheus-stack-prometheus',
        }),
      ],
    },
    '/apis/apps/v1/namespaces/monitoring/statefulsets': {
      items: [{ metadata: metadata(agent), spec: { replicas: 2 }, status: { readyReplicas: 2 } }],
    },
  }),
  forwarded: {
    [`pod/${agent}-0 :9090`]: () =>
      [
        'prometheus_remote_storage_highest_timestamp_in_seconds 1000',
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds{url="u"} 400',
        'prometheus_remote_storage_samples_pending{url="u"} 7',
      ].join('\n'),
  },
};

const vector = (series: readonly (readonly [labels: object, value: number])[]) => ({
  data: {
    resultType: 'vector',
    result: series.map(([metric, value]) => ({ metric, value: [0, String(value)] })),
  },
});

const anHourAgo = Date.now() / 1000 - 3600;
const uploaders = [
  ['thanos-receiver', 'thanos-receiver-0'],
  ...[0, 1].map((i) => [
    'kube-prometheus-stack-thanos-discovery',
    `prometheus-kube-prometheus-stack-prometheus-${i}`,
  ]),
  ...[0, 1].map((i) => ['thanos-ruler', `thanos-ruler-fleet-${i}`]),
  ['thanos-compactor', 'thanos-compactor-0'],
].map(([job, name]) => [{ job, pod: name }, anHourAgo] as const);
const compactor = { job: 'thanos-compactor' };
const edges = ['cluster-02', 'cluster-03', 'cluster-04'];

/** What the central Prometheus answers, by a part of the query. */
const ofPrometheus: Readonly<Record<string, unknown>> = {
  last_successful_upload_time: vector(uploaders),
  process_start_time_seconds: vector(uploaders),
  config_last_reload_successful: vector([
    [{ pod: 'a' }, 1],
    [{ pod: 'b' }, 1],
  ]),
  thanos_compact_halted: vector([[compactor, 0]]),
  thanos_compact_iterations_total: vector([[compactor, 100]]),
  thanos_compact_todo_compactions: vector([[compactor, 0]]),
  probe_success: vector([
    ...edges.map((edge) => [{ job: 'probe-edges', edge }, 1] as const),
    [{ job: 'probe-receive' }, 1],
    ...['grafana', 'thanos-query', 'thanos-receiver'].map(
      (host) => [{ job: 'probe-names', host: `${host}.k8s-cluster-01.miribit.lab` }, 1] as const,
    ),
  ]),
  probe_http_status_code: vector([[{ job: 'probe-receive-refusal' }, 0]]),
};

const ofQuery: Readonly<Record<string, unknown>> = {
  '/api/v1/stores': {
    data: Object.fromEntries(
      Object.entries({ sidecar: 2, receive: 1, store: 1, rule: 2 }).map(([kind, count]) => [
        kind,
        Array.from({ length: count }, (_, i) => ({ name: `${kind}-${i}`, lastError: null })),
      ]),
    ),
  },
  'time()': vector(edges.map((cluster) => [{ cluster }, 20])),
  queue_highest_sent: vector(edges.map((cluster) => [{ cluster, pod: 'agent-0' }, 3])),
};

const ofGrafana: Readonly<Record<string, unknown>> = {
  '/health': { status: 'OK' },
  '/api/datasources': [
    {
      uid: 'prometheus',
      name: 'Thanos Query',
      url: 'http://thanos-query-frontend.monitoring.svc.cluster.local:9090',
      isDefault: true,
    },
  ],
  '/api/search': [{ uid: 'a' }],
};

const ofAlertmanager: Readonly<Record<string, unknown>> = {
  '/api/v2/status': { config: { original: 'route: {}' } },
  '/api/v2/alerts': ['prometheus', 'ruler'].map((evaluator) => ({
    labels: { alertname: 'Watchdog', evaluator },
  })),
};

/** The first whose name the path has in it. */
const having =
  (answers: Readonly<Record<string, unknown>>): Answer =>
  (path) =>
    Object.entries(answers).find(([part]) => path.includes(part))?.[1];

const alertmanager = 'alertmanager-kube-prometheus-stack-alertmanager-0';
const ingestor = 'thanos-receiver-0.thanos-receiver-headless.monitoring.svc.cluster.local:10901';

/** A centre of which most is well; its workloads and volumes are not there. */
export const centralAnswers: Answers = {
  api: objects({
    ...deployments,
    [`${monitoring}/pods`]: {
      items: [pod(alertmanager, { alertmanager: 'kube-prometheus-stack-alertmanager' })],
    },
    [`${monitoring}/configmaps/thanos-receive-hashring-rf1`]: {
      metadata: metadata('thanos-receive-hashring-rf1'),
      data: { 'hashrings.json': JSON.stringify([{ endpoints: [{ address: ingestor }] }]) },
    },
    [`${monitoring}/configmaps?labelSelector=grafana_dashboard=1`]: {
      items: [{ metadata: metadata('dashboard'), data: { 'a.json': '{}' } }],
    },
    [`${monitoring}/services/thanos-receiver`]: {
      metadata: metadata('thanos-receiver'),
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.9' }] } },
    },
  }),
  forwarded: {
    'service/kube-prometheus-stack-prometheus :9090': having(ofPrometheus),
    'service/thanos-query :9090': having(ofQuery),
    'service/kube-prometheus-stack-grafana :80': having(ofGrafana),
    [`pod/${alertmanager} :9093`]: having(ofAlertmanager),
  },
};
