import { monitoringNamespace as namespace } from '../../../components/foundation/namespaces';
import { HttpClient } from '../../http-client';
import type { KubectlContext } from '../../kubernetes/kubeconfig';
import { forwarded } from '../../kubernetes/port-forward';
import type { Observation } from '../finding';
import { NotSeen, observe } from '../observe';
import { patience } from './cluster';

/** A server in a cluster, asked through a forwarded port. */
export interface Asked {
  /** The body of an answer. @throws NotSeen for a status other than 200 */
  get: (path: string) => Promise<string>;
  post: (path: string, body: unknown) => Promise<string>;
}

export interface Login {
  user: string;
  password: string;
}

export const basic = ({ user, password }: Login): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** @param headers of every request */
export function askedBy(http: HttpClient, headers: Readonly<Record<string, string>> = {}): Asked {
  const send = async (request: Parameters<HttpClient['send']>[0]) => {
    const { status, body } = await http.send(request);
    if (status === 200) return body;
    throw status === 401
      ? new NotSeen(
          'it refuses the password',
          'The one in the outputs is not its own any more: run pulumi up, or reset it.',
        )
      : new NotSeen(`${request.path.split('?')[0] ?? ''}: HTTP ${status}: ${body.slice(0, 200)}`);
  };
  return {
    get: (path) => send({ path, headers }),
    post: (path, body) =>
      send({
        method: 'POST',
        path,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/**
 * Asks a server in the cluster.
 *
 * @param target such as `service/thanos-query`
 * @param seconds how long all of it may take
 */
export const askForwarded = <T>(
  cluster: KubectlContext,
  { target, port, headers }: { target: string; port: number; headers?: Readonly<Record<string, string>> },
  use: (asked: Asked) => Promise<T>,
  seconds = patience,
): Promise<Observation<T>> =>
  observe(target, seconds, (signal) =>
    forwarded(
      cluster,
      { target, port, namespace },
      async (address) => {
        const http = new HttpClient(address, undefined, { timeoutMs: seconds * 1000 });
        try {
          return await use(askedBy(http, headers));
        } finally {
          http.close();
        }
      },
      signal,
    ),
  );
