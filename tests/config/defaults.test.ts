import { readConfig } from '../../config/load';
import { centralRaw, edgeRaw, type Changes } from '../support/stack-configs';

const resources = (cores: [string, string], memory: [string, string]) => ({
  requests: { cpu: cores[0], memory: memory[0] },
  limits: { cpu: cores[1], memory: memory[1] },
});

/** What the chart deploys in every cluster. */
const clusterParts = {
  prometheusOperator: {
    resources: resources(['100m', '500m'], ['128Mi', '512Mi']),
    configReloader: { resources: resources(['10m', '100m'], ['50Mi', '50Mi']) },
    webhookJobs: { resources: resources(['10m', '100m'], ['32Mi', '64Mi']) },
  },
  nodeExporter: { resources: resources(['100m', '500m'], ['64Mi', '180Mi']) },
  kubeStateMetrics: { resources: resources(['10m', '100m'], ['190Mi', '512Mi']) },
};

/** A control plane that is managed or bound to loopback, as most are. */
const nothingScraped = { scheduler: false, controllerManager: false, etcd: false, kubeProxy: false };

/** kube-dns' pods and NodeLocal DNSCache. */
const networkPolicies = {
  enabled: true,
  dns: { to: [{ podLabels: { 'k8s-app': 'kube-dns' } }, { cidr: '169.254.20.10/32' }], ports: [53] },
  apiServerPorts: [],
};

/** What is read of the smallest configuration, amounts and durations as people write them. */
const read = (raw: ReturnType<typeof centralRaw>): unknown =>
  JSON.parse(JSON.stringify(readConfig(raw).config));

describe('the defaults of a central stack', () => {
  it('are these, and everything else is given', () => {
    expect(read(centralRaw())).toEqual({
      role: 'central',
      cluster: {
        name: 'cluster-01',
        label: 'cluster-01-central',
        environment: 'production',
        context: 'cluster-01',
        server: 'https://192.0.2.1:6443',
        domain: 'monitoring.example.org',
        storageClass: 'longhorn',
        clusterDomain: 'cluster.local',
      },
      edges: [
        { name: 'cluster-02', series: 50_000 },
        { name: 'cluster-03', series: 50_000 },
      ],
      edgeDefaults: { series: 50_000 },
      outage: '6h',
      objectStore: {
        kind: 'minio',
        endpoint: 's3.example.org',
        bucket: 'thanos',
        region: 'us-east-1',
        insecure: false,
      },
      prometheus: {
        replicas: 2,
        series: 50_000,
        retention: '15d',
        retentionSize: '2Gi',
        storage: '3Gi',
        scrapeInterval: '30s',
        resources: resources(['500m', '2'], ['2Gi', '4Gi']),
        sidecarResources: resources(['50m', '500m'], ['128Mi', '512Mi']),
      },
      receive: {
        routers: { replicas: 2, resources: resources(['250m', '1'], ['256Mi', '1Gi']) },
        replicas: 1,
        ring: 1,
        storage: '50Gi',
        retention: '12h',
        blockDuration: '2h',
        resources: resources(['500m', '2'], ['2Gi', '6Gi']),
        loadBalancer: { annotations: {}, sourceCidrs: ['0.0.0.0/0'] },
      },
      query: { replicas: 2, resources: resources(['250m', '1'], ['1Gi', '2Gi']) },
      queryFrontend: {
        replicas: 2,
        cacheSize: '256Mi',
        resources: resources(['100m', '1'], ['512Mi', '1Gi']),
      },
      store: {
        replicas: 1,
        storage: '1Gi',
        indexCacheSize: '500Mi',
        chunkPoolSize: '512Mi',
        resources: resources(['250m', '1'], ['1Gi', '2Gi']),
      },
      compactor: {
        storage: '50Gi',
        retention: { raw: '30d', fiveMinutes: '90d', oneHour: '180d' },
        deleteDelay: '2d',
        resources: resources(['250m', '1'], ['1Gi', '2Gi']),
      },
      ruler: {
        enabled: true,
        replicas: 2,
        storage: '2Gi',
        resources: resources(['100m', '500m'], ['256Mi', '512Mi']),
      },
      alertmanager: {
        replicas: 2,
        storage: '1Gi',
        resources: resources(['100m', '200m'], ['200Mi', '400Mi']),
        receivers: [],
        default: {
          groupBy: ['alertname', 'cluster', 'service'],
          groupWait: '10s',
          groupInterval: '5m',
          repeatInterval: '12h',
        },
        routes: [],
        timeIntervals: [],
        watchdog: { every: '1m' },
        configNamespaces: ['monitoring'],
        egress: [],
      },
      blackboxExporter: {
        enabled: true,
        publicNames: true,
        egress: [],
        resources: resources(['20m', '200m'], ['32Mi', '128Mi']),
      },
      grafana: {
        storage: '1Gi',
        resources: resources(['100m', '1'], ['256Mi', '1Gi']),
        sidecars: { resources: resources(['10m', '500m'], ['96Mi', '192Mi']) },
      },
      ...clusterParts,
      ingress: { className: 'cilium', annotations: {}, tls: { kind: 'private' } },
      controlPlane: nothingScraped,
      networkPolicies: { ...networkPolicies, egress: [] },
      runbookUrl: 'docs/runbooks',
      charts: {},
      acceptedSteps: {},
      acceptedRisks: {},
    });
  });

  it.each<[string, Changes, object]>([
    ['without edges, none', { edges: undefined }, { edges: [] }],
    [
      'of edges, what the stack says of all',
      { 'edgeDefaults.series': 20_000, edges: [{ name: 'a' }, { name: 'b', series: 70_000 }] },
      {
        edges: [
          { name: 'a', series: 20_000 },
          { name: 'b', series: 70_000 },
        ],
      },
    ],
    ['of the ring, all ingestors', { 'receive.replicas': 4 }, { receive: { replicas: 4, ring: 4 } }],
    [
      'of an existing object store, TLS',
      {
        objectStore: {
          kind: 'existing',
          endpoint: 's3',
          bucket: 'abc',
          secrets: { sidecar: 'a', receive: 'b', store: 'c', compactor: 'd', ruler: 'e' },
        },
      },
      { objectStore: { insecure: false } },
    ],
  ])('are %s', (_, changes, expected) => {
    expect(read(centralRaw(changes))).toMatchObject(expected);
  });
});

describe('the defaults of an edge stack', () => {
  it('are these, and everything else is given', () => {
    expect(read(edgeRaw())).toEqual({
      role: 'edge',
      cluster: {
        name: 'cluster-02',
        environment: 'production',
        context: 'cluster-02',
        server: 'https://192.0.2.2:6443',
        storageClass: 'longhorn',
        clusterDomain: 'cluster.local',
      },
      central: 'organization/monitoring/cluster-01',
      agent: {
        replicas: 2,
        storage: '20Gi',
        scrapeInterval: '30s',
        resources: resources(['200m', '1'], ['512Mi', '2Gi']),
        backlog: { resources: resources(['5m', '500m'], ['8Mi', '32Mi']) },
      },
      ...clusterParts,
      controlPlane: nothingScraped,
      networkPolicies,
      charts: {},
      acceptedSteps: {},
      acceptedRisks: {},
    });
  });
});
