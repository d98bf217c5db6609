import * as fc from 'fast-check';
import type { Plan } from '../../capacity/plan';
import { Duration, Quantity } from '../../config/units';

/** A plan in round numbers; tests change what they are about. */
export const plan: Plan = {
  edges: [
    { name: 'cluster-02', series: 60_000 },
    { name: 'cluster-03', series: 30_000 },
  ],
  agents: 2,
  scrapeInterval: Duration.parse('30s'),
  outage: Duration.parse('6h'),
  central: {
    series: 50_000,
    replicas: 2,
    retention: Duration.parse('15d'),
    retentionSize: Quantity.parse('2GiB'),
  },
  receive: {
    ingestors: 1,
    routers: 2,
    retention: Duration.parse('12h'),
    blockDuration: Duration.parse('2h'),
  },
  compactor: {
    raw: Duration.parse('30d'),
    fiveMinutes: Duration.parse('90d'),
    oneHour: Duration.parse('180d'),
    deleteDelay: Duration.parse('48h'),
  },
  store: { replicas: 1, indexCacheSize: Quantity.parse('500MB'), chunkPoolSize: Quantity.parse('512MB') },
  query: { replicas: 2 },
  queryFrontend: { replicas: 2, cacheSize: Quantity.parse('256MiB') },
  ruler: { replicas: 2 },
};

const hours = (most: number) => fc.integer({ min: 1, max: most }).map((h) => Duration.ofSeconds(h * 3600));

/** Plans of every size that the configuration allows. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    series: fc.array(fc.integer({ min: 1000, max: 2_000_000 }), { minLength: 1, maxLength: 20 }),
    agents: fc.integer({ min: 1, max: 2 }),
    interval: fc.integer({ min: 5, max: 120 }),
    outage: hours(72),
    ingestors: fc.integer({ min: 1, max: 12 }),
    retention: hours(96),
    raw: hours(90 * 24),
    deleteDelay: hours(96),
  })
  .map((p) => ({
    ...plan,
    edges: p.series.map((series, i) => ({ name: `edge-${i}`, series })),
    agents: p.agents,
    scrapeInterval: Duration.ofSeconds(p.interval),
    outage: p.outage,
    receive: { ...plan.receive, ingestors: p.ingestors, retention: p.retention },
    compactor: { ...plan.compactor, raw: p.raw, deleteDelay: p.deleteDelay },
  }));
