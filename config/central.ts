import { z } from 'zod';
import { alertmanagerSchema } from './alerting/alertmanager';
import { chartsSchema, clusterShape, controlPlaneSchema, scrapeInterval } from './cluster';
import {
  bounds,
  cidr,
  clusterName,
  count,
  duration,
  hostname,
  ipAddress,
  labelValue,
  objectName,
  quantity,
  reasons,
  resources,
  series,
} from './scalars';

const edge = z.strictObject({
  name: clusterName(),
  series: series()
    .optional()
    .describe('active series of one agent, the base of its limits; default: `edgeDefaults.series`'),
  limits: z
    .strictObject({
      headSeries: count(1, 1_000_000_000)
        .optional()
        .describe('series of all its agents in the ingestors, above which Receive answers 429'),
      request: z
        .strictObject({
          size: quantity().optional().describe('of one request, before and after decompression'),
          series: count(1, 1_000_000).optional(),
          samples: count(1, 1_000_000).optional(),
        })
        .describe('largest request; Receive answers 413 above it, and agents drop the samples')
        .optional(),
    })
    .describe('limits of this edge in place of those that follow from its series (docs/limits.md)')
    .optional(),
});

const bucket = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'an S3 bucket name (3 to 63 of a-z, 0-9, . and -)');

const endpoint = z
  .string()
  .regex(/^[a-zA-Z0-9.-]+(:\d{1,5})?$/, 'host or host:port without scheme, such as s3.example.org:9000');

/** The bucket of all blocks, by whoever serves it. */
export const objectStoreSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('minio'),
      endpoint: endpoint.describe('host or host:port as the pods and Pulumi reach it'),
      bucket,
      region: z.string().default('us-east-1').describe("MinIO's own default region"),
      insecure: z.boolean().default(false).describe('true: plain HTTP'),
    }),
    z.strictObject({
      kind: z.literal('existing'),
      endpoint,
      bucket,
      insecure: z.boolean().default(false),
      secrets: z
        .strictObject({
          sidecar: objectName(),
          receive: objectName(),
          store: objectName(),
          compactor: objectName(),
          ruler: objectName(),
        })
        .describe(
          'Secrets in the namespace `monitoring`, each with an objstore.yml under the key `objstore.yml`',
        ),
    }),
  ],
  { error: 'kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket)' },
);

const tls = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('private') }),
      z.strictObject({ kind: z.literal('secret'), secretName: objectName() }),
      z.strictObject({ kind: z.literal('cert-manager'), clusterIssuer: objectName() }),
    ],
    { error: 'kind: private, secret or cert-manager' },
  )
  .prefault({ kind: 'private' })
  .describe(
    'certificate of the Ingress hosts: by the stack’s own authority, a Secret of yours, or cert-manager',
  );

/** The keys whose change is compared with what is deployed (`checks/steps.ts`). */
export const stepKeys = [
  'receive.replicas',
  'cluster.storageClass',
  'objectStore.bucket',
  'prometheus.storage',
  'receive.storage',
  'store.storage',
  'compactor.storage',
  'ruler.storage',
  'alertmanager.storage',
  'grafana.storage',
  'compactor.retention.raw',
  'compactor.retention.fiveMinutes',
  'compactor.retention.oneHour',
] as const;

export type StepKey = (typeof stepKeys)[number];

/** The keys that must hold what the edges declare (`capacity/`). */
export const capacityKeys = [
  'receive.routers.resources.limits.memory',
  'receive.resources.limits.memory',
  'receive.storage',
  'prometheus.resources.limits.memory',
  'prometheus.retentionSize',
  'prometheus.storage',
  'store.resources.limits.memory',
  'store.storage',
  'compactor.storage',
  'ruler.resources.limits.memory',
  'ruler.storage',
] as const;

/** The keys of `acceptedRisks`: sizes, and what leaves the edges without a watcher. */
export const centralRisks = [...capacityKeys, 'ruler.enabled'] as const;

const keys = z.strictObject({
  role: z.literal('central'),
  cluster: z.strictObject({
    ...clusterShape,
    label: labelValue().describe(
      'value of the external label `cluster` of the central cluster’s own samples',
    ),
    domain: hostname().describe('domain of the hosts grafana.…, thanos-query.… and thanos-receiver.…'),
  }),
  edges: z
    .array(edge)
    .max(bounds.edges, `at most ${bounds.edges} edges`)
    .default([])
    .describe('the edge clusters; one entry makes a tenant and its client certificate'),
  edgeDefaults: z
    .strictObject({
      // As prometheus.series.
      series: series().default(50_000).describe('active series of one agent, of edges that do not say'),
    })
    .prefault({}),
  outage: duration()
    .prefault('6h')
    .describe('how long an edge and the centre may be apart without losing a sample'),
  objectStore: objectStoreSchema,
  prometheus: z
    .strictObject({
      replicas: count(1, 10).default(2),
      // Ten nodes and some 300 pods under kube-prometheus-stack's default targets, of which cAdvisor alone
      // shows about 30 series each.
      series: series().default(50_000).describe('active series of the central cluster itself'),
      retention: duration().prefault('15d'),
      // Below the volume, with room for the WAL and the block being written: 15 days do not fit 3Gi.
      retentionSize: quantity().prefault('2GiB'),
      storage: quantity().prefault('3Gi'),
      scrapeInterval: scrapeInterval(),
      resources: resources(['500m', '2'], ['2Gi', '4Gi']),
      sidecarResources: resources(['50m', '500m'], ['128Mi', '512Mi']),
    })
    .prefault({}),
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
  alertmanager: alertmanagerSchema(),
  grafana: z
    .strictObject({
      storage: quantity().prefault('1Gi'),
      resources: resources(['100m', '200m'], ['256Mi', '512Mi']),
    })
    .prefault({}),
  ingress: z
    .strictObject({
      className: z.string().default('cilium'),
      annotations: z.record(z.string(), z.string()).default({}),
      tls,
    })
    .prefault({}),
  controlPlane: controlPlaneSchema,
  runbookUrl: z
    .string()
    .regex(
      /^(?:https?:\/\/)?[^\s/]+(?:\/[^\s/]+)*$/,
      'an address or a path without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks',
    )
    // Where people find this repository is not known here.
    .default('docs/runbooks')
    .describe(
      'where the runbooks are, for the links in alerts (`/ALERT.md` follows); default: their path in this repository',
    ),
  charts: chartsSchema,
  acceptedSteps: reasons(stepKeys).describe(
    'changes to make although this stack would refuse them: the key, and the reason',
  ),
  acceptedRisks: reasons(centralRisks).describe(
    'values to keep although this stack would refuse them, such as a size that by capacity/ cannot hold what is planned: ' +
      'the key, and the reason',
  ),
});

/** The name of every key of a central stack, less those of secrets. */
export const centralKeys: readonly string[] = Object.keys(keys.shape);

/** The central stack's configuration, key by key; every default stands here and nowhere else. */
export const centralSchema = keys.transform((config) => ({
  ...config,
  edges: config.edges.map((edge) => ({ ...edge, series: edge.series ?? config.edgeDefaults.series })),
}));

export type CentralConfig = z.output<typeof centralSchema>;
export type ObjectStoreConfig = CentralConfig['objectStore'];
