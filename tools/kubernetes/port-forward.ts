import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { kubectlFlags, type KubectlContext } from './kubeconfig';

/** How to reach a server whose name this machine may not resolve. */
export interface Address {
  host: string;
  port: number;
}

export interface ForwardedPort {
  /** Such as `service/thanos-query`. */
  target: string;
  port: number;
  namespace: string;
}

/**
 * Forwards a local port to a pod while `use` runs. It works on any cluster, whatever is reachable from here,
 * and network policies let it pass, since it comes from the pod's own node.
 *
 * @param signal ends the forwarding before
 * @throws Error with what kubectl said, when there is no way to the pod
 */
export async function forwarded<T>(
  cluster: KubectlContext,
  { target, port, namespace }: ForwardedPort,
  use: (address: Address) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const forward = execa(
    'kubectl',
    [
      ...kubectlFlags(cluster),
      '--namespace',
      namespace,
      'port-forward',
      '--address=127.0.0.1',
      target,
      `:${port}`,
    ],
    { stdin: 'ignore', reject: false, cleanup: true, ...(signal && { cancelSignal: signal }) },
  );
  try {
    return await use({ host: '127.0.0.1', port: await localPort(forward, target) });
  } finally {
    forward.kill();
    await forward;
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
