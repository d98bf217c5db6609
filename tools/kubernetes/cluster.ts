import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { readGiven, UserError } from '../command-line';
import { clusterAccess, type ClusterAccess } from './kubeconfig';

/** What every object that is read here has. */
export interface KubernetesObject {
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    labels?: Record<string, string>;
    generation?: number;
    ownerReferences?: { kind: string; name: string }[];
  };
}

export interface KubectlOptions {
  namespace?: string;
  input?: string;
  /** Seconds. */
  timeout?: number;
}

/** How to reach a server whose name this machine may not resolve. */
export interface Address {
  host: string;
  port: number;
}

/** A real cluster, through kubectl and the current context of a kubeconfig file. */
export class Cluster {
  readonly access: ClusterAccess;

  /** @throws UserError when the file cannot be read or has no current context */
  constructor(file: string) {
    this.access = clusterAccess(resolve(file), readGiven('kubeconfig', file));
  }

  /**
   * Runs kubectl.
   *
   * @returns its standard output
   * @throws UserError with what it said: the cluster is not as it must be
   */
  async kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const result = await execa('kubectl', [...this.flags(options.namespace), ...args], {
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
      timeout: (options.timeout ?? 60) * 1000,
      reject: false,
    });
    if (result.exitCode === 0) return result.stdout;
    const why = result.timedOut ? `no end after ${options.timeout ?? 60} s` : result.stderr;
    throw new UserError(`kubectl ${args.join(' ')}: ${why || (result.originalMessage ?? 'failed')}`);
  }

  async get<T extends KubernetesObject>(kind: string, name: string, namespace?: string): Promise<T> {
    const options = namespace === undefined ? {} : { namespace };
    return JSON.parse(await this.kubectl(['get', kind, name, '--output=json'], options)) as T;
  }

  /** Every object of the given kinds in a namespace, or with `undefined` in all. */
  async list<T extends KubernetesObject>(
    kinds: readonly string[],
    namespace?: string,
    selector?: string,
  ): Promise<T[]> {
    const where = namespace === undefined ? ['--all-namespaces'] : [];
    const which = selector === undefined ? [] : ['--selector', selector];
    const options = namespace === undefined ? {} : { namespace };
    const text = await this.kubectl(['get', kinds.join(','), '--output=json', ...where, ...which], options);
    return (JSON.parse(text) as { items: T[] }).items;
  }

  /** The values of a Secret, by key. */
  async secret(name: string, namespace: string): Promise<Record<string, string>> {
    const { data } = await this.get<KubernetesObject & { data: Record<string, string> }>(
      'secret',
      name,
      namespace,
    );
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  }

  /**
   * Forwards a local port to a pod while `use` runs. It works on any cluster, whatever is reachable from here, and
   * network policies let it pass, since it comes from the pod's own node.
   *
   * @param target such as `service/thanos-query`
   */
  async forwarded<T>(
    target: string,
    port: number,
    namespace: string,
    use: (address: Address) => Promise<T>,
  ): Promise<T> {
    const forward = execa(
      'kubectl',
      [...this.flags(namespace), 'port-forward', '--address=127.0.0.1', target, `:${port}`],
      { stdin: 'ignore', reject: false, cleanup: true },
    );
    try {
      return await use({ host: '127.0.0.1', port: await localPort(forward, target) });
    } finally {
      forward.kill();
      await forward;
    }
  }

  private flags(namespace?: string): string[] {
    const { kubeconfig, context } = this.access;
    const where = namespace === undefined ? [] : ['--namespace', namespace];
    return ['--kubeconfig', kubeconfig, '--context', context, ...where];
  }
}

/** The port that kubectl says it listens on. */
async function localPort(forward: ReturnType<typeof execa>, target: string): Promise<number> {
  if (!forward.stdout) throw new Error(`kubectl port-forward ${target}: no output`);
  const lines = createInterface({ input: forward.stdout });
  try {
    for await (const line of lines) {
      const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) return Number(port);
    }
  } finally {
    lines.close();
    // Otherwise its later lines fill the pipe and kubectl stands still.
    forward.stdout.resume();
  }
  const { stderr } = await forward;
  throw new Error(`kubectl port-forward ${target}: ${String(stderr)}`);
}
