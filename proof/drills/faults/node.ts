import type { Cluster, KubernetesObject } from '../../../tools/kubernetes/cluster';
import { imageReference, images } from '../../../versions';

interface Pod extends KubernetesObject {
  spec: { nodeName: string };
}

/** Namespace of what the drills themselves deploy. */
export const drillsNamespace = 'drills';

/** Seconds until a pod's image is there and it runs. */
const startup = 120;

/** Makes the namespace; its pods may do what a node's own processes may. */
export const createNamespace = (cluster: Cluster): Promise<void> =>
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: drillsNamespace,
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
    },
  });

/** Removes everything that the drills have deployed. */
export const deleteNamespace = (cluster: Cluster): Promise<string> =>
  cluster.kubectl(['delete', 'namespace', drillsNamespace, '--ignore-not-found'], { timeout: 120 });

/**
 * Shell among the processes of a node, for faults that Kubernetes cannot make: a pod's deletion, however
 * forced, begins with SIGTERM.
 */
export class NodeShell {
  private constructor(
    private readonly cluster: Cluster,
    private readonly name: string,
  ) {}

  /** Starts a shell on the node where a pod runs. */
  static async beside(cluster: Cluster, namespace: string, pod: string): Promise<NodeShell> {
    const { spec } = await cluster.get<Pod>('pod', pod, namespace);
    const name = `node-${spec.nodeName}`;
    await createNamespace(cluster);
    await cluster.apply(shellPod(name, spec.nodeName));
    await cluster.wait(`pod/${name}`, 'condition=Ready', drillsNamespace, startup);
    return new NodeShell(cluster, name);
  }

  /**
   * Runs a script in the shell's own image, among the node's processes.
   *
   * @param timeout seconds
   * @returns its standard output
   */
  run(script: string, timeout = 120): Promise<string> {
    return this.cluster.kubectl(['exec', this.name, '--', '/bin/busybox', 'sh', '-ec', script], {
      namespace: drillsNamespace,
      timeout,
    });
  }

  /** Runs a script with the node's own programs and in its own mounts. */
  onNode(script: string): Promise<string> {
    return this.run(`busybox nsenter -t 1 -m -- /bin/sh -ec '${script}'`);
  }

  /** Process id that the node gives to a program in a pod. @throws Error when there is none */
  async pid(program: 'thanos' | 'prometheus', namespace: string, pod: string): Promise<string> {
    const { metadata } = await this.cluster.get<Pod>('pod', pod, namespace);
    // Some cgroup drivers write underscores.
    const uid = metadata.uid.replaceAll('-', '[-_]');
    const found = await this.run(`
      for cgroup in $(busybox grep -l '${uid}' /proc/[0-9]*/cgroup 2>/dev/null || true); do
        process=\${cgroup%/cgroup}
        ! busybox grep -aq '^/bin/${program}' $process/cmdline || echo \${process#/proc/}
      done`);
    const [pid] = found.split('\n');
    if (!pid) throw new Error(`no process ${program} of ${pod} on its node`);
    return pid;
  }
}

const shellPod = (name: string, nodeName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: drillsNamespace },
  spec: {
    nodeName,
    hostPID: true,
    terminationGracePeriodSeconds: 0,
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: 'shell',
        image: imageReference(images.busybox),
        command: ['/bin/busybox', 'sleep', '100000'],
        securityContext: { privileged: true, runAsUser: 0 },
      },
    ],
  },
});
