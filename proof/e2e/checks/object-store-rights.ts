import { parse } from 'yaml';
import { bucketUsers, objstoreKey, type BucketUser } from '../../../components/object-store/object-store';
import { secretName } from '../../../components/object-store/minio';
import { Bucket } from '../bucket';
import type { KubernetesObject } from '../../../tools/kubernetes/cluster';
import type { Platform } from '../platform';
import { Failure } from '../../failure';
import type { Report } from '../report';

const operations = ['list', 'get', 'put', 'delete'] as const;
type Operation = (typeof operations)[number];

/** Operations that each part of Thanos needs; it must have no others. */
const expected: Record<BucketUser, readonly Operation[]> = {
  sidecar: ['list', 'get', 'put'],
  receive: ['list', 'get', 'put'],
  store: ['list', 'get'],
  compactor: ['list', 'get', 'put', 'delete'],
  ruler: ['list', 'get', 'put'],
};

interface Objstore {
  config: { bucket: string; endpoint: string; insecure?: boolean; access_key: string; secret_key: string };
}

interface Deployment extends KubernetesObject {
  spec: { template: { spec: { volumes?: { secret?: { secretName: string } }[] } } };
}

/** Checks each component's credentials, as its Secret has them, on the real server. */
export async function leastRights(platform: Platform, report: Report): Promise<void> {
  await report.check('each component has only the rights on the bucket that it needs', async () => {
    await queryHasNone(platform);
    // Thanos ignores what is not below a block's ULID.
    const folder = `debug/e2e-${platform.run}/`;
    try {
      const rows: { user: BucketUser; allowed: Operation[] }[] = [];
      for (const user of bucketUsers) rows.push({ user, allowed: await allowed(platform, folder, user) });
      const table = rows.map(({ user, allowed: found }) => row(user, found));
      const text = [line('with the credentials of', operations), ...table];
      const wrong = rows.filter(({ user, allowed: found }) => found.join() !== expected[user].join());
      if (wrong.length > 0) {
        const lines = wrong.map(({ user }) => `${user} should have ${expected[user].join(', ')}`);
        throw new Failure(['not as they should be', ...text, ...lines].join('\n'));
      }
      return `Query mounts no Secret\n${text.join('\n')}`;
    } finally {
      await platform.bucket.purge(folder);
    }
  });
}

const row = (user: string, allowed: readonly Operation[]) =>
  line(
    user,
    operations.map((operation) => (allowed.includes(operation) ? 'yes' : 'no')),
  );

const line = (first: string, cells: readonly string[]) =>
  [first.padEnd(23), ...cells.map((cell) => cell.padEnd(7))].join(' ').trimEnd();

async function allowed(platform: Platform, folder: string, user: BucketUser): Promise<Operation[]> {
  const { bucket: root, central, namespace } = platform;
  const content = (await central.secret(secretName(user), namespace))[objstoreKey] ?? '';
  const { config } = parse(content) as Objstore;
  if (config.bucket !== root.name)
    throw new Failure(`${secretName(user)} is for the bucket ${config.bucket}`);
  const bucket = new Bucket(config.bucket, {
    endpoint: config.endpoint,
    insecure: config.insecure ?? false,
    user: config.access_key,
    password: config.secret_key,
  });
  const there = `${folder}${user}-there`;
  const written = `${folder}${user}-written`;
  await root.put(there, 'content');
  const attempts: Record<Operation, () => Promise<boolean>> = {
    list: async () => (await bucket.list(folder)).includes(there),
    get: async () => (await bucket.get(there)) === 'content',
    put: async () => {
      await bucket.put(written, 'content');
      return (await root.list(folder)).includes(written);
    },
    // A refused deletion may still be answered with success.
    delete: async () => {
      await bucket.delete(there);
      return !(await root.list(folder)).includes(there);
    },
  };
  const results: Operation[] = [];
  for (const operation of operations) {
    if (await attempts[operation]().catch(refusedOnly)) results.push(operation);
  }
  return results;
}

/** Query reads no block, so it has no credentials. */
async function queryHasNone({ central, namespace }: Platform): Promise<void> {
  const query = await central.get<Deployment>('deployment', 'thanos-query', namespace);
  const secrets = (query.spec.template.spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []);
  if (secrets.length > 0) throw new Failure(`Query mounts the Secrets ${secrets.join(', ')}`);
}

/** False for a refusal by the server; any other failure says nothing about rights, and is thrown. */
function refusedOnly(error: unknown): boolean {
  if (error instanceof Failure && /access denied|forbidden|insufficient permissions/i.test(error.message))
    return false;
  throw error;
}
