import { z } from 'zod';
import { contractVersion, deployedVolumes } from './central';
import { promised } from './promised';

/** What an edge stack promises; none of it is a secret. */
export const edgeOutputs = z.object({
  contractVersion: promised(z.literal(contractVersion), { since: 1, meaning: 'version of this contract' }),
  cluster: promised(z.string(), { since: 1, meaning: 'name of the edge cluster' }),
  tenant: promised(z.string(), {
    since: 1,
    meaning: 'its tenant at Receive, and so the value of the label `cluster` of all its samples',
  }),
  remoteWriteUrl: promised(z.string(), { since: 1, meaning: 'where its agents write to' }),
  certificateEnd: promised(z.string().optional(), {
    since: 1,
    meaning: 'end of validity of the client certificate that its agents present, RFC 3339',
  }),
  deployed: promised(z.object(deployedVolumes).optional(), {
    since: 1,
    meaning: 'what the next run of this stack compares its configuration with; not for other stacks',
  }),
  versions: promised(z.object({ kubePrometheusStack: z.string().describe('version of the chart') }), {
    since: 1,
    meaning: 'what is deployed',
  }),
});

export type EdgeOutputs = z.output<typeof edgeOutputs>;
