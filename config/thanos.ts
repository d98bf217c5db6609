import { z } from 'zod';
import { bounds, cidr, count, duration, ipAddress, quantity, resources } from './scalars';

/** The keys of a central stack that are Thanos' roles, each with its defaults. */
export const thanosShape = {
  receive: z
    .strictObject({
      routers: z
        .strictObject({
          replicas: count(1, 20).default(2),
          resources: resources(['250m', '1'], ['256Mi', '1Gi']),
        })
        .prefault({}),
      replicas: count(1, bounds.ingestors)
        .default(1)
        .describe('ingestors; only those that have left the ring may go: docs/operating.md, Scaling Receive'),
      ring: count(1, bounds.ingestors)
        .optional()
        .describe(
          'how many of the ingestors, from the first, are in the hashring and get new samples; default: all. ' +
            'Samples are kept min(3, ring) times',
        ),
      storage: quantity().prefault('50Gi'),
      // Late samples land in blocks up to 6h30m old at the default outage, which must be uploaded before they
      // go.
      retention: duration().prefault('12h'),
      // Thanos' own. The Compactor merges from there on; shorter blocks only make more objects.
      blockDuration: duration()
        .prefault('2h')
        .describe(
          'length of a block; shorter only to see a whole cycle in minutes, as `npm run drills` does',
        ),
      resources: resources(['500m', '2'], ['2Gi', '4Gi']),
      loadBalancer: z
        .strictObject({
          address: ipAddress().optional().describe('fixed address, announced by Cilium or MetalLB'),
          annotations: z.record(z.string(), z.string()).default({}),
          sourceCidrs: z.array(cidr()).default(['0.0.0.0/0']).describe('networks that edges send from'),
        })
        .prefault({}),
    })
    .prefault({})
    .transform((receive) => ({ ...receive, ring: receive.ring ?? receive.replicas })),
  query: z
    .strictObject({ replicas: count(1, 20).default(2), resources: resources(['250m', '1'], ['1Gi', '2Gi']) })
    .prefault({}),
  queryFrontend: z
    .strictObject({
      replicas: count(1, 20).default(2),
      cacheSize: quantity().prefault('256MiB').describe('response cache in memory, of each replica'),
      resources: resources(['100m', '1'], ['512Mi', '1Gi']),
    })
    .prefault({}),
  store: z
    .strictObject({
      replicas: count(1, 10).default(1),
      storage: quantity().prefault('1Gi'),
      indexCacheSize: quantity().prefault('500MB'),
      // Thanos' own default of 2GB is killed for memory under a limit of 2Gi.
      chunkPoolSize: quantity().prefault('512MB'),
      resources: resources(['250m', '1'], ['1Gi', '2Gi']),
    })
    .prefault({}),
  compactor: z
    .strictObject({
      storage: quantity().prefault('50Gi'),
      retention: z
        .strictObject({
          raw: duration().prefault('30d'),
          fiveMinutes: duration().prefault('90d'),
          oneHour: duration().prefault('180d'),
        })
        .prefault({}),
      deleteDelay: duration().prefault('48h'),
      resources: resources(['250m', '1'], ['1Gi', '2Gi']),
    })
    .prefault({}),
  ruler: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe(
          'false: the central Prometheus evaluates the rules, over the central cluster alone; nobody watches the edges',
        ),
      replicas: count(1, 5).default(2),
      storage: quantity().prefault('2Gi'),
      resources: resources(['100m', '500m'], ['256Mi', '512Mi']),
    })
    .prefault({}),
};
