import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { z } from 'zod';
import { HttpClient } from '../http-client';
import { kubectlFlags, type KubectlContext } from './kubeconfig';

/** What the API server answers instead of an object. */
export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const refusal = z.object({ message: z.string() });

/** Reads objects of the API server; the paths are Kubernetes' own. */
export class ApiReader {
  constructor(private readonly http: HttpClient) {}

  /**
   * @param path such as `/api/v1/namespaces/monitoring/pods`
   * @throws ApiError with the server's words; ZodError for an object of another form
   */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { status, body } = await this.http.send({ path });
    if (status !== 200) throw new ApiError(status, messageOf(status, body));
    return schema.parse(JSON.parse(body));
  }

  /** The items of a list. */
  async list<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
    const { items } = await this.get(path, z.object({ items: z.array(schema) }));
    return items;
  }
}

function messageOf(status: number, body: string): string {
  try {
    return refusal.parse(JSON.parse(body)).message;
  } catch {
    return `HTTP ${status}: ${body.slice(0, 200)}`;
  }
}

/** Every method that changes something. */
const changing = '^(POST|PUT|PATCH|DELETE)$';

/**
 * Reads from the API server while `use` runs.
 *
 * One `kubectl proxy` answers all questions: kubectl knows every way to log in, and to start it for each
 * question would take longer than the answers. It refuses whatever is not a reading request, and listens on a
 * socket that nobody else on this machine can open.
 *
 * @param seconds that a request may take
 * @throws Error with what kubectl said, when it does not start
 */
export async function readingApi<T>(
  cluster: KubectlContext,
  seconds: number,
  use: (api: ApiReader) => Promise<T>,
): Promise<T> {
  // Made for its owner alone.
  const folder = await mkdtemp(join(tmpdir(), 'kubectl-proxy-'));
  const socketPath = join(folder, 'socket');
  const proxy = execa(
    'kubectl',
    [...kubectlFlags(cluster), 'proxy', `--unix-socket=${socketPath}`, `--reject-methods=${changing}`],
    { stdin: 'ignore', reject: false, cleanup: true },
  );
  const http = new HttpClient({ socketPath }, undefined, { timeoutMs: seconds * 1000 });
  try {
    await started(proxy);
    return await use(new ApiReader(http));
  } finally {
    http.close();
    proxy.kill();
    await proxy;
    await rm(folder, { recursive: true, force: true });
  }
}

async function started(proxy: ReturnType<typeof execa>): Promise<void> {
  if (!proxy.stdout) throw new Error('kubectl proxy: no output');
  const lines = createInterface({ input: proxy.stdout });
  try {
    for await (const line of lines) if (line.startsWith('Starting to serve')) return;
  } finally {
    lines.close();
    proxy.stdout.resume();
  }
  const { stderr, originalMessage } = await proxy;
  throw new Error(`kubectl proxy: ${String(stderr) || (originalMessage ?? 'ended')}`);
}
