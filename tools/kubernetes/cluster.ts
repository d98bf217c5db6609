import { resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { readGiven, UserError } from '../command-line';
import { checkedJson, parsedJson } from '../json';
import { clusterAccess, kubectlFlags, type ClusterAccess } from './kubeconfig';
import { forwarded, type Address } from './port-forward';

const notKubectl = 'Look which kubectl stands first on PATH, and what it prints beside the answer.';

/** Fields of every object that are read here. */
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

/** A Service or an Ingress that is reached from outside. */
export interface LoadBalanced extends KubernetesObject {
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

/** Address that a controller has given to a Service or an Ingress, if it has. */
export function loadBalancerAddress({ status }: LoadBalanced): string | undefined {
  const given = status.loadBalancer?.ingress?.[0];
  return given?.ip ?? given?.hostname;
}

/** Seconds that kubectl has to say itself that its time is up. */
const grace = 10;

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
    const text = await this.kubectl(['get', kind, name, '--output=json'], options);
    return parsedJson(`kubectl get ${kind} ${name}`, text, notKubectl) as T;
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
    const schema = z.object({ items: z.array(z.unknown()) });
    return checkedJson(`kubectl get ${kinds.join(',')}`, schema, text, notKubectl).items as T[];
  }

  /** Creates or changes an object. */
  async apply(object: object): Promise<void> {
    await this.kubectl(['apply', '--server-side', '--filename=-'], { input: JSON.stringify(object) });
  }

  /**
   * Waits for something about an object.
   *
   * @param target such as `pod/thanos-receiver-0`
   * @param what as `kubectl wait` takes it: `condition=Ready`, `delete`, `jsonpath={.status.phase}=Succeeded`
   * @throws Error when it has not come after so many seconds
   */
  async wait(target: string, what: string, namespace: string, seconds: number): Promise<void> {
    await this.kubectl(['wait', target, `--for=${what}`, `--timeout=${seconds}s`], {
      namespace,
      timeout: seconds + grace,
    });
  }

  /**
   * Restarts the pods of a workload, as an update does, and waits until all are Ready.
   *
   * @param target such as `statefulset/thanos-receiver`
   * @throws Error when they are not after so many seconds
   */
  async restart(target: string, namespace: string, seconds: number): Promise<void> {
    await this.kubectl(['rollout', 'restart', target], { namespace });
    await this.kubectl(['rollout', 'status', target, `--timeout=${seconds}s`], {
      namespace,
      timeout: seconds + grace,
    });
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

  /** @see forwarded */
  forwarded<T>(
    target: string,
    port: number,
    namespace: string,
    use: (address: Address) => Promise<T>,
  ): Promise<T> {
    return forwarded(this.access, { target, port, namespace }, use);
  }

  private flags(namespace?: string): string[] {
    const where = namespace === undefined ? [] : ['--namespace', namespace];
    return [...kubectlFlags(this.access), ...where];
  }
}
