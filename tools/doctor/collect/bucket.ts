import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { parse } from 'yaml';
import { z } from 'zod';
import { secretName } from '../../../components/object-store/minio';
import { bucketUsers, objstoreKey, type BucketUser } from '../../../components/object-store/object-store';
import type { CentralConfig } from '../../../config/central';
import type { ApiReader } from '../../kubernetes/api-reader';
import type { RightsSeen } from '../checks/bucket';
import type { Observation } from '../finding';
import { NotSeen, observe } from '../observe';
import { patience, secret } from './cluster';

const objstore = z.object({
  config: z.object({
    bucket: z.string(),
    endpoint: z.string(),
    region: z.string().default('us-east-1'),
    insecure: z.boolean().default(false),
    access_key: z.string(),
    secret_key: z.string(),
  }),
});
export type Objstore = z.output<typeof objstore>['config'];

/** The users of a stack's bucket. */
export const usersOf = ({ ruler }: Pick<CentralConfig, 'ruler'>): BucketUser[] =>
  bucketUsers.filter((user) => user !== 'ruler' || ruler.enabled);

/** What each part's own key may do, asked with the key in its Secret. */
export const lookAtRights = (config: CentralConfig, api: ApiReader): Promise<Observation<RightsSeen>[]> =>
  Promise.all(
    usersOf(config).map((user) =>
      observe(`rights of ${user}`, patience, async () => {
        const name =
          config.objectStore.kind === 'minio' ? secretName(user) : (config.objectStore.secrets[user] ?? '');
        const { data } = await secret(api, name);
        // The error of a parser would quote the text, and the key with it.
        const read = objstore.safeParse(parsed(data[objstoreKey] ?? ''));
        if (!read.success)
          throw new NotSeen(`${name} has no ${objstoreKey} for S3`, 'Run pulumi up, or mend the Secret.');
        return rights(user, read.data.config);
      }),
    ),
  );

function parsed(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Not below a block's ULID, where Thanos would look at it. */
const absent = 'debug/doctor';

/**
 * Asks what a key may do, without changing anything: objects that are not there are read, and what is written
 * has other sums than the request says, so that a store that would take it refuses it. Right to delete cannot
 * be asked so.
 */
export async function rights(user: string, access: Objstore): Promise<RightsSeen> {
  const { bucket, endpoint, insecure, region } = access;
  const client = new AwsClient({
    accessKeyId: access.access_key,
    secretAccessKey: access.secret_key,
    service: 's3',
    region,
    retries: 0,
  });
  const at = `${insecure ? 'http' : 'https'}://${endpoint}/${bucket}`;
  const signal = AbortSignal.timeout(patience * 1000);
  const ask = async (url: string, init: RequestInit, allowed: number) => {
    const response = await client.fetch(url, { ...init, signal });
    const body = await response.text();
    if (response.status === allowed) return true;
    if (response.status === 403 && body.includes('<Code>AccessDenied<')) return false;
    const key = /<Code>(InvalidAccessKeyId|SignatureDoesNotMatch)</.exec(body)?.[1];
    if (key !== undefined) throw new KeyRefused(key);
    throw new NotSeen(
      refusal(response.status, body),
      'Look whether the key is there at the store, and is this one.',
    );
  };
  const other = (algorithm: string) => createHash(algorithm).update('another text');
  const asked = Promise.all([
    ask(`${at}?list-type=2&max-keys=1`, {}, 200),
    ask(`${at}/${absent}`, {}, 404),
    ask(
      `${at}/${absent}`,
      {
        method: 'PUT',
        body: 'text',
        headers: {
          'content-md5': other('md5').digest('base64'),
          'x-amz-content-sha256': other('sha256').digest('hex'),
        },
      },
      400,
    ),
  ]);
  try {
    const [list, read, write] = await asked;
    return { user, list, read, write };
  } catch (error) {
    if (error instanceof KeyRefused) return { user, ...nothing, refusal: error.message };
    throw error;
  }
}

class KeyRefused extends Error {}

const nothing = { list: false, read: false, write: false };

/** S3's own words. */
const refusal = (status: number, body: string): string =>
  `HTTP ${status} ${/<Code>([^<]*)</.exec(body)?.[1] ?? ''}: ${/<Message>([^<]*)</.exec(body)?.[1] ?? ''}`;
