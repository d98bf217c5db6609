import * as pulumi from '@pulumi/pulumi';
import { preflight, type Cleared, type Sources } from '../../checks/preflight';
import { singleIngestorWarnings } from '../../checks/single-ingestor';
import type { RawConfig } from '../../config/raw';
import { Duration } from '../../config/units';
import { deployedState, edgeDeployedState, receiveState } from '../../contract/deployed-state';
import type { CentralForEdge } from '../../contract/read';
import { centralConfig, centralRaw, edgeConfig, edgeRaw } from '../support/stack-configs';

const now = new Date('2026-11-27T12:00:00Z');

/** What an edge reads of its centre, so far as preflight looks at it. */
const promised = (changes: Partial<CentralForEdge> = {}) =>
  ({
    series: 50_000,
    outage: '6h',
    planned: { series: { 'cluster-02': 50_000 }, scrapeInterval: '30s' },
    ...changes,
  }) as CentralForEdge;

/** A cluster that answers, a centre that knows the edge, and nothing deployed. */
const sources = (changes: Partial<Sources> = {}): Sources => ({
  now,
  environment: {},
  lastOutputs: () => Promise.resolve(undefined),
  centralForEdge: () => Promise.resolve(promised()),
  clusterViolations: () => Promise.resolve([]),
  ...changes,
});

const deployedWith = (changes: Parameters<typeof centralConfig>[0]) => {
  const config = centralConfig(changes);
  const last = {
    bucket: config.objectStore.bucket,
    receive: receiveState(undefined, config.receive, now),
    deployed: deployedState(config),
  };
  return { lastOutputs: () => Promise.resolve(last) };
};

/** What is said of a stack that tells nobody of anything, with a single ingestor. */
const unheard = [
  'Alerts reach nobody: monitoring:alertmanager.receivers is empty. Set it (docs/alerting.md).',
  'Nobody outside notices when alerting itself stops: monitoring:alertmanager.watchdog.prometheus and monitoring:alertmanager.watchdog.ruler have no address (docs/alerting.md).',
  ...singleIngestorWarnings(centralConfig()),
];

const unreachable = {
  key: 'cluster.server',
  found: 'nothing',
  allowed: 'an API server that answers',
  fix: 'Start it.',
};

async function refusalOf(raw: RawConfig, from: Sources): Promise<string[]> {
  try {
    await preflight(raw, from);
  } catch (error) {
    if (pulumi.RunError.isInstance(error)) return error.message.split('\n').map((line) => line.trim());
    throw error;
  }
  return [];
}

const keysOf = (lines: string[]) => lines.flatMap((line) => /^monitoring:([\w.]+):/.exec(line)?.[1] ?? []);

describe('a central stack', () => {
  it('is cleared with its last outputs, the time and the charts', async () => {
    const before = deployedWith({});
    const environment = { CHART_DIR: '' };
    const cleared = (await preflight(centralRaw(), sources({ ...before, environment }))) as Extract<
      Cleared,
      { role: 'central' }
    >;
    expect(cleared).toMatchObject({ role: 'central', charts: undefined, warnings: unheard, now });
    expect(cleared.last).toBe(await before.lastOutputs());
    expect(cleared.config.cluster.name).toBe('cluster-01');
  });

  it('is refused for everything at once: its keys, its sums, its charts, its cluster, what is deployed', async () => {
    const raw = centralRaw({
      'prometheus.retentionSize': '3Gi',
      edges: [{ name: 'cluster-02', series: 400_000 }],
      'charts.directory': 'no-such-folder',
      'receive.storage': '40Gi',
    });
    const from = sources({
      ...deployedWith({}),
      clusterViolations: () => Promise.resolve([unreachable]),
    });
    expect(keysOf(await refusalOf(raw, from))).toEqual([
      'prometheus.retentionSize',
      'receive.resources.limits.memory',
      'prometheus.storage',
      'compactor.storage',
      'receive.storage',
      'charts.directory',
      'charts.directory',
      'cluster.server',
    ]);
  });

  it('is refused for what is deployed too when its last outputs cannot be read', async () => {
    const lastOutputs = () => Promise.reject(new pulumi.RunError('The last outputs have an unknown shape.'));
    const lines = await refusalOf(centralRaw({ 'receive.ring': 2 }), sources({ lastOutputs }));
    expect(lines).toEqual([
      'The configuration of stack cluster-01 has an error; nothing was touched.',
      expect.stringMatching(/^monitoring:receive.ring: found 2/) as string,
      'The last outputs have an unknown shape.',
    ]);
  });

  it('is told of every accepted key that accepts nothing', async () => {
    const raw = centralRaw({
      acceptedRisks: { 'store.storage': 'it was small once' },
      acceptedSteps: { 'receive.replicas': 'moved on 2026-11-23' },
    });
    const { warnings } = await preflight(raw, sources({ ...deployedWith({}) }));
    expect(warnings).toEqual([
      'monitoring:acceptedRisks.store.storage is no longer needed; remove it.',
      ...unheard,
      'monitoring:acceptedSteps.receive.replicas is no longer needed; remove it.',
    ]);
  });

  it('looks nothing up before its keys have values of their types', async () => {
    const never = () => Promise.reject(new Error('looked up'));
    const from = sources({ lastOutputs: never, clusterViolations: never });
    expect(keysOf(await refusalOf(centralRaw({ 'receive.replicas': 0 }), from))).toEqual([
      'receive.replicas',
    ]);
  });

  it('never shows what stands under an encrypted key', async () => {
    const raw = {
      ...centralRaw({ objectStorePasword: 'hunter2' }),
      secretKeys: ['monitoring:objectStorePasword'],
    };
    const lines = await refusalOf(raw, sources());
    expect(lines.join('\n')).toContain('monitoring:objectStorePasword: found [secret]');
    expect(lines.join('\n')).not.toContain('hunter2');
  });
});

