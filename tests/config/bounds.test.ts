import { readConfig } from '../../config/load';
import type { RawConfig } from '../../config/raw';
import { centralRaw, edgeRaw } from '../support/stack-configs';

/** What is wrong with a value under a key, by key; nothing when it is accepted. */
const refused = (raw: RawConfig): string[] => readConfig(raw).violations.map(({ key }) => key);

const edgesOf = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `edge-${i}` }));
const requestOf = (request: object) => [{ name: 'cluster-02', limits: { request } }];

/**
 * Key, the values just inside its bounds and those just outside; the path of what is refused, where it is
 * another.
 */
type Row = [key: string, inside: unknown[], outside: unknown[], path?: string];

const central: Row[] = [
  ['edges', [[], edgesOf(400)], [edgesOf(401)]],
  ['edges', [[{ name: 'a', series: 1000 }]], [[{ name: 'a', series: 999 }]], 'edges.0.series'],
  [
    'edges',
    [1, 1_000_000_000].map((headSeries) => [{ name: 'a', limits: { headSeries } }]),
    [0, 1_000_000_001].map((headSeries) => [{ name: 'a', limits: { headSeries } }]),
    'edges.0.limits.headSeries',
  ],
  [
    'edges',
    [1, 1_000_000].map((series) => requestOf({ series })),
    [0, 1_000_001].map((series) => requestOf({ series })),
    'edges.0.limits.request.series',
  ],
  [
    'edges',
    [1, 1_000_000].map((samples) => requestOf({ samples })),
    [0, 1_000_001].map((samples) => requestOf({ samples })),
    'edges.0.limits.request.samples',
  ],
  ['edgeDefaults.series', [1000, 100_000_000], [999, 100_000_001]],
  ['outage', ['1m', '14d'], ['0s', '59s', '1ms', '6', 6]],
  [
    'objectStore.endpoint',
    ['s3', 's3.example.org', 's3.example.org:9', '192.0.2.1:65535'],
    [
      '',
      's3:',
      's3:0',
      's3:65536',
      's3:123456',
      's3/x',
      'http://s3',
      's3_x',
      '..',
      's3.',
      '999.1.1.1',
      '[::1]:9',
    ],
  ],
  [
    'objectStore.bucket',
    ['abc', 'a.b', 'a-b', '0a0', 'a'.repeat(63)],
    [
      'ab',
      'a'.repeat(64),
      '-ab',
      'ab-',
      'Abc',
      'a_b',
      'a..b',
      'a.-b',
      'a-.b',
      '10.0.0.1',
      'xn--a',
      'minio',
      'a-s3alias',
    ],
  ],
  ['prometheus.replicas', [1, 10], [0, 11]],
  ['prometheus.series', [1000, 100_000_000], [999, 100_000_001]],
  ['receive.routers.replicas', [1, 20], [0, 21]],
  ['receive.replicas', [1, 50], [0, 51]],
  ['receive.ring', [1, 50], [0, 51]],
  [
    'receive.loadBalancer.sourceCidrs',
    [['192.0.2.1/32']],
    [['192.0.2.1/33']],
    'receive.loadBalancer.sourceCidrs.0',
  ],
  ['receive.loadBalancer.sourceCidrs', [['0.0.0.0/0']], [[]]],
  ['receive.blockDuration', ['1m', '2m', '40m', '1h', '2h'], ['59s', '3h', '2h1s', '7m', '90m', '1ms']],
  ['receive.loadBalancer.address', ['192.0.2.1'], ['127.0.0.1', '0.0.0.0', '::1', '192.0.2.1:80']],
  ['prometheus.retention', ['6h', '15d'], ['1s', '5h59m']],
  ['compactor.deleteDelay', ['1h', '48h'], ['1ms', '59m']],
  ['grafana.storage', ['64Mi', '64Ti', 2 ** 30], ['5', 5, '63Mi', '65Ti', '1 Gi', '1Gb', '1Pi']],
  ['grafana.resources.limits.cpu', ['1000', 2, 0.5, '1500m'], ['1001', '1e22', 1e22, -1, 0, '0.0001']],
  [
    'grafana.resources.limits.memory',
    ['256Mi', '16Ti', '1.5Gi', '1500M', '1GB'],
    ['512', '17Ti', '1.5 Gi', ''],
  ],
  ['queryFrontend.cacheSize', ['1Mi'], ['256', '1023Ki', '17Ti']],
  ['objectStore.region', ['us-east-1'], ['', 'us east', 5]],
  ['ingress.className', ['cilium', 'a.b'], ['', 'Foo Bar', 'A', 5]],
  [
    'cluster.clusterDomain',
    ['cluster.local', 'k8s'],
    ['', 'cluster.local.', '.local', 'Cluster.local', '10.0.0.1', 'a_b'],
  ],
  [
    'cluster.domain',
    ['a.b', `${'b'.repeat(62)}.`.repeat(3) + 'c'.repeat(48)],
    [`${'b'.repeat(62)}.`.repeat(3) + 'c'.repeat(49)],
  ],
  ['alertmanager.configNamespaces', [[], ['a']], [['a.b']], 'alertmanager.configNamespaces.0'],
  ['ruler.enabled', [true, 'true'], ['yes', 1, 'True', ''], 'ruler.enabled'],
  ['query.replicas', [1, 20], [0, 21]],
  ['queryFrontend.replicas', [1, 20], [0, 21]],
  ['store.replicas', [1, 10], [0, 11]],
  ['ruler.replicas', [1, 5], [0, 6]],
  ['alertmanager.replicas', [1, 9], [0, 10]],
  ['blackboxExporter.egress', [[], [1, 65_535]], [[0], [65_536]], 'blackboxExporter.egress.0'],
  ['charts.directory', ['a', '/charts'], ['']],
  ['cluster.label', ['x'], ['']],
  ['cluster.environment', ['x'], ['']],
  ['cluster.context', ['x', 'arn:aws:eks:eu-1:1:cluster/a', 'a b'], ['', ' x', 'x ', 'a\nb', 'a\u200b', 5]],
  ['cluster.kubeconfig', ['x', '/a/b c', '../x'], ['', '~/.kube/config', '$HOME/x', 'x ', 5]],
  ['cluster.storageClass', ['x'], ['', 'X']],
  [
    'cluster.server',
    [
      'https://192.0.2.1',
      'https://a:6443',
      'https://a/',
      'https://a/k8s/clusters/c-1',
      'https://[2001:db8::1]:6443',
    ],
    [
      ...[
        'http://a',
        'a:6443',
        '',
        'https://user:password@a',
        'https://a:0',
        'https://a:65536',
        'https://a?x',
      ],
      ...[
        'https://a#x',
        'https://a b',
        'https:a',
        'https://',
        'https://a..b',
        'https://a.',
        'https://999.1.1.1',
      ],
    ],
  ],
  [
    'ingress.tls',
    [{ kind: 'private' }, { kind: 'secret', secretName: 'a' }, { kind: 'cert-manager', clusterIssuer: 'a' }],
    [{ kind: 'none' }],
    'ingress.tls.kind',
  ],
];

const edge: Row[] = [
  ['agent.replicas', [1, 2], [0, 3]],
  ['agent.series', [1000, 100_000_000], [999, 100_000_001]],
  ['central', ['a/monitoring/c'], ['a/b/c', 'a/b', 'a/monitoring/c/d', 'a//c', 'a/monitoring/c ', '']],
];

describe.each([
  ['a central stack', centralRaw, central],
  ['an edge stack', edgeRaw, edge],
] as const)('the bounds of %s', (_, raw, rows) => {
  it.each(rows)('hold for %s', (key, inside, outside, path = key) => {
    expect(inside.map((value) => [value, refused(raw({ [key]: value }))])).toEqual(
      inside.map((value) => [value, []]),
    );
    expect(outside.map((value) => [value, refused(raw({ [key]: value }))])).toEqual(
      outside.map((value) => [value, [path]]),
    );
  });
});
