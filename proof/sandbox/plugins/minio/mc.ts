import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server } from './server';

/** Name of the server in mc's arguments, as in `sandbox/bucket`. */
export const serverAlias = 'sandbox';
/** mc itself repeats refused requests for minutes; the real provider does not wait. */
const timeoutMs = 60_000;
const connectTimeoutMs = 10_000;

/** Failed request, with what the server or mc says about it. */
export class McError extends Error {}

/** `[FATAL] <what> (<id>): <server text>`, as the real provider words it. */
export function fatal(what: string, id: string, cause: unknown): Error {
  return new Error(`[FATAL] ${what} (${id}): ${cause instanceof Error ? cause.message : String(cause)}`);
}

/** Runs the MinIO client and answers with its last JSON message. */
export type Mc = (args: readonly string[], given?: { stdin?: string; file?: string }) => Promise<unknown>;

/** Placeholder in mc's arguments for the path of a file that has the given text. */
export const filePlaceholder = '{file}';

function dial({ endpoint, tls }: Server): Promise<void> {
  const url = new URL(`http://${endpoint}`);
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: connectTimeoutMs });
    const refuse = (reason: string): void => {
      socket.destroy();
      reject(new McError(`dial tcp ${endpoint}: connect: ${reason}`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => {
      refuse('i/o timeout');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      refuse(error.code === 'ECONNREFUSED' ? 'connection refused' : error.message);
    });
  });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function execute(args: readonly string[], env: NodeJS.ProcessEnv, stdin: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('mc', args, { env, stdio: 'pipe', signal: AbortSignal.timeout(timeoutMs) });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
    child.once('error', (error: NodeJS.ErrnoException) => {
      const texts: Record<string, string> = {
        ENOENT: "the sandbox's minio plugin needs the MinIO client mc on PATH",
        ABORT_ERR: `mc had no answer within ${String(timeoutMs / 1000)} s`,
      };
      reject(new McError(texts[error.code ?? ''] ?? error.message));
    });
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
    // mc may end without reading: what it says then is in its output.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

/** mc writes one JSON message per line. The last one says how it ended. */
function lastMessage(stdout: string): unknown {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  return line.startsWith('{') ? JSON.parse(line) : undefined;
}

interface Failure {
  readonly error?: { readonly message?: string; readonly cause?: { readonly message?: string } };
}

/**
 * No credential is ever on a command line: the provider's are in mc's environment, a user's on its standard
 * input.
 */
export function mcFor(server: Server): Mc {
  const scheme = server.tls ? 'https' : 'http';
  return async (args, { stdin = '', file } = {}) => {
    await dial(server);
    const folder = await mkdtemp(join(tmpdir(), 'pulumi-minio-'));
    try {
      const path = join(folder, 'input');
      if (file !== undefined) await writeFile(path, file, { mode: 0o600 });
      const { code, stdout, stderr } = await execute(
        [
          ...['--config-dir', folder, '--json', ...(server.insecure ? ['--insecure'] : [])],
          ...args.map((arg) => (arg === filePlaceholder ? path : arg)),
        ],
        {
          PATH: process.env['PATH'],
          HOME: folder,
          [`MC_HOST_${serverAlias}`]: `${scheme}://${server.user}:${server.password}@${server.endpoint}`,
        },
        stdin,
      );
      const message = lastMessage(stdout);
      if (code === 0) return message;
      const failure = (message as Failure | undefined)?.error;
      // The cause is what the server said; mc's own refusals have an empty one.
      const texts = [
        failure?.cause?.message,
        failure?.message,
        stderr.trim(),
        `mc ended with ${String(code)}`,
      ];
      throw new McError(texts.find((text) => text !== undefined && text !== ''));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
