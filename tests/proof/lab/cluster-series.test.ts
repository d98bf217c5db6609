import { clusterSeries } from '../../../proof/lab/cluster-series';

const made = (nodes: number, podsOfNode: number) => clusterSeries({ nodes, podsOfNode });

describe('the series of a made cluster', () => {
  it('are each there once: a second one would be a refused duplicate', () => {
    const texts = made(3, 4).map(({ labels }) => JSON.stringify(Object.entries(labels).sort()));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('grow by as many for each node, and for each pod', () => {
    const [one, two, three] = [1, 2, 3].map((nodes) => made(nodes, 5).length) as [number, number, number];
    expect(three - two).toBe(two - one);
    expect(made(1, 6).length - made(1, 5).length).toBe(made(1, 5).length - made(1, 4).length);
  });

  it('count on, or stay', () => {
    const value = (name: string, seconds: number) =>
      made(1, 1)
        .find(({ labels }) => labels['__name__'] === name)
        ?.valueAt(seconds);
    expect([value('container_cpu_usage_seconds_total', 100), value('up', 100)]).toEqual([5, 1]);
  });
});
