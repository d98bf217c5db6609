import { z } from 'zod';
import { apiServer, clusterDomain } from './networks';
import { clusterName, duration, objectName } from './scalars';
import { filePath, labelValue, plainText } from './texts';

/** Where a stack deploys to, and how that cluster names itself. The same for central and edge stacks. */
export const clusterShape = {
  name: clusterName().describe(
    'name of the cluster; of an edge also its tenant and the value of its label `cluster`',
  ),
  environment: labelValue().describe('value of the external label `environment`'),
  context: plainText('a context of your kubeconfig').describe('kubeconfig context that reaches the cluster'),
  server: apiServer().describe('URL of the API server; a context that leads anywhere else is refused'),
  kubeconfig: filePath('the path of a kubeconfig file')
    .optional()
    .describe(
      'kubeconfig file; default: KUBECONFIG, then ~/.kube/config. Of a file that is named here the Kubernetes provider leaves a copy in the temporary folder (TMPDIR) at every run, readable by its owner only',
    ),
  storageClass: objectName().describe('StorageClass of every volume'),
  clusterDomain: clusterDomain().default('cluster.local').describe('DNS domain of the cluster itself'),
};

/** The charts' source: their public registry, or a folder of archives. */
export const chartsSchema = z
  .strictObject({ directory: filePath('the path of a folder').optional() })
  .prefault({})
  .describe(
    '`directory`: folder of chart archives for machines without the registry; default CHART_DIR, else the registry',
  );

const scraped = (part: string) => z.boolean().default(false).describe(part);

/**
 * The parts of a control plane that can be scraped, each false unless somebody says otherwise: a managed
 * control plane shows none of them, and kubeadm binds all four to 127.0.0.1.
 */
export const controlPlaneSchema = z
  .strictObject({
    scheduler: scraped('kube-scheduler, on port 10259 of the nodes (`--bind-address`)'),
    controllerManager: scraped('kube-controller-manager, on port 10257 of the nodes (`--bind-address`)'),
    etcd: scraped('etcd, on port 2381 of the nodes (`--listen-metrics-urls`)'),
    kubeProxy: scraped('kube-proxy, on port 10249 of the nodes (`metricsBindAddress`)'),
  })
  .prefault({})
  .describe('which parts of this cluster’s control plane listen where they can be scraped');

export type ControlPlane = z.output<typeof controlPlaneSchema>;

/**
 * Most agents of an edge, and the default: two, so that a restart of one during an outage loses nothing
 * (docs/outage.md).
 */
export const maxAgents = 2;

/**
 * The longest interval for which the rules hold: a sample counts as fresh for two minutes, an edge is silent
 * after ten, and a rate over five minutes needs four scrapes (`observability/rules/`).
 */
const longestScrapeInterval = '1m';

/** How often targets are scraped; a sample each. 30s is kube-prometheus-stack's default. */
export const scrapeInterval = () =>
  duration({ most: longestScrapeInterval })
    .prefault('30s')
    .describe(
      'how often targets are scraped; our rules look at windows of four scrapes, so it is one minute at most',
    );

/** Port of the API server, for network policies. */
export function apiServerPort(cluster: { server: string }): number {
  const { port } = new URL(cluster.server);
  return port ? Number(port) : 443;
}
