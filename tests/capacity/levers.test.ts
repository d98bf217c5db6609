import { capacityViolations, centralNeeds, edgeNeeds } from '../../capacity/check';
import { edgeLevers, levers } from '../../capacity/levers';
import { total } from '../../capacity/need';
import { planOf } from '../../capacity/plan';
import type { CentralConfig } from '../../config/central';
import { Duration, Quantity } from '../../config/units';
import { checkedConfig } from '../../checks/config';
import { centralRaw, type Changes } from '../support/stack-configs';

const unchecked = (changes: Changes) => checkedConfig(centralRaw(changes), 'unchecked') as CentralConfig;

/** The levers of a key that is too small, with the bytes that it has. */
function of(changes: Changes, key: string): string[] {
  const config = unchecked(changes);
  const need = centralNeeds(planOf(config)).find((one) => one.key === key);
  const held = key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], config);
  return need ? levers(config, need, (held as Quantity).bytes) : [];
}

const edges = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `edge-${i}` }));

describe('what else makes a need fit', () => {
  it('is more ingestors where one cannot hold fifty edges, and the number is enough, one less is not', () => {
    const key = 'receive.resources.limits.memory';
    const [first] = of({ edges: edges(50) }, key);
    expect(first).toBe('receive.replicas to 35');
    const refused = (replicas: number) => {
      const config = unchecked({ edges: edges(50), 'receive.replicas': replicas });
      return capacityViolations(centralNeeds(planOf(config)), config).some(
        (violation) => violation.key === key,
      );
    };
    expect([34, 35].map(refused)).toEqual([true, false]);
  });

  it('is a shorter retention in the bucket where Store is too small for it, and not Store alone', () => {
    const changes = Object.fromEntries(
      [
        ['raw', '400d'],
        ['fiveMinutes', '800d'],
        ['oneHour', '1600d'],
      ].map(([name, time]) => [`compactor.retention.${name}`, time]),
    );
    expect(of(changes, 'store.storage')).toEqual([
      'compactor.retention to raw 400d, fiveMinutes 640d, oneHour 640d',
      'the series of all edges to 45 000 together',
    ]);
  });

  it('is a shorter outage where the log of an agent is too small for it', () => {
    const plan = { agents: 2, scrapeInterval: Duration.parse('30s'), outage: Duration.parse('3d') };
    const need = edgeNeeds(50_000, plan).find(({ key }) => key === 'agent.storage');
    expect(need && edgeLevers(50_000, plan, { need, held: Quantity.parse('8Gi').bytes })).toEqual([
      'outage of the central stack to 26h',
      'the series of this edge in monitoring:edges there to 17500',
    ]);
  });

  it('is the next interval that people write, and not the longest at once', () => {
    const changes = { 'prometheus.scrapeInterval': '10s', 'prometheus.series': 700_000 };
    const found = of(changes, 'prometheus.storage').filter((lever) => lever.includes('scrapeInterval'));
    expect(found).toEqual(['prometheus.scrapeInterval to 15s']);
    const plan = { agents: 2, scrapeInterval: Duration.parse('10s'), outage: Duration.parse('6h') };
    const need = edgeNeeds(50_000, plan).find(({ key }) => key === 'agent.storage');
    const held = need ? total(need.terms) * 0.9 : 0;
    expect(need && edgeLevers(50_000, plan, { need, held })[0]).toBe('agent.scrapeInterval to 15s');
  });

  it('is no size that no key takes', () => {
    const plan = { agents: 2, scrapeInterval: Duration.parse('30s'), outage: Duration.parse('290y') };
    const needs = edgeNeeds(5_000_000, plan).filter(({ key }) => key === 'agent.storage');
    const agent = { agent: { storage: Quantity.parse('1Ti') } };
    expect(capacityViolations(needs, agent).map(({ fix }) => fix)).toEqual([
      'The key takes at most 64Ti: plan less of what the sum names.',
    ]);
    expect(capacityViolations(needs, agent, () => ['outage to 6h'])[0]?.fix).toBe(
      'The key takes at most 64Ti: set one of these: outage to 6h.',
    );
  });

  it('is nothing where nothing helps', () => {
    const plan = { agents: 2, scrapeInterval: Duration.parse('30s'), outage: Duration.parse('6h') };
    const need = edgeNeeds(50_000, plan).find(({ key }) => key === 'agent.storage');
    expect(need && edgeLevers(50_000, plan, { need, held: 1 })).toEqual([]);
  });
});
