import { ConfigError } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import { centralRaw, type Changes } from '../support/stack-configs';

/** The lines of the message that a configuration with these changes gets. */
function refused(changes: Changes): string[] {
  try {
    checkedConfig(centralRaw(changes));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1);
    throw error;
  }
}

const edges = (limits: object, series?: number) => ({
  edges: [{ name: 'cluster-02' }, { name: 'cluster-03', ...(series && { series }), limits }],
});

describe('limits of an edge', () => {
  it.each<[string, Changes]>([
    ['of what it declares', edges({ headSeries: 240_000 }, 120_000)],
    ['of what edges declare that say nothing', edges({ headSeries: 100_000 })],
    ["of the agents' own batches", edges({ request: { size: '2000Ki', series: 2200, samples: 2200 } })],
  ])('may be those %s', (_, changes) => {
    expect(refused(changes)).toEqual([]);
  });

  it.each<[string, Changes, string]>([
    [
      'below its own series',
      edges({ headSeries: 239_999 }, 120_000),
      'monitoring:edges.1.limits.headSeries (cluster-03): found 239999; allowed: at least 240000, twice edges.1.series (120000): both agents send every series. Raise it, or lower edges.1.series (by default edgeDefaults.series): the edge would be refused as it is declared.',
    ],
    [
      'below the series of edges that say nothing',
      { ...edges({ headSeries: 100_000 }), 'edgeDefaults.series': 60_000 },
      'monitoring:edges.1.limits.headSeries (cluster-03): found 100000; allowed: at least 120000, twice edges.1.series (60000): both agents send every series. Raise it, or lower edges.1.series (by default edgeDefaults.series): the edge would be refused as it is declared.',
    ],
    [
      'below the bytes of a batch',
      edges({ request: { size: '1Mi' } }),
      'monitoring:edges.1.limits.request.size (cluster-03): found 1Mi; allowed: at least 2000Ki: a batch of 2000 series of 1 KiB. Raise it: agents drop what is answered with 413.',
    ],
    [
      'below the series of a batch',
      edges({ request: { series: 2199 } }),
      'monitoring:edges.1.limits.request.series (cluster-03): found 2199; allowed: at least 2200: a batch of an agent, with exemplars. Raise it: agents drop what is answered with 413.',
    ],
    [
      'below the samples of a batch',
      edges({ request: { samples: 2000 } }),
      'monitoring:edges.1.limits.request.samples (cluster-03): found 2000; allowed: at least 2200: a batch of an agent, with exemplars. Raise it: agents drop what is answered with 413.',
    ],
    [
      'above what the routers can hold',
      edges({ request: { size: '64Mi' } }),
      'monitoring:receive.routers.resources.limits.memory: found 1Gi; allowed: at least 11474Mi: 40 requests at once of 64Mi each (edges.1.limits.request.size). Raise it, or lower the size: a router would be killed for memory, and with it the requests of all edges.',
    ],
    [
      'of a kind that Receive does not have',
      edges({ rate: 1000 }),
      'monitoring:edges.1.limits.rate (cluster-03): found 1000; allowed: no such key. Remove it, or correct its name (docs/config.md lists every key).',
    ],
  ])('are refused when %s', (_, changes, line) => {
    expect(refused(changes).map((text) => text.trim())).toEqual([line]);
  });
});

describe('series of an edge', () => {
  it.each<[Changes, string]>([
    [edges({}, 10), 'monitoring:edges.1.series (cluster-03): found 10;'],
    [{ 'edgeDefaults.series': '50k' }, 'monitoring:edgeDefaults.series: found "50k";'],
  ])('%j are refused', (changes, line) => {
    expect(refused(changes).map((text) => text.trim())).toEqual([
      `${line} allowed: a whole number from 1000 to 100000000. Change it in the stack file.`,
    ]);
  });
});

describe('routers with little memory', () => {
  it('are refused when they hold fewer than 40 requests', () => {
    expect(refused({ 'receive.routers.resources.limits': { memory: '256Mi' } })[0]).toContain(
      'found 256Mi; allowed: at least 443Mi: 40 requests at once of 2000Ki each (a batch of an agent)',
    );
  });
});
