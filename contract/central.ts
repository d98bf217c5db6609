import { z } from 'zod';
import { promised } from './promised';

/**
 * Version of the outputs that stacks promise each other and other teams. Removing an output, changing its
 * type, its secrecy or its meaning raises it; a new output does not (`breaks.ts` says which is which).
 */
export const contractVersion = 1;

const url = (protocol: 'http' | 'https') => z.url({ protocol: new RegExp(`^${protocol}$`) });

/** What the next run of a stack compares its volumes with. */
export const deployedVolumes = {
  storageClass: z.string().describe('StorageClass of the volumes'),
  volumes: z.record(z.string(), z.string()).describe('sizes of volumes by config key'),
};

/** What a central stack promises in plain text. */
export const centralOutputs = z.object({
  contractVersion: promised(z.literal(contractVersion), { since: 1, meaning: 'version of this contract' }),
  cluster: promised(z.string(), { since: 1, meaning: 'name of the central cluster' }),
  remoteWriteUrl: promised(url('https'), {
    since: 1,
    meaning: 'where Prometheus Agents write to (POST, client certificate needed)',
  }),
  remoteWriteCa: promised(z.string().startsWith('-----BEGIN CERTIFICATE-----'), {
    since: 1,
    meaning: 'PEM of the authority of remoteWriteUrl',
  }),
  tenants: promised(z.array(z.string()), {
    since: 1,
    meaning: 'the edges that may write; each is the value of the label `cluster`',
  }),
  outage: promised(z.string(), {
    since: 1,
    meaning: 'how long an edge may be cut off without losing a sample, as a Prometheus duration',
  }),
  planned: promised(
    z.object({
      series: z.record(z.string(), z.int()).describe('active series of one agent, by edge'),
      scrapeInterval: z.string().describe('the shortest that an edge may have, as a Prometheus duration'),
    }),
    { since: 1, meaning: 'what the centre is sized for; an edge is checked against it' },
  ),
  queryUrl: promised(url('https'), {
    since: 1,
    meaning: 'Prometheus HTTP API over all clusters (basic authentication, see queryCredentials)',
  }),
  grafanaUrl: promised(url('https'), { since: 1, meaning: 'Grafana; see grafanaCredentials' }),
  alertmanagerUrl: promised(url('http'), { since: 1, meaning: 'inside the central cluster only' }),
  bucket: promised(z.string(), { since: 1, meaning: 'bucket of the blocks' }),
  receive: promised(
    z.object({
      replicas: z.int().describe('ingestors'),
      ring: z.int().optional().describe('how many of them are in the hashring; absent: all'),
      replicationFactor: z.int().describe('how many ingestors hold each sample'),
      blockDuration: z
        .string()
        .optional()
        .describe('length of a block, as a Prometheus duration; absent: 2h'),
      ringShrunkAt: z.iso
        .datetime()
        .optional()
        .describe('when the ring got smaller; present while ingestors outside of it are kept'),
    }),
    { since: 1, meaning: 'the hashring as deployed' },
  ),
  deployed: promised(
    z
      .object({
        ...deployedVolumes,
        retention: z.record(z.string(), z.string()).describe('retention in the bucket by config key'),
      })
      .optional(),
    {
      since: 1,
      meaning: 'what the next run of this stack compares its configuration with; not for other stacks',
    },
  ),
  certificates: promised(
    z
      .array(
        z.object({
          certificate: z.string().describe('what it is for, such as `client cluster-02`'),
          kind: z.enum(['authority', 'server', 'client']).describe('what it certifies'),
          cluster: z.string().describe('the cluster that stops when it ends, as its label `cluster`'),
          end: z.string().describe('end of its validity, RFC 3339'),
        }),
      )
      .optional(),
    {
      since: 1,
      meaning: 'every certificate that this stack has made; CertificateExpiring tells 30 and 7 days before',
    },
  ),
  versions: promised(
    z.object({
      kubePrometheusStack: z.string().describe('version of the chart'),
      thanos: z.string().describe('tag of the image'),
    }),
    { since: 1, meaning: 'what is deployed' },
  ),
});

/** A user name and a password. */
export const credentials = z.object({ user: z.string(), password: z.string() });

/** What a central stack promises as Pulumi secrets. */
export const centralSecretOutputs = z.object({
  edgeCredentials: promised(
    z.record(z.string(), z.object({ certificate: z.string(), privateKey: z.string() })),
    {
      since: 1,
      secret: true,
      meaning: 'client certificate and key (PEM) of each edge, by name',
    },
  ),
  queryCredentials: promised(credentials, { since: 1, secret: true, meaning: 'for queryUrl' }),
  grafanaCredentials: promised(credentials, { since: 1, secret: true, meaning: "Grafana's administrator" }),
});

export type CentralOutputs = z.output<typeof centralOutputs>;
export type CentralSecretOutputs = z.output<typeof centralSecretOutputs>;
