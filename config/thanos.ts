import { z } from 'zod';
import { network, serviceAddress } from './networks';
import { bounds, cache, count, duration, resources, volume } from './scalars';
import { annotations } from './texts';

/**
 * A Store looks for new marks every few minutes, and a Compactor that was away reads blocks that it has not
 * yet seen replaced.
 */
const deletion = { least: '1h', why: 'a Store still reads blocks that were replaced' };

/**
 * The Compactor merges blocks in ranges of 2h, 8h, 2d and 14d: a block that does not divide two hours lies
 * over the end of one, and would stop it.
 */
const blockDuration = () =>
  duration({ least: '1m', most: '2h' }).refine(
    ({ seconds }) => 7200 % seconds === 0,
    'a part of two hours without a rest, such as 2h, 1h, 30m or 2m: the Compactor merges blocks into ranges of two hours',
  );

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
      storage: volume().prefault('50Gi'),
      // Late samples land in blocks up to 6h30m old at the default outage, which must be uploaded before they
      // go.
      retention: duration().prefault('12h'),
      // Thanos' own. The Compactor merges from there on; shorter blocks only make more objects.
      blockDuration: blockDuration()
        .prefault('2h')
        .describe(
          'length of a block; shorter only to see a whole cycle in minutes, as `npm run drills` does',
        ),
      // Four edges of the default size, with what readers take, need 4.91 GiB.
      resources: resources(['500m', '2'], ['2Gi', '6Gi']),
      loadBalancer: z
        .strictObject({
          address: serviceAddress().optional().describe('fixed address, announced by Cilium or MetalLB'),
          annotations: annotations(),
          sourceCidrs: z
            .array(network())
            .min(1, 'at least one network: Kubernetes takes an empty list for everybody')
            .default(['0.0.0.0/0'])
            .describe('networks that edges send from; default: everybody'),
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
      cacheSize: cache().prefault('256MiB').describe('response cache in memory, of each replica'),
      resources: resources(['100m', '1'], ['512Mi', '1Gi']),
    })
    .prefault({}),
  store: z
    .strictObject({
      replicas: count(1, 10).default(1),
      storage: volume().prefault('1Gi'),
      indexCacheSize: cache().prefault('500MB'),
      // Thanos' own default of 2GB is killed for memory under a limit of 2Gi.
      chunkPoolSize: cache().prefault('512MB'),
      resources: resources(['250m', '1'], ['1Gi', '2Gi']),
    })
    .prefault({}),
  compactor: z
    .strictObject({
      storage: volume().prefault('50Gi'),
      retention: z
        .strictObject({
          raw: duration().prefault('30d'),
          fiveMinutes: duration().prefault('90d'),
          oneHour: duration().prefault('180d'),
        })
        .prefault({}),
      deleteDelay: duration(deletion).prefault('48h'),
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
      storage: volume().prefault('2Gi'),
      resources: resources(['100m', '500m'], ['256Mi', '512Mi']),
    })
    .prefault({}),
};
