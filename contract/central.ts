import { z } from 'zod';

/**
 * Version of the outputs that stacks promise each other and other teams. Removing a key or changing its
 * meaning raises it; a new key does not.
 */
export const contractVersion = 1;

const url = (protocol: 'http' | 'https') => z.url({ protocol: new RegExp(`^${protocol}$`) });

/** What a central stack promises in plain text. */
export const centralOutputs = z.object({
  contractVersion: z.literal(contractVersion).describe('version of this contract'),
  cluster: z.string().describe('name of the central cluster'),
  remoteWriteUrl: url('https').describe('where Prometheus Agents write to (POST, client certificate needed)'),
  remoteWriteCa: z
    .string()
    .startsWith('-----BEGIN CERTIFICATE-----')
    .describe('PEM of the authority of remoteWriteUrl'),
  tenants: z.array(z.string()).describe('the edges that may write; each is the value of the label `cluster`'),
  outage: z
    .string()
    .describe('how long an edge may be cut off without losing a sample, as a Prometheus duration'),
  planned: z
    .object({
      series: z.record(z.string(), z.int()).describe('active series of one agent, by edge'),
      scrapeInterval: z.string().describe('the shortest that an edge may have, as a Prometheus duration'),
    })
    .describe('what the centre is sized for; an edge is checked against it'),
  queryUrl: url('https').describe(
    'Prometheus HTTP API over all clusters (basic authentication, see queryCredentials)',
  ),
  grafanaUrl: url('https'),
  alertmanagerUrl: url('http').describe('inside the central cluster only'),
  bucket: z.string().describe('bucket of the blocks'),
  receive: z
    .object({
      replicas: z.int().describe('ingestors'),
      ring: z.int().optional().describe('how many of them are in the hashring; absent: all'),
      replicationFactor: z.int(),
      blockDuration: z
        .string()
        .optional()
        .describe('length of a block, as a Prometheus duration; absent: 2h'),
      ringShrunkAt: z.iso
        .datetime()
        .optional()
        .describe('when the ring got smaller; present while ingestors outside of it are kept'),
    })
    .describe('the hashring as deployed'),
  deployed: z
    .object({
      storageClass: z.string(),
      volumes: z.record(z.string(), z.string()).describe('sizes of volumes by config key'),
      retention: z.record(z.string(), z.string()).describe('retention in the bucket by config key'),
    })
    .optional()
    .describe('what the next run of this stack compares its configuration with; not for other stacks'),
  certificates: z
    .array(
      z.object({
        certificate: z.string().describe('what it is for, such as `client cluster-02`'),
        kind: z.enum(['authority', 'server', 'client']),
        cluster: z.string().describe('the cluster that stops when it ends, as its label `cluster`'),
        end: z.string().describe('end of its validity, RFC 3339'),
      }),
    )
    .optional()
    .describe('every certificate that this stack has made; CertificateExpiring tells 30 and 7 days before'),
  versions: z.object({ kubePrometheusStack: z.string(), thanos: z.string() }),
});

/** A user name and a password. */
export const credentials = z.object({ user: z.string(), password: z.string() });

/** What a central stack promises as Pulumi secrets. */
export const centralSecretOutputs = z.object({
  edgeCredentials: z
    .record(z.string(), z.object({ certificate: z.string(), privateKey: z.string() }))
    .describe('client certificate and key (PEM) of each edge, by name'),
  queryCredentials: credentials.describe('for queryUrl'),
  grafanaCredentials: credentials.describe("Grafana's administrator"),
});

export type CentralOutputs = z.output<typeof centralOutputs>;
export type CentralSecretOutputs = z.output<typeof centralSecretOutputs>;
