import { parse, YAMLParseError } from 'yaml';
import { UserError } from '../command-line';

/** How kubectl is told to reach a cluster. */
export interface KubectlContext {
  /** None: the files that kubectl looks for itself, KUBECONFIG and then ~/.kube/config. */
  kubeconfig?: string | undefined;
  context: string;
}

export const kubectlFlags = ({ kubeconfig, context }: KubectlContext): string[] => [
  ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  '--context',
  context,
];

/** A cluster as the stack's configuration names it. */
export interface ClusterAccess extends KubectlContext {
  /** Path of the file. */
  kubeconfig: string;
  context: string;
  /** URL of the API server. */
  server: string;
}

interface Kubeconfig {
  'current-context'?: string;
  contexts: { name: string; context: { cluster: string } }[];
  clusters: { name: string; cluster: { server: string } }[];
}

/**
 * Where a kubeconfig's current context leads.
 *
 * @throws UserError that names the file when it is no kubeconfig, or has no current context or no such
 * cluster
 */
export function clusterAccess(path: string, text: string): ClusterAccess {
  const config = kubeconfig(path, text);
  const context = config['current-context'];
  if (!context) {
    throw new UserError(
      `${path} has no current context. Run: kubectl --kubeconfig ${path} config use-context NAME`,
    );
  }
  const name = config.contexts.find((c) => c.name === context)?.context.cluster;
  const server = config.clusters.find((c) => c.name === name)?.cluster.server;
  if (server === undefined) {
    throw new UserError(
      `${path}: the context ${context} has no cluster with a server. Run: kubectl --kubeconfig ${path} config view`,
    );
  }
  return { kubeconfig: path, context, server };
}

function kubeconfig(path: string, text: string): Kubeconfig {
  const content = yaml(text);
  const has = (key: string) =>
    typeof content === 'object' &&
    content !== null &&
    Array.isArray((content as Record<string, unknown>)[key]);
  if (has('contexts') && has('clusters')) return content as Kubeconfig;
  throw new UserError(
    `${path} is no kubeconfig: it has no lists "contexts" and "clusters". Name the file that kubectl uses for the cluster.`,
  );
}

function yaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    if (error instanceof YAMLParseError) return undefined;
    throw error;
  }
}
