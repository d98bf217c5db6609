import { metricsOfEdges } from '../../observability/rules/edge-metrics';
import { centralNeeds } from '../../capacity/check';
import { planOf } from '../../capacity/plan';
import { centralCapacity, edgeCapacity, type PlannedEdge } from '../../checks/capacity';
import { centralVerdict } from '../../checks/central';
import { edgeVerdict } from '../../checks/edge';
import { capacityKeys } from '../../config/central';
import { ConfigError } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import { Duration } from '../../config/units';
import { centralConfig, centralRaw, edgeConfig } from '../support/stack-configs';

const planned: PlannedEdge = {
  series: 50_000,
  scrapeInterval: Duration.parse('30s'),
  outage: Duration.parse('6h'),
};

describe('a central stack', () => {
  it('can accept every size that is computed, and no other', () => {
    const computed = centralNeeds(planOf(centralConfig())).map(({ key }) => key);
    expect(new Set(capacityKeys)).toEqual(new Set(computed));
  });

  it('is refused with the sum when its edges declare more than it holds', () => {
    const raw = centralRaw({ edges: [{ name: 'cluster-02', series: 400_000 }] });
    expect(() => checkedConfig(raw)).toThrow(ConfigError);
    expect(() => checkedConfig(raw)).toThrow(
      'monitoring:receive.resources.limits.memory: found 6Gi; allowed: at least 9.69 GiB = 110 MiB (the process) + ' +
        '3.72 MiB (1 tenants of 3 900 000 bytes) + 4.77 GiB (800 000 series of 6 400 bytes) + ' +
        '2.46 GiB (800 000 series with late samples of 3 300 bytes) + ' +
        '2.35 GiB (2 queries at once over 1h of every series of 1 262 400 000 bytes). Raise it to 10Gi, or set one of these: ' +
        'receive.replicas to 6; the series of all edges to 240 000 together, or say in acceptedRisks why it holds.',
    );
  });

  it('shows its sums all the same', () => {
    const raw = centralRaw({ edges: [{ name: 'cluster-02', series: 400_000 }] });
    expect(checkedConfig(raw, 'unchecked').role).toBe('central');
  });

  it('is planned for the ring alone: ingestors outside of it get no new samples', () => {
    const config = centralConfig({ 'receive.replicas': 6, 'receive.ring': 2 });
    expect(planOf(config).receive.ingestors).toBe(2);
  });

  it('keeps a size that is accepted with a reason', () => {
    const config = centralConfig({
      edges: [{ name: 'cluster-02', series: 300_000 }],
      'compactor.storage': '110Gi',
      acceptedRisks: { 'receive.resources.limits.memory': 'half of the series are shed at night' },
    });
    expect(centralVerdict(config)).toEqual({ violations: [], warnings: [] });
    expect(centralCapacity(config).map(({ key }) => key)).toEqual(['receive.resources.limits.memory']);
  });
});

describe('an edge', () => {
  it('holds what the default plans for it', () => {
    expect(edgeCapacity(edgeConfig(), planned)).toEqual([]);
  });

  it.each([
    [
      'more series than its memory holds',
      {},
      { series: 1_000_000 },
      ['agent.resources.limits.memory', 'agent.storage', 'kubeStateMetrics.resources.limits.memory'],
    ],
    ['a volume too small for the backlog', { 'agent.storage': '2Gi' }, {}, ['agent.storage']],
    ['a longer outage than its volume holds', {}, { outage: Duration.parse('3d') }, ['agent.storage']],
    [
      'a shorter interval than the centre is sized for',
      { 'agent.scrapeInterval': '15s' },
      {},
      ['agent.scrapeInterval'],
    ],
  ])('is refused for %s', (_, changes, change, keys) => {
    const found = edgeCapacity(edgeConfig(changes), { ...planned, ...change });
    expect(found.map(({ key }) => key)).toEqual(keys);
  });

  it('is told what the centre is sized for', () => {
    expect(edgeCapacity(edgeConfig({ 'agent.scrapeInterval': '10s' }), planned)).toEqual([
      {
        key: 'agent.scrapeInterval',
        found: '10s',
        allowed:
          'at least 30s, monitoring:prometheus.scrapeInterval of the central stack, which is sized for it',
        fix: 'Raise it, or lower that one first and run pulumi up on the central stack.',
      },
    ]);
  });

  it('may not have more series than the centre is sized for, unless it sends a part alone', () => {
    const changes = { 'agent.series': 60_000 };
    expect(edgeCapacity(edgeConfig(changes), planned)).toEqual([
      {
        key: 'agent.series',
        found: '60000',
        allowed:
          'at most 50000, the series of this edge in monitoring:edges of the central stack, which is sized for it',
        fix: 'Raise that one first and run pulumi up on the central stack, or send a part alone (agent.keepMetrics).',
      },
    ]);
    expect(
      edgeCapacity(edgeConfig({ ...changes, 'agent.keepMetrics': Object.keys(metricsOfEdges) }), planned),
    ).toEqual([]);
  });

  it('is sized by what the centre plans where it names fewer and sends all of them', () => {
    const changes = { 'agent.series': 1000, 'agent.storage': '1Gi' };
    expect(edgeCapacity(edgeConfig(changes), planned).map(({ key }) => key)).toEqual(['agent.storage']);
    const part = { ...changes, 'agent.keepMetrics': Object.keys(metricsOfEdges) };
    expect(edgeCapacity(edgeConfig(part), planned)).toEqual([]);
  });

  it('is sized by what it scrapes, not by the part that it sends', () => {
    const changes = { 'agent.series': 1_000_000, 'agent.keepMetrics': Object.keys(metricsOfEdges) };
    expect(edgeCapacity(edgeConfig(changes), planned).map(({ key }) => key)).toEqual([
      'agent.resources.limits.memory',
      'agent.storage',
      'kubeStateMetrics.resources.limits.memory',
    ]);
  });

  it('keeps a volume that is accepted with a reason', () => {
    const config = edgeConfig({
      'agent.storage': '2Gi',
      acceptedRisks: { 'agent.storage': 'a test cluster: its samples may be lost' },
    });
    expect(edgeVerdict(config, planned)).toEqual({ violations: [], warnings: [] });
  });

  it('is told which accepted risk is none', () => {
    const config = edgeConfig({ acceptedRisks: { 'agent.storage': 'it was smaller once' } });
    expect(edgeVerdict(config, planned)).toEqual({
      violations: [],
      warnings: ['monitoring:acceptedRisks.agent.storage is no longer needed; remove it.'],
    });
    // Without the central stack's plan nobody can tell.
    expect(edgeVerdict(config, undefined)).toEqual({ violations: [], warnings: [] });
  });
});