describe('an edge', () => {
  it('is cleared with what the centre plans for it', async () => {
    const asked: string[][] = [];
    const centralForEdge = (stack: string, edge: string) => {
      asked.push([stack, edge]);
      return Promise.resolve(promised());
    };
    const cleared = await preflight(edgeRaw(), sources({ centralForEdge }));
    expect(asked).toEqual([['organization/monitoring/cluster-01', 'cluster-02']]);
    expect(cleared).toMatchObject({
      role: 'edge',
      warnings: [],
      planned: { series: 50_000, scrapeInterval: Duration.parse('30s'), outage: Duration.parse('6h') },
    });
  });

  it('is refused for its own keys and for what the centre plans, at once', async () => {
    const raw = edgeRaw({ 'agent.keepMetrics': [], 'agent.scrapeInterval': '10s' });
    const from = sources({ clusterViolations: () => Promise.resolve([unreachable]) });
    expect(keysOf(await refusalOf(raw, from))).toEqual([
      'agent.keepMetrics',
      'agent.scrapeInterval',
      'cluster.server',
    ]);
  });

  it('is refused for its own keys also where the centre does not know it', async () => {
    const centralForEdge = () => Promise.reject(new pulumi.RunError('Stack x does not know the edge.'));
    const lines = await refusalOf(edgeRaw({ 'agent.keepMetrics': [] }), sources({ centralForEdge }));
    expect(keysOf(lines)).toEqual(['agent.keepMetrics']);
    expect(lines.at(-1)).toBe('Stack x does not know the edge.');
  });

  it('is refused for a volume that is deployed smaller, even where the configured one would hold the plan', async () => {
    const deployed = edgeDeployedState(edgeConfig());
    const from = sources({
      lastOutputs: () => Promise.resolve({ cluster: 'cluster-02', deployed }),
      centralForEdge: () => Promise.resolve(promised({ outage: '72h' })),
    });
    const grown = { 'agent.storage': '60Gi' };
    const lines = await refusalOf(edgeRaw(grown), from);
    expect(keysOf(lines)).toEqual(['agent.storage']);
    expect(lines[1]).toMatch(/^monitoring:agent\.storage: found 60Gi; allowed: 20Gi, the deployed size/);
    const accepted = { ...grown, acceptedSteps: { 'agent.storage': 'claims grown' } };
    expect((await preflight(edgeRaw(accepted), from)).warnings).toEqual([]);
    const first = { ...from, lastOutputs: () => Promise.resolve(undefined) };
    expect((await preflight(edgeRaw(grown), first)).warnings).toEqual([]);
  });

  it('is told that the centre has issued a newer certificate than it presents', async () => {
    const deployed = edgeDeployedState(edgeConfig());
    const lastOutputs = () => Promise.resolve({ certificateEnd: '2027-01-10T00:00:00Z', deployed });
    const centralForEdge = () => Promise.resolve(promised({ certificateEnd: '2027-10-12T00:00:00Z' }));
    expect((await preflight(edgeRaw(), sources({ lastOutputs, centralForEdge }))).warnings).toEqual([
      'This edge presents a certificate that ends on 2027-01-10T00:00:00Z; its central stack has issued one that ends on 2027-10-12T00:00:00Z. ' +
        'Run pulumi up here before the first ends: from then on the edge is refused.',
    ]);
  });
});

it('a fault of the program itself is no refusal: it keeps its trace', async () => {
  const clusterViolations = () => Promise.reject(new TypeError('a fault'));
  await expect(preflight(centralRaw(), sources({ clusterViolations }))).rejects.toThrow(TypeError);
});
