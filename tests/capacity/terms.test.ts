import { agentDisk, agentMemory, catchUpRate, shards } from '../../capacity/agent';
import { bucketTerms } from '../../capacity/bucket';
import { compactorDisk } from '../../capacity/compactor';
import { edgeNeeds } from '../../capacity/check';
import type { Need, Term } from '../../capacity/need';
import type { Plan } from '../../capacity/plan';
import {
  prometheusDisk,
  prometheusMemory,
  prometheusVolume,
  wholeRetention,
} from '../../capacity/prometheus';
import { ingestorDisk, ingestorMemory, routerMemory } from '../../capacity/receive';
import { kubeStateMetricsMemory } from '../../capacity/cluster-parts';
import { compactorMemory } from '../../capacity/compactor';
import { queryFrontendMemory, queryMemory } from '../../capacity/query';
import { rulerDisk, rulerMemory, rulerNeeds } from '../../capacity/ruler';
import { storeDisk, storeMemory } from '../../capacity/store';
import { Duration, Quantity } from '../../config/units';

/*
 * Every sum term by term, computed by hand: a property (more series never take less) holds for a term in the
 * wrong unit as well. No two numbers of the plan are equal, so that one in the place of another shows.
 */
const plan: Plan = {
  edges: [
    { name: 'cluster-02', series: 60_000 },
    { name: 'cluster-03', series: 30_000 },
  ],
  agents: 2,
  scrapeInterval: Duration.parse('20s'),
  outage: Duration.parse('5h'),
  central: {
    series: 80_000,
    replicas: 3,
    retention: Duration.parse('11d'),
    retentionSize: Quantity.parse('7Gi'),
  },
  receive: {
    ingestors: 4,
    routers: 5,
    retention: Duration.parse('13h'),
    blockDuration: Duration.parse('2h'),
  },
  compactor: {
    raw: Duration.parse('28d'),
    fiveMinutes: Duration.parse('70d'),
    oneHour: Duration.parse('140d'),
    deleteDelay: Duration.parse('48h'),
  },
  store: { replicas: 6, indexCacheSize: Quantity.parse('500Mi'), chunkPoolSize: Quantity.parse('300Mi') },
  query: { replicas: 8 },
  queryFrontend: { replicas: 9, cacheSize: Quantity.parse('200Mi') },
  ruler: { replicas: 7 },
};

const rounded = (terms: readonly Term[]) => terms.map(({ bytes }) => Math.round(bytes));
const bytes = ({ terms }: Need) => rounded(terms);
const whole = (...numbers: number[]) => numbers.map((number) => Math.round(number));

/** Both agents of both edges: (60 000 + 30 000) × 2. */
const written = 180_000;
/** Three copies on four ingestors, and a tenth for the fullest: 180 000 × 3 / 4 × 1.1. */
const inHead = 148_500;
/** Samples a second of the fullest ingestor, one every 20 s of each series. */
const rate = inHead / 20;
const hour = 3600;
const day = 24 * hour;
const MiB = 2 ** 20;

describe('an agent of 60 000 series', () => {
  // 3000 samples a second × (1 + 5 h / 1 h) are 18 000; a shard sends 2000 each 0.25 s, 8000 a second: 2.25,
  // so 3.
  it('has three shards, which send 24 000 samples a second when it is behind', () => {
    expect([shards(60_000, plan), catchUpRate(60_000, plan)]).toEqual([3, 24_000]);
  });

  it('needs memory for the process, its series, and what three full shards hold', () => {
    // A shard holds 10 000 samples, the batch that is being sent and the next one.
    expect(bytes(agentMemory(60_000, plan))).toEqual(
      whole(150e6, 60_000 * 3400, 3 * (10_000 + 2 * 2000) * 100),
    );
  });

  it('needs a volume for one and a half periods of 22 h, four segments, and the checkpoint twice', () => {
    // The log is truncated every 4 × (5 h + 30 m).
    const log = 1.5 * 22 * hour * 3000 * 8.2 + 4 * 128 * MiB;
    expect(bytes(agentDisk(60_000, plan))).toEqual(whole(log, 2 * 60_000 * 45));
  });

  it('is there as often as the plan says, beside one kube-state-metrics', () => {
    expect(edgeNeeds(60_000, { ...plan, agents: 1 }).map(({ pods }) => pods)).toEqual([1, 1, 1]);
    expect(edgeNeeds(60_000, plan).map(({ pods }) => pods)).toEqual([2, 2, 1]);
  });
});

