import { isIP } from 'node:net';
import { z } from 'zod';
import { cidr, clusterName, duration, labelValue, objectName } from './scalars';

/** Where a stack deploys to, and how that cluster names itself. The same for central and edge stacks. */
export const clusterShape = {
  name: clusterName().describe(
    'name of the cluster; of an edge also its tenant and the value of its label `cluster`',
  ),
  environment: labelValue().describe('value of the external label `environment`'),
  context: z
    .string()
    .min(1, 'a context of your kubeconfig')
    .describe('kubeconfig context that reaches the cluster'),
  server: z
    .url({ protocol: /^https$/, error: 'the https URL of the API server' })
    .describe('URL of the API server; a context that leads anywhere else is refused'),
  kubeconfig: z
    .string()
    .min(1)
    .optional()
    .describe('kubeconfig file; default: KUBECONFIG, then ~/.kube/config'),
  storageClass: objectName().describe('StorageClass of every volume'),
  clusterDomain: z.string().default('cluster.local').describe('DNS domain of the cluster itself'),
  apiServerCidrs: z
    .array(cidr())
    .optional()
    .describe(
      'addresses of the API server as pods see it; default: the address in `server`, or any if that is a name',
    ),
};

/** The charts' source: their public registry, or a folder of archives. */
export const chartsSchema = z
  .strictObject({ directory: z.string().min(1, 'a folder').optional() })
  .prefault({})
  .describe(
    '`directory`: folder of chart archives for machines without the registry; default CHART_DIR, else the registry',
  );

/** How often targets are scraped; a sample each. 30s is kube-prometheus-stack's default. */
export const scrapeInterval = () => duration().prefault('30s');

export interface ApiServer {
  cidrs: string[];
  port: number;
}

/** Where pods reach the API server, for network policies. */
export function apiServer(cluster: { server: string; apiServerCidrs?: string[] | undefined }): ApiServer {
  const { hostname, port } = new URL(cluster.server);
  const derived = isIP(hostname) === 4 ? [`${hostname}/32`] : ['0.0.0.0/0'];
  return { cidrs: cluster.apiServerCidrs ?? derived, port: port ? Number(port) : 443 };
}
