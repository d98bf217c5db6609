import * as fc from 'fast-check';
import { agentDisk, catchUp, largestEdge, sentBytesPerSecond, shards } from '../../capacity/agent';
import { remoteWrite } from '../../capacity/remote-write';
import { bucketPerDay, bucketTerms } from '../../capacity/bucket';
import { centralNeeds, edgeNeeds } from '../../capacity/check';
import { agent, block, ingestor } from '../../capacity/constants';
import { total, type Need } from '../../capacity/need';
import { sampleRate, writtenSeries, type Plan } from '../../capacity/plan';
import { ingestorDisk, ingestorSeries } from '../../capacity/receive';
import { Duration } from '../../config/units';
import { plan, plans } from './plan';

const needs = (p: Plan): Need[] => [...edgeNeeds(largestEdge(p), p), ...centralNeeds(p)];

/** Every need of the second plan is at least that of the first. */
const atLeast = (less: Plan, more: Plan) => {
  const before = needs(less);
  needs(more).forEach((need, i) => {
    expect(total(need.terms)).toBeGreaterThanOrEqual(total(before[i]?.terms ?? []));
  });
  expect(total(bucketTerms(more))).toBeGreaterThanOrEqual(total(bucketTerms(less)));
};

describe('what a plan needs', () => {
  it('is one need for each key that sizes something', () => {
    expect(needs(plan).map(({ component, key }) => [component, key])).toEqual([
      ['agent', 'agent.resources.limits.memory'],
      ['agent', 'agent.storage'],
      ['kube-state-metrics', 'kubeStateMetrics.resources.limits.memory'],
      ['receive router', 'receive.routers.resources.limits.memory'],
      ['receive ingestor', 'receive.resources.limits.memory'],
      ['receive ingestor', 'receive.storage'],
      ['prometheus', 'prometheus.resources.limits.memory'],
      ['prometheus', 'prometheus.retentionSize'],
      ['prometheus', 'prometheus.storage'],
      ['store', 'store.resources.limits.memory'],
      ['store', 'store.storage'],
      ['compactor', 'compactor.resources.limits.memory'],
      ['compactor', 'compactor.storage'],
      ['ruler', 'ruler.resources.limits.memory'],
      ['ruler', 'ruler.storage'],
      ['query', 'query.resources.limits.memory'],
      ['query-frontend', 'queryFrontend.resources.limits.memory'],
      ['kube-state-metrics', 'kubeStateMetrics.resources.limits.memory'],
    ]);
  });

  it('never falls when there are more series', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 100_000 }), (p, more) => {
        atLeast(p, { ...p, edges: p.edges.map((edge) => ({ ...edge, series: edge.series + more })) });
      }),
    );
  });

  it('never falls when there is one more edge', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 2_000_000 }), (p, series) => {
        atLeast(p, { ...p, edges: [...p.edges, { name: 'one-more', series }] });
      }),
    );
  });

  it('never falls when the outage or a retention is longer, or the interval shorter', () => {
    fc.assert(
      fc.property(plans, fc.double({ min: 1, max: 10, noNaN: true }), (p, factor) => {
        atLeast(p, { ...p, outage: p.outage.times(factor) });
        atLeast(p, { ...p, receive: { ...p.receive, retention: p.receive.retention.times(factor) } });
        atLeast(p, { ...p, compactor: { ...p.compactor, raw: p.compactor.raw.times(factor) } });
        atLeast(p, {
          ...p,
          compactor: { ...p.compactor, deleteDelay: p.compactor.deleteDelay.times(factor) },
        });
        atLeast({ ...p, scrapeInterval: p.scrapeInterval.times(factor) }, p);
      }),
    );
  });
});