describe('a router', () => {
  it('needs memory for the process and its share of what both agents of all edges send', () => {
    expect(bytes(routerMemory(plan))).toEqual(whole(90e6, (written / 20 / 5) * 11_500));
    expect(routerMemory(plan).pods).toBe(5);
  });
});

describe('the fullest ingestor', () => {
  it('needs memory for the process, a head of each tenant, its series, their late samples, and readers', () => {
    // Eight replicas of Query, each with a panel over 1 h of every series, a sample every 20 s.
    const readers = 8 * inHead * (930 + 5.4 * 180);
    expect(bytes(ingestorMemory(plan))).toEqual(
      whole(115e6, 2 * 3.9e6, inHead * 6400, inHead * 3300, readers),
    );
    expect(ingestorMemory(plan).pods).toBe(4);
  });

  it('needs a volume for blocks, log and chunks of the head, late samples, the block being written, ballast', () => {
    // Blocks stay until their newest sample is 13 h old; the head's log spans 2.25 blocks, and the outage.
    const blocks = (13 + 2) * hour;
    const head = (2.25 * 2 + 5) * hour;
    expect(bytes(ingestorDisk(plan))).toEqual(
      whole(
        rate * blocks * 2.2,
        inHead * 7.5 * 200,
        rate * head * 8.1,
        rate * head * 2.2,
        rate * 5 * hour * 7.9,
        512 * MiB,
        512 * MiB,
      ),
    );
  });

  it('has its even share where every ingestor has everything', () => {
    const three = { ...plan, receive: { ...plan.receive, ingestors: 3 } };
    expect(bytes(ingestorMemory(three))[2]).toBe(written * 6400);
  });

  it.each([
    [50, 1],
    [51, 2],
  ])('of %i tenants compacts %i heads at once', (tenants, heads) => {
    const edges = Array.from({ length: tenants }, (_, i) => ({ name: `edge-${i}`, series: 1000 }));
    expect(bytes(ingestorDisk({ ...plan, edges })).at(-2)).toBe(heads * 512 * MiB);
  });
});

describe('a central Prometheus', () => {
  const rate = 80_000 / 20;

  it('needs memory for the process and its series', () => {
    expect(bytes(prometheusMemory(plan))).toEqual(whole(92e6, 80_000 * 4900));
  });

  it('needs a retentionSize for the head and 4 h of blocks', () => {
    const head = 2.25 * 2 * hour;
    expect(bytes(prometheusDisk(plan))).toEqual(
      whole(rate * head * 8.2, rate * head * 2.2, rate * 4 * hour * 2.2, 80_000 * 2 * 200),
    );
  });

  it('needs a volume for retentionSize, the block being written and ballast', () => {
    expect(bytes(prometheusVolume(plan))).toEqual([7 * 1024 * MiB, 512 * MiB, 512 * MiB]);
  });

  it('would need for the whole retention the head and 11 d of blocks', () => {
    expect(rounded(wholeRetention(plan)).slice(2)).toEqual(
      whole(rate * 11 * day * 2.2, ((80_000 * 11 * 24) / 2) * 200),
    );
  });
});

/**
 * Blocks of a tenant: 12 of 2 h and 8 h, two for each of 7 of 2 d, and 28 d / 14 d + 70 d / 14 d + 140 d / 14
 * d.
 */
const blocksOfTenant = 12 + 14 + 2 + 5 + 10;

