import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { logs, state, toolLinks } from './paths';
import { endProcesses, processesOf } from './processes';
import { outlivingEnvironment } from './run';
import { waitUntil } from './wait';

/** A running MinIO server. User and password administer it. */
export interface ObjectStore {
  address: string;
  port: number;
  user: string;
  password: string;
}

/** Folder with the configuration of `mc`, whose alias `sandbox` is this server. */
export const mcConfig = join(state, 'mc');

const record = join(state, 'minio.json');

/** The recorded server, whether it still runs or not. */
export const recordedObjectStore = (): ObjectStore | undefined =>
  existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as ObjectStore) : undefined;

/**
 * Starts MinIO, or uses the one that runs. Port and credentials are chosen once, at random, and written down
 * before it starts: a run that is killed leaves no server that the next does not know.
 *
 * @param asked address to listen on; undefined: as before, at first 127.0.0.1
 * @throws Error with the path of its log when it is not ready after 60 s
 */
export async function startObjectStore(asked: string | undefined): Promise<ObjectStore> {
  const before = recordedObjectStore();
  const address = asked ?? before?.address ?? '127.0.0.1';
  if (before?.address === address && servers().length === 1 && (await healthy(before))) return before;
  await stopObjectStore();
  const store = {
    user: before?.user ?? `sandbox-${randomBytes(4).toString('hex')}`,
    password: before?.password ?? randomBytes(20).toString('hex'),
    address,
    port: before?.port ?? (await freePort(address)),
  };
  writeFileSync(record, JSON.stringify(store), { mode: 0o600 });
  writeAlias(store);
  launch(store);
  await waitUntil(() => healthy(store), 60, `MinIO (log: ${join(logs, 'minio.log')}) is not ready`);
  return store;
}

/** Ends every server on the sandbox's data; the data is part of the sandbox's state. */
export const stopObjectStore = (): Promise<void> => endProcesses(servers, { interrupt: 0, terminate: 30 });

const data = join(state, 'minio');

/** The servers on the sandbox's data: one, or two where an earlier run of two at the same time left one. */
const servers = () => processesOf(state).filter(({ command }) => command.endsWith(` ${data}`));

function launch({ address, port, user, password }: ObjectStore): void {
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
        ...outlivingEnvironment(),
        MINIO_ROOT_USER: user,
        MINIO_ROOT_PASSWORD: password,
        MINIO_BROWSER: 'off',
      },
    },
  );
  child.unref();
  closeSync(log);
  if (child.pid === undefined) throw new Error(`MinIO could not be started: ${toolLinks}/minio`);
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
