import type { Violation } from '../../config/errors';
import { centralVerdict } from '../../checks/central';
import { centralRules, unwatchedEdges } from '../../checks/central-rules';
import { edgeVerdict } from '../../checks/edge';
import { edgeRules } from '../../checks/edge-rules';
import { centralSchema, type CentralConfig } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import { centralConfig, edgeConfig, centralRaw, type Changes } from '../support/stack-configs';

/** The configuration as the schema reads it, before the rules. */
function central(changes: Changes): CentralConfig {
  const own = Object.entries(centralRaw(changes).values).filter(
    ([key]) => !/objectStore(User|Password)$/.test(key),
  );
  const json = (text: string): unknown => (/^[[{]/.test(text) ? JSON.parse(text) : text);
  return centralSchema.parse(
    Object.fromEntries(own.map(([key, text]) => [key.replace('monitoring:', ''), json(text)])),
  );
}

const keys = (violations: Violation[]) => violations.map(({ key }) => key);

describe('the defaults', () => {
  it('break no rule', () => {
    expect(centralRules(centralConfig())).toEqual([]);
    expect(edgeRules(edgeConfig())).toEqual([]);
  });
});

describe('retention by size', () => {
  it.each([
    ['4Gi', '5Gi', []],
    ['4097Mi', '5Gi', ['prometheus.retentionSize']],
    ['3Gi', '3Gi', ['prometheus.retentionSize']],
  ])('of %s on a volume of %s violates %j', (retentionSize, storage, violated) => {
    const config = central({ 'prometheus.retentionSize': retentionSize, 'prometheus.storage': storage });
    expect(keys(centralRules(config))).toEqual(violated);
  });

  it('is told how much the volume can hold', () => {
    expect(centralRules(central({ 'prometheus.retentionSize': '3Gi' }))).toEqual([
      {
        key: 'prometheus.retentionSize',
        found: '3Gi',
        allowed: 'at most 2457Mi, 80 % of prometheus.storage (3Gi)',
        fix: 'Lower it or raise prometheus.storage: a full volume stops Prometheus.',
      },
    ]);
  });
});

describe("Receive's retention", () => {
  it.each([
    ['6h', '10h30m', []],
    ['6h', '10h29m', ['receive.retention']],
    ['7h30m', '12h', []],
    ['7h30m1s', '12h', ['receive.retention']],
  ])('with an outage of %s and a retention of %s violates %j', (outage, retention, violated) => {
    expect(keys(centralRules(central({ outage, 'receive.retention': retention })))).toEqual(violated);
  });

  it('is told the least that keeps the outage promise', () => {
    expect(centralRules(central({ outage: '20h' }))[0]?.allowed).toBe(
      'at least 24h30m: samples up to 20h30m late (outage 20h and 30m) plus 4h until a block is uploaded',
    );
  });
});

describe("Receive's ring", () => {
  it.each([
    [3, 3, []],
    [3, 1, []],
    [1, 2, ['receive.ring']],
  ])('with %i ingestors and a ring of %i violates %j', (replicas, ring, violated) => {
    const config = central({ 'receive.replicas': replicas, 'receive.ring': ring });
    expect(keys(centralRules(config))).toEqual(violated);
  });

  it('has all ingestors by default', () => {
    expect(central({ 'receive.replicas': 4 }).receive.ring).toBe(4);
  });
});

describe("Store's caches", () => {
  it.each([
    ['500Mi', '933Mi', []],
    ['500Mi', '934Mi', ['store.chunkPoolSize']],
    // The seed's figures: killed for memory.
    ['500MB', '2GB', ['store.chunkPoolSize']],
  ])('of %s and %s in a limit of 2Gi violate %j', (indexCacheSize, chunkPoolSize, violated) => {
    const config = central({ 'store.indexCacheSize': indexCacheSize, 'store.chunkPoolSize': chunkPoolSize });
    expect(keys(centralRules(config))).toEqual(violated);
  });

  it('may be exactly 70 % of the limit', () => {
    const of = (chunkPoolSize: string) =>
      keys(
        centralRules(
          central({
            'store.indexCacheSize': '500Mi',
            'store.chunkPoolSize': chunkPoolSize,
            'store.resources.limits.memory': '2000Mi',
          }),
        ),
      );
    expect([of('900Mi'), of('901Mi')]).toEqual([[], ['store.chunkPoolSize']]);
  });
});

describe("query-frontend's cache", () => {
  it.each([
    ['512Mi', []],
    ['513Mi', ['queryFrontend.cacheSize']],
  ])('of %s in a limit of 1Gi violates %j', (cacheSize, violated) => {
    expect(keys(centralRules(central({ 'queryFrontend.cacheSize': cacheSize })))).toEqual(violated);
  });
});

describe("the compactor's retention", () => {
  it.each<[Changes, string[]]>([
    [{ raw: '40h', fiveMinutes: '10d', oneHour: '10d' }, []],
    [{ raw: '39h' }, ['compactor.retention.raw']],
    [{ raw: '2d', fiveMinutes: '9d' }, ['compactor.retention.fiveMinutes']],
    [{ fiveMinutes: '29d' }, ['compactor.retention.fiveMinutes']],
    [{ oneHour: '89d' }, ['compactor.retention.oneHour']],
  ])('%j violates %j', (changes, violated) => {
    const paths = Object.entries(changes).map(([key, value]) => [`compactor.retention.${key}`, value]);
    expect(keys(centralRules(central(Object.fromEntries(paths) as Changes)))).toEqual(violated);
  });
});

describe('requests and limits', () => {
  it('are compared wherever resources stand, also in routers and edges', () => {
    const high = { requests: { cpu: '9' } };
    expect(
      keys(centralRules(central({ 'receive.routers.resources': high, 'grafana.resources': high }))),
    ).toEqual(['receive.routers.resources.requests.cpu', 'grafana.resources.requests.cpu']);
    const edge = edgeConfig();
    const { requests, limits } = edge.agent.resources;
    const swapped = { ...edge, agent: { ...edge.agent, resources: { requests: limits, limits: requests } } };
    expect(keys(edgeRules(swapped))).toEqual([
      'agent.resources.requests.cpu',
      'agent.resources.requests.memory',
    ]);
  });
});

describe('a single agent', () => {
  const edge = (changes: Changes) =>
    edgeSchema.parse({
      role: 'edge',
      cluster: edgeConfig().cluster,
      central: 'organization/monitoring/cluster-01',
      agent: { replicas: 1 },
      ...changes,
    });

  it('is refused: a restart during an outage would lose its backlog', () => {
    expect(edgeRules(edge({}))).toEqual([
      {
        key: 'agent.replicas',
        found: '1',
        allowed: '2: a single agent that restarts during an outage forgets all that it has not sent',
        fix: 'Set it to 2, or say in acceptedRisks why those samples may be lost.',
      },
    ]);
  });

  it('is accepted with a reason', () => {
    expect(
      edgeVerdict(edge({ acceptedRisks: { 'agent.replicas': 'a cluster of one small node' } }), undefined)
        .violations,
    ).toEqual([]);
  });
});

describe('a stack without a Ruler', () => {
  const off = { 'ruler.enabled': false };

  it('is refused as long as it has edges, which nobody would watch', () => {
    expect(unwatchedEdges(central(off))).toEqual([
      {
        key: 'ruler.enabled',
        found: 'false',
        allowed:
          'true, as long as monitoring:edges lists clusters: without a Ruler no rule is evaluated over them',
        fix: 'Set it to true, or say in acceptedRisks who watches the edges instead.',
      },
    ]);
    expect(keys(centralVerdict(central(off)).violations as Violation[])).toEqual(['ruler.enabled']);
  });

  it('is accepted with a reason', () => {
    const acceptedRisks = { 'ruler.enabled': 'Prometheus of the edges alert by themselves' };
    expect(centralVerdict(central({ ...off, acceptedRisks }))).toEqual({ violations: [], warnings: [] });
  });

  it('is needless to accept without edges, or with a Ruler', () => {
    expect(unwatchedEdges(central({ ...off, edges: [] }))).toEqual([]);
    expect(unwatchedEdges(central({}))).toEqual([]);
    const acceptedRisks = { 'ruler.enabled': 'Prometheus of the edges alert by themselves' };
    expect(centralVerdict(central({ acceptedRisks }))).toEqual({
      violations: [],
      warnings: ['monitoring:acceptedRisks.ruler.enabled is no longer needed; remove it.'],
    });
  });
});

describe('several broken rules', () => {
  it('are reported together', () => {
    const config = central({
      outage: '20h',
      'store.chunkPoolSize': '2GB',
      edges: [{ name: 'a' }, { name: 'a' }],
    });
    expect(keys(centralRules(config))).toEqual(['edges.1.name', 'receive.retention', 'store.chunkPoolSize']);
  });
});
