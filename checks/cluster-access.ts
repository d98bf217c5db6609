import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { apiServerPort } from '../config/cluster';
import { shown, type Violation } from '../config/errors';

/** The keys of `monitoring:cluster` that say how the cluster is reached. */
export interface ClusterAccess {
  context: string;
  server: string;
  kubeconfig?: string | undefined;
}

interface Kubeconfig {
  contexts?: { name: string; context: { cluster: string } }[];
  clusters?: { name: string; cluster: { server: string; 'proxy-url'?: string } }[];
}

/** How long the API server may take to accept a connection. */
const connectTimeoutMs = 3000;

/** The kubeconfig files in the order in which kubectl reads them. */
function files({ kubeconfig }: ClusterAccess): string[] {
  const fromEnvironment = process.env['KUBECONFIG']?.split(delimiter).filter(Boolean) ?? [];
  if (kubeconfig) return [kubeconfig];
  return fromEnvironment.length > 0 ? fromEnvironment : [join(homedir(), '.kube', 'config')];
}

/**
 * Where a context leads, from the texts of kubeconfig files; an earlier file wins, as with kubectl.
 *
 * @returns undefined when no file has the context or its cluster
 */
export function serverOf(
  context: string,
  texts: readonly string[],
): { server: string; proxied: boolean } | undefined {
  const configs = texts.map((text) => (parse(text) ?? {}) as Kubeconfig);
  const name = configs.flatMap((c) => c.contexts ?? []).find((c) => c.name === context)?.context.cluster;
  const cluster = configs.flatMap((c) => c.clusters ?? []).find((c) => c.name === name)?.cluster;
  return cluster && { server: cluster.server, proxied: cluster['proxy-url'] !== undefined };
}

/**
 * Checks that the configured context leads to the configured API server and that it answers, so that a stack
 * neither lands in another cluster nor stops half way.
 */
export async function clusterViolations(access: ClusterAccess): Promise<Violation[]> {
  const paths = files(access);
  const present = paths.filter((path) => existsSync(path));
  const found = serverOf(
    access.context,
    present.map((path) => readFileSync(path, 'utf8')),
  );
  if (!found) {
    return [
      {
        key: 'cluster.context',
        found: shown(access.context),
        allowed: `a context of ${paths.join(', ')}`,
        fix: 'Set KUBECONFIG or monitoring:cluster.kubeconfig to a file that has it, or correct the name.',
      },
    ];
  }
  if (new URL(found.server).href !== new URL(access.server).href) {
    return [
      {
        key: 'cluster.context',
        found: `${shown(access.context)}, which leads to ${found.server}`,
        allowed: `a context that leads to monitoring:cluster.server (${access.server})`,
        fix: 'Choose the right context, or correct monitoring:cluster.server if the cluster has moved.',
      },
    ];
  }
  // Through a proxy the address itself need not be reachable from here.
  if (found.proxied || process.env['HTTPS_PROXY'] || (await answers(access))) return [];
  return [
    {
      key: 'cluster.server',
      found: shown(access.server),
      allowed: `an API server that accepts a connection within ${connectTimeoutMs / 1000} s`,
      fix: 'Check that the cluster runs and that this machine reaches it (VPN, firewall).',
    },
  ];
}

const answers = ({ server }: ClusterAccess) =>
  new Promise<boolean>((resolve) => {
    const { hostname } = new URL(server);
    const socket = connect({ host: hostname, port: apiServerPort({ server }), timeout: connectTimeoutMs });
    const end = (result: boolean) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
