import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { logs, state, toolLinks } from './paths';
import { waitUntil } from './wait';

/** A running MinIO server. User and password administer it. */
export interface ObjectStore {
  address: string;
  port: number;
  user: string;
  password: string;
  pid: number;
}

/** Folder with the configuration of `mc`, whose alias `sandbox` is this server. */
export const mcConfig = join(state, 'mc');

const record = join(state, 'minio.json');

/** The recorded server, whether it still runs or not. */
export const recordedObjectStore = (): ObjectStore | undefined =>
  existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as ObjectStore) : undefined;

/**
 * Starts MinIO, or uses the one that runs. Port and credentials are chosen once, at random.
 *
 * @throws Error with the path of its log when it is not ready after 60 s
 */
export async function startObjectStore(address: string): Promise<ObjectStore> {
  const before = recordedObjectStore();
  if (before?.address === address && (await healthy(before))) return before;
  await stopObjectStore();
  const store = {
    user: before?.user ?? `sandbox-${randomBytes(4).toString('hex')}`,
    password: before?.password ?? randomBytes(20).toString('hex'),
    address,
    port: before?.port ?? (await freePort(address)),
  };
  const started = { ...store, pid: launch(store) };
  writeFileSync(record, JSON.stringify(started), { mode: 0o600 });
  writeAlias(started);
  await waitUntil(() => healthy(started), 60, `MinIO (log: ${join(logs, 'minio.log')}) is not ready`);
  return started;
}

/** Ends the recorded server, if it runs. Its data is part of the sandbox's state. */
export async function stopObjectStore(): Promise<void> {
  const store = recordedObjectStore();
  // The id may meanwhile belong to another process.
  if (!store || !(await commandOf(store.pid)).includes('minio server')) return;
  process.kill(store.pid);
  const ended = async () => !(await commandOf(store.pid)).includes('minio server');
  await waitUntil(ended, 30, `MinIO (process ${store.pid}) has not ended`);
}

function launch({ address, port, user, password }: Omit<ObjectStore, 'pid'>): number {
  const data = join(state, 'minio');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = openSync(join(logs, 'minio.log'), 'a');
  const child = spawn(
    join(toolLinks, 'minio'),
    ['server', '--quiet', '--address', `${address}:${port}`, data],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        MINIO_ROOT_USER: user,
        MINIO_ROOT_PASSWORD: password,
        MINIO_BROWSER: 'off',
      },
    },
  );
  child.unref();
  closeSync(log);
  if (child.pid === undefined) throw new Error(`MinIO could not be started: ${toolLinks}/minio`);
  return child.pid;
}

/** A file rather than `mc alias set`, whose arguments every user of the machine could read. */
function writeAlias(store: ObjectStore): void {
  mkdirSync(mcConfig, { recursive: true, mode: 0o700 });
  const alias = {
    url: `http://${store.address}:${store.port}`,
    accessKey: store.user,
    secretKey: store.password,
    api: 'S3v4',
    path: 'auto',
  };
  const config = { version: '10', aliases: { sandbox: alias } };
  writeFileSync(join(mcConfig, 'config.json'), JSON.stringify(config), { mode: 0o600 });
}

async function healthy({ address, port }: ObjectStore): Promise<boolean> {
  try {
    const url = `http://${address}:${port}/minio/health/ready`;
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/**
 * The command line of a process; empty when there is none. Small Linux images lack `ps`, macOS lacks /proc.
 */
async function commandOf(pid: number): Promise<string> {
  if (!existsSync('/proc/self/cmdline')) {
    return (await execa('ps', ['-p', String(pid), '-o', 'args='], { reject: false })).stdout;
  }
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : '';
}

const freePort = (address: string) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, address, () => {
      const bound = server.address();
      server.close(() => {
        if (bound !== null && typeof bound === 'object') resolve(bound.port);
        else reject(new Error(`no free port at ${address}`));
      });
    });
  });
