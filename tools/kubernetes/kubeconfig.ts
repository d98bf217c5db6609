import { parse } from 'yaml';

/** A cluster as the stack's configuration names it. */
export interface ClusterAccess {
  /** Path of the file. */
  kubeconfig: string;
  context: string;
  /** URL of the API server. */
  server: string;
}

interface Kubeconfig {
  'current-context'?: string;
  contexts?: { name: string; context: { cluster: string } }[];
  clusters?: { name: string; cluster: { server: string } }[];
}

/**
 * Where a kubeconfig's current context leads.
 *
 * @throws Error that names the file when it has no current context or no such cluster
 */
export function clusterAccess(path: string, text: string): ClusterAccess {
  const config = (parse(text) ?? {}) as Kubeconfig;
  const context = config['current-context'];
  if (!context) {
    throw new Error(
      `${path} has no current context. Run: kubectl --kubeconfig ${path} config use-context NAME`,
    );
  }
  const name = config.contexts?.find((c) => c.name === context)?.context.cluster;
  const server = config.clusters?.find((c) => c.name === name)?.cluster.server;
  if (server === undefined) throw new Error(`${path}: the context ${context} has no cluster with a server`);
  return { kubeconfig: path, context, server };
}
