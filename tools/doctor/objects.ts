import { z } from 'zod';

/** Objects of Kubernetes, as far as they are read here. */

const metadata = z.object({
  name: z.string(),
  namespace: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
  generation: z.int().optional(),
});

const terminated = z.object({ reason: z.string().optional(), finishedAt: z.string().optional() });

export const podSchema = z.object({
  metadata,
  spec: z.object({
    nodeName: z.string().optional(),
    containers: z.array(z.object({ name: z.string(), image: z.string() })),
    volumes: z
      .array(
        z.object({
          secret: z.object({ secretName: z.string() }).optional(),
          persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
        }),
      )
      .default([]),
  }),
  status: z.object({
    phase: z.string(),
    conditions: z
      .array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() }))
      .default([]),
    containerStatuses: z
      .array(
        z.object({
          name: z.string(),
          restartCount: z.int(),
          state: z
            .object({
              waiting: z.object({ reason: z.string().optional() }).optional(),
            })
            .default({}),
          lastState: z.object({ terminated: terminated.optional() }).default({}),
        }),
      )
      .default([]),
  }),
});
export type Pod = z.output<typeof podSchema>;

/** A Deployment, StatefulSet or DaemonSet. */
export const workloadSchema = z.object({
  metadata,
  spec: z.object({ replicas: z.int().optional() }),
  status: z.object({
    readyReplicas: z.int().optional(),
    desiredNumberScheduled: z.int().optional(),
    numberReady: z.int().optional(),
  }),
});
export type Workload = z.output<typeof workloadSchema>;

export const claimSchema = z.object({
  metadata,
  status: z.object({
    phase: z.string(),
    capacity: z.object({ storage: z.string() }).partial().default({}),
  }),
});
export type Claim = z.output<typeof claimSchema>;

export const configMapSchema = z.object({ metadata, data: z.record(z.string(), z.string()).default({}) });
export type ConfigMap = z.output<typeof configMapSchema>;

/** Values are decoded; they are never shown. */
export const secretSchema = z.object({
  metadata,
  data: z
    .record(
      z.string(),
      z.string().transform((value) => Buffer.from(value, 'base64').toString()),
    )
    .default({}),
});
export type Secret = z.output<typeof secretSchema>;

export const serviceSchema = z.object({
  metadata,
  status: z.object({
    loadBalancer: z
      .object({
        ingress: z
          .array(z.object({ ip: z.string().optional(), hostname: z.string().optional() }))
          .default([]),
      })
      .default({ ingress: [] }),
  }),
});
export type Service = z.output<typeof serviceSchema>;

/** What a kubelet knows of its pods' volumes. */
export const statsSchema = z.object({
  pods: z.array(
    z.object({
      volume: z
        .array(
          z.object({
            capacityBytes: z.number().optional(),
            availableBytes: z.number().optional(),
            pvcRef: z.object({ name: z.string(), namespace: z.string() }).optional(),
          }),
        )
        .default([]),
    }),
  ),
});

/** A volume of ours and how full it is: what is not available is used, as the alerts count it. */
export interface VolumeUse {
  claim: string;
  capacity: number;
  available: number;
}
