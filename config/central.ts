import { z } from 'zod';
import { alertmanagerSchema } from './alerting/alertmanager';
import { blackboxExporterSchema } from './blackbox-exporter';
import { clusterPartsShape } from './cluster-parts';
import { chartsSchema, clusterShape, controlPlaneSchema, scrapeInterval } from './cluster';
import { centralNetworkPoliciesSchema } from './network-policies';
import { objectStoreSchema } from './object-store';
import {
  bounds,
  clusterName,
  count,
  duration,
  hostname,
  objectName,
  quantity,
  reasons,
  resources,
  series,
  volume,
} from './scalars';
import { allowedRunbooks, isRunbookUrl } from './runbook-url';
import { annotations, labelValue } from './texts';
import { thanosShape } from './thanos';

const shapeOfEdge = '{ name: NAME }, such as { name: cluster-02 }';

const edge = z.strictObject(
  {
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
  },
  { error: ({ code }) => (code === 'invalid_type' ? shapeOfEdge : undefined) },
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
  'compactor.resources.limits.memory',
  'compactor.storage',
  'ruler.resources.limits.memory',
  'ruler.storage',
  'query.resources.limits.memory',
  'queryFrontend.resources.limits.memory',
  'kubeStateMetrics.resources.limits.memory',
] as const;

/**
 * The keys of `acceptedRisks`: sizes, and what leaves edges without a watcher, pods without a fence or blocks
 * without a bucket.
 */
export const centralRisks = [
  ...capacityKeys,
  'ruler.enabled',
  'networkPolicies.enabled',
  'objectStore.endpoint',
] as const;

const keys = z.strictObject({
  role: z.literal('central'),
  cluster: z.strictObject({
    ...clusterShape,
    label: labelValue().describe(
      'value of the external label `cluster` of the central cluster’s own samples',
    ),
    domain: hostname(237).describe('domain of the hosts grafana.…, thanos-query.… and thanos-receiver.…'),
  }),
  edges: z
    .array(edge, { error: `a list of ${shapeOfEdge}` })
    .max(bounds.edges, `at most ${bounds.edges} edges`)
    .default([])
    .describe('the edge clusters; one entry makes a tenant and its client certificate'),
  edgeDefaults: z
    .strictObject({
      // As prometheus.series.
      series: series().default(50_000).describe('active series of one agent, of edges that do not say'),
    })
    .prefault({}),
  outage: duration({ least: '1m' })
    .prefault('6h')
    .describe('how long an edge and the centre may be apart without losing a sample'),
  objectStore: objectStoreSchema,
  prometheus: z
    .strictObject({
      replicas: count(1, 10).default(2),
      // Ten nodes and some 300 pods under kube-prometheus-stack's default targets, of which cAdvisor alone
      // shows about 30 series each.
      series: series().default(50_000).describe('active series of the central cluster itself'),
      retention: duration({
        least: '6h',
        why: 'the sidecar uploads blocks of two hours, and needs time to do it again',
      }).prefault('15d'),
      // Below the volume, with room for the WAL and the block being written: 15 days do not fit 3Gi.
      retentionSize: volume().prefault('2GiB'),
      storage: volume().prefault('3Gi'),
      scrapeInterval: scrapeInterval(),
      resources: resources(['500m', '2'], ['2Gi', '4Gi']),
      sidecarResources: resources(['50m', '500m'], ['128Mi', '512Mi']),
    })
    .prefault({}),
  ...thanosShape,
  alertmanager: alertmanagerSchema(),
  blackboxExporter: blackboxExporterSchema(),
  grafana: z
    .strictObject({
      storage: volume().prefault('1Gi'),
      // Grafana 12 and 13 with some thirty dashboards are killed for memory below 512Mi, and take minutes to
      // start with a fifth of a core (teutonet-helm-charts#2392, kommander-applications#3913).
      resources: resources(['100m', '1'], ['256Mi', '1Gi']),
      sidecars: z
        .strictObject({
          // They (Python) hold what they have listed; the chart sets no resources on them. They work in
          // bursts, and the probe starts a process in them: at 100m both were throttled in four of ten
          // periods for ever, which is CPUThrottlingHigh.
          resources: resources(['10m', '500m'], ['96Mi', '192Mi']),
        })
        .prefault({})
        .describe('each of the two containers that bring dashboards and datasources'),
    })
    .prefault({}),
  ...clusterPartsShape,
  ingress: z
    .strictObject({
      className: objectName().default('cilium'),
      annotations: annotations(),
      tls,
    })
    .prefault({}),
  controlPlane: controlPlaneSchema,
  networkPolicies: centralNetworkPoliciesSchema,
  runbookUrl: z
    .string({ error: allowedRunbooks })
    .refine(isRunbookUrl, allowedRunbooks)
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
