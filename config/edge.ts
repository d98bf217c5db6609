import { z } from 'zod';
import { clusterPartsShape } from './cluster-parts';
import { chartsSchema, clusterShape, controlPlaneSchema, maxAgents, scrapeInterval } from './cluster';
import { edgeNetworkPoliciesSchema } from './network-policies';
import { count, metricName, reasons, resources, series, volume } from './scalars';

/** The keys of `acceptedRisks`: what an edge's part of the outage promise needs, and its pods' fence. */
export const riskKeys = [
  'agent.replicas',
  'agent.storage',
  'agent.resources.limits.memory',
  'kubeStateMetrics.resources.limits.memory',
  'networkPolicies.enabled',
] as const;

/** The keys whose change is compared with what is deployed (`checks/steps.ts`). */
export const edgeStepKeys = ['cluster.storageClass', 'agent.storage'] as const;

export type EdgeStepKey = (typeof edgeStepKeys)[number];

/**
 * An edge stack's configuration. What the edge needs of the centre comes from the central stack's outputs.
 */
export const edgeSchema = z.strictObject({
  role: z.literal('edge'),
  cluster: z.strictObject(clusterShape),
  central: z
    .string({ error: 'ORGANIZATION/monitoring/STACK' })
    .regex(
      // Pulumi's own names; the project is that of every stack of this repository, or of its outputs for
      // one edge.
      /^[\w.-]+\/monitoring(-edge-[\w.-]{1,80})?\/[\w.-]{1,100}$/,
      'ORGANIZATION/monitoring/STACK, with a local backend organization/monitoring/cluster-01',
    )
    .describe(
      'the central stack, whose outputs this one reads; or a copy of them for this edge alone, ' +
        'ORGANIZATION/monitoring-edge-EDGE/STACK (docs/secrets-access.md)',
    ),
  agent: z
    .strictObject({
      replicas: count(1, maxAgents)
        .default(maxAgents)
        .describe('two, so that a restart of one during an outage loses nothing (docs/outage.md)'),
      storage: volume().prefault('20Gi').describe('write-ahead log: holds the backlog of an outage'),
      scrapeInterval: scrapeInterval(),
      series: series()
        .optional()
        .describe(
          'active series of one agent, where it sends only a part (`keepMetrics`); default: what the central stack plans',
        ),
      keepMetrics: z
        .array(metricName())
        .optional()
        .describe('the only metrics that are sent (`npm run keep-list` makes the list); default: all'),
      resources: resources(['200m', '1'], ['512Mi', '2Gi']),
      backlog: z
        .strictObject({
          // A shell, a request and awk every 10 s: some 30 ms of processor time at once. With a limit of
          // 100m, 10 ms in a tenth of a second, every second period was throttled on the lab, and the
          // chart's CPUThrottlingHigh fired for every edge; half a core is never reached by them.
          resources: resources(['5m', '500m'], ['8Mi', '32Mi']),
        })
        .prefault({})
        .describe('the container beside each agent that keeps it from being stopped while it has a backlog'),
    })
    .prefault({}),
  ...clusterPartsShape,
  controlPlane: controlPlaneSchema,
  networkPolicies: edgeNetworkPoliciesSchema,
  charts: chartsSchema,
  acceptedSteps: reasons(edgeStepKeys).describe(
    'changes to make although this stack would refuse them: the key, and the reason',
  ),
  acceptedRisks: reasons(riskKeys).describe(
    'values to keep although this stack would refuse them, such as a size by which samples may be lost: the key, and the reason',
  ),
});

export type EdgeConfig = z.output<typeof edgeSchema>;
