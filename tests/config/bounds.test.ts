import { readConfig, type RawConfig } from '../../config/load';
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
  ['outage', ['1ms', '14d'], ['0s', '6']],
  [
    'objectStore.endpoint',
    ['s3', 's3.example.org', 's3.example.org:9', '192.0.2.1:65535'],
    ['', 's3:', 's3:123456', 's3/x', 'http://s3', 's3_x'],
  ],
  [
    'objectStore.bucket',
    ['abc', 'a.b', 'a-b', '0a0', 'a'.repeat(63)],
    ['ab', 'a'.repeat(64), '-ab', 'ab-', 'Abc', 'a_b'],
  ],
  ['prometheus.replicas', [1, 10], [0, 11]],
  ['prometheus.series', [1000, 100_000_000], [999, 100_000_001]],
  ['receive.routers.replicas', [1, 20], [0, 21]],
  ['receive.replicas', [1, 50], [0, 51]],
  ['receive.ring', [1, 50], [0, 51]],
  [
    'receive.loadBalancer.sourceCidrs',
    [[], ['192.0.2.1/32']],
    [['192.0.2.1/33']],
    'receive.loadBalancer.sourceCidrs.0',
  ],
  ['query.replicas', [1, 20], [0, 21]],
  ['queryFrontend.replicas', [1, 20], [0, 21]],
  ['store.replicas', [1, 10], [0, 11]],
  ['ruler.replicas', [1, 5], [0, 6]],
  ['alertmanager.replicas', [1, 9], [0, 10]],
  ['blackboxExporter.egress', [[], [1, 65_535]], [[0], [65_536]], 'blackboxExporter.egress.0'],
  ['charts.directory', ['a', '/charts'], ['']],
  ['cluster.label', ['x'], ['']],
  ['cluster.environment', ['x'], ['']],
  ['cluster.context', ['x'], ['']],
  ['cluster.kubeconfig', ['x'], ['']],
  ['cluster.storageClass', ['x'], ['', 'X']],
  ['cluster.server', ['https://192.0.2.1', 'https://a:6443'], ['http://a', 'a:6443', '']],
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
  ['central', ['a/b/c'], ['a/b', 'a/b/c/d', 'a//c', 'a/b/c ', '']],
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
