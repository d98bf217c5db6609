import { z } from 'zod';
import { contractVersion } from './central';

/** What an edge stack promises. */
export const edgeOutputs = z.object({
  contractVersion: z.literal(contractVersion),
  cluster: z.string().describe('name of the edge cluster'),
  tenant: z
    .string()
    .describe('its tenant at Receive, and so the value of the label `cluster` of all its samples'),
  remoteWriteUrl: z.string(),
  certificateEnd: z
    .string()
    .optional()
    .describe('end of validity of the client certificate that its agents present, RFC 3339'),
  versions: z.object({ kubePrometheusStack: z.string() }),
});

export type EdgeOutputs = z.output<typeof edgeOutputs>;