describe('the outage promise', () => {
  it('has room on the agent’s volume for every sample of the outage', () => {
    fc.assert(
      fc.property(plans, (p) => {
        for (const { series } of p.edges) {
          const backlog = sampleRate(series, p) * p.outage.seconds * agent.walPerSample;
          expect(total(agentDisk(series, p).terms)).toBeGreaterThan(backlog);
        }
      }),
    );
  });

  it('has room on the ingestors’ volumes for that backlog from all edges at once, in log and blocks', () => {
    fc.assert(
      fc.property(plans, (p) => {
        const samples = sampleRate(ingestorSeries(p), p) * p.outage.seconds;
        const { terms } = ingestorDisk(p);
        expect(total(terms)).toBeGreaterThan(samples * (ingestor.walPerSample + block.chunksPerSample));
      }),
    );
  });

  it('keeps every sample as often as the replication factor says', () => {
    fc.assert(
      fc.property(plans, (p) => {
        const copies = Math.min(3, p.receive.ingestors);
        expect(ingestorSeries(p) * p.receive.ingestors).toBeGreaterThanOrEqual(writtenSeries(p) * copies);
      }),
    );
  });
});

describe('catching up after the outage', () => {
  it('takes as many shards as send the backlog of six hours in one', () => {
    // 3333 samples a second × 7 are 23 333; a shard sends 2000 each 0.25 s, 8000 a second.
    expect(shards(100_000, plan)).toBe(3);
    // 72 million wait, three shards send 24 000 a second, and 3333 a second go on coming.
    expect(catchUp(100_000, plan)?.time.seconds).toBeCloseTo(3483.9, 1);
    expect(catchUp(100_000, plan)?.bytesPerSecond).toBe(24_000 * agent.wirePerSample);
  });

  it('never takes longer than an hour, whatever the size and the outage', () => {
    fc.assert(
      fc.property(plans, (p) => {
        const time = catchUp(largestEdge(p), p)?.time.seconds ?? Infinity;
        expect(time).toBeLessThanOrEqual(remoteWrite.catchUp.seconds + 0.001);
      }),
    );
  });

  it('has two shards for the smallest edge, so that one request that hangs is not all', () => {
    expect(shards(1000, plan)).toBe(2);
  });

  it('never ends when more comes in than the shards can send', () => {
    expect(catchUp(100_000, plan, { count: 3, requestSeconds: 2 })).toBeUndefined();
  });
});

describe('the network and the bucket', () => {
  it('sends each sample once for each agent', () => {
    expect(sentBytesPerSecond(60_000, plan)).toBe(2000 * agent.wirePerSample);
  });

  it('stores a day of every agent and every replica of Prometheus', () => {
    const samplesPerDay = ((90_000 * 2 + 50_000 * 2) / 30) * 86_400;
    expect(bucketPerDay(plan)).toBeCloseTo(samplesPerDay * (block.chunksPerSample + block.indexPerSample), 0);
  });
});

describe('shorter blocks of Receive', () => {
  const disk = (blockDuration: string, edges: number) => {
    const receive = { ...plan.receive, blockDuration: Duration.parse(blockDuration) };
    const alike = Array.from({ length: edges }, (_, i) => ({ name: `edge-${i}`, series: 1000 }));
    const terms = ingestorDisk({ ...plan, receive, edges: alike }).terms;
    return terms.map(({ what }) => what);
  };

  it('are what the sum of its disk counts: their indexes, the log, and compactions that fall together', () => {
    expect(disk('2h', 100)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('samples of 14h in blocks'),
        // 2 agents × 100 edges × 1000 series, in each of the 7 blocks of 14h.
        '1 400 000 series in their indexes of 200 bytes',
        expect.stringContaining('samples of 10h30m in the log'),
        '2 chunk files of blocks being written of 536 870 912 bytes',
      ]),
    );
    expect(disk('20m', 100)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('samples of 12h20m in blocks'),
        '7 400 000 series in their indexes of 200 bytes',
        expect.stringContaining('samples of 6h45m in the log'),
        // A tenth of 20m is 120 s, in which one of 8.3 compactions of 14.4 s is under way: 100 / 8.33.
        '12 chunk files of blocks being written of 536 870 912 bytes',
      ]),
    );
  });
});