describe('Store', () => {
  it('needs memory for the process, both caches, and what it knows of the blocks of two edges and the centre', () => {
    expect(bytes(storeMemory(plan))).toEqual(whole(70e6, 500 * MiB, 300 * MiB, 3 * blocksOfTenant * 30_000));
  });

  it('needs a volume for the header of every block', () => {
    // Both agents of the edges, and three replicas of the centre.
    expect(bytes(storeDisk(plan))).toEqual([(written + 3 * 80_000) * blocksOfTenant * 24]);
  });
});

/** Bytes of a day of one series, as raw block: a sample each 20 s. */
const dayOfSeries = (day / 20) * (2.2 + 0.08);

describe('the Compactor', () => {
  it('needs a volume for two weeks of the largest tenant, twice', () => {
    const centre = 3 * 80_000 * dayOfSeries * 14;
    expect(bytes(compactorDisk(plan))).toEqual(whole(centre, centre));
    const edge = 2 * 200_000 * dayOfSeries * 14;
    const large = { ...plan, edges: [{ name: 'large', series: 200_000 }] };
    expect(bytes(compactorDisk(large))).toEqual(whole(edge, edge));
  });
});

describe('a Ruler', () => {
  // A quarter of the series of both agents and of three replicas of the centre.
  const read = (written + 3 * 80_000) / 4;

  it('needs memory for the process and the series that its rules read', () => {
    expect(bytes(rulerMemory(plan))).toEqual(whole(102e6, read * 820));
    expect(rulerMemory(plan).pods).toBe(7);
  });

  it('needs a volume for 48 h of what it records, the head of that, the block being written, and ballast', () => {
    const recorded = read * 0.175;
    const rate = recorded / 20;
    const head = 2.25 * 2 * hour;
    expect(bytes(rulerDisk(plan))).toEqual(
      whole(
        rate * head * 8.2,
        rate * head * 2.2,
        rate * 48 * hour * 2.2,
        recorded * 24 * 200,
        512 * MiB,
        512 * MiB,
      ),
    );
  });

  it('needs nothing where there is none', () => {
    expect(rulerNeeds({ ...plan, ruler: { replicas: 0 } })).toEqual([]);
  });
});

describe('the bucket', () => {
  it('holds three resolutions, copies not merged yet, what was replaced, and what was deleted', () => {
    const series = written + 3 * 80_000;
    const daily = series * dayOfSeries;
    expect(rounded(bucketTerms(plan))).toEqual(
      whole(
        daily * 28,
        ((series * 70 * day) / 300) * 7,
        ((series * 140 * day) / hour) * 9.1,
        // Two copies more than one of what the edges send, for 16 h and until the delay of 48 h is over.
        (2 * written * dayOfSeries * (16 + 48)) / 24,
        3 * daily * 2,
        4 * daily * 3,
      ),
    );
  });
});

describe('what reads, merges and counts objects', () => {
  it('Query holds what the rules of all clusters read, and only where there is a Ruler', () => {
    // (180 000 + 80 000 × 3) / 4 series.
    expect(bytes(queryMemory(plan))).toEqual([79e6, 105_000 * 1420]);
    expect(bytes(queryMemory({ ...plan, ruler: { replicas: 0 } }))).toEqual([79e6, 0]);
    expect(queryMemory(plan).pods).toBe(8);
  });

  it('query-frontend holds its cache twice', () => {
    expect(bytes(queryFrontendMemory(plan))).toEqual([79e6, 200 * 2 ** 20, 200 * 2 ** 20]);
    expect(queryFrontendMemory(plan).pods).toBe(9);
  });

  it('the Compactor holds the largest tenant, four times its active series', () => {
    expect(bytes(compactorMemory(plan))).toEqual([56e6, 240_000 * 4 * 270]);
    const edges = [{ name: 'cluster-02', series: 200_000 }];
    expect(bytes(compactorMemory({ ...plan, edges }))).toEqual([56e6, 400_000 * 4 * 270]);
  });

  it('kube-state-metrics holds two fifths of a cluster’s series', () => {
    expect(bytes(kubeStateMetricsMemory(50_000))).toEqual([61e6, 20_000 * 10_200]);
  });
});
