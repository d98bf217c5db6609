import type { ObjectStoreConfig } from '../../config/object-store';
import { forEachUser, objstoreKey, type ObjectStore } from './object-store';

type Existing = Pick<Extract<ObjectStoreConfig, { kind: 'existing' }>, 'bucket' | 'secrets'>;

/**
 * A bucket, users and Secrets that somebody else keeps, with any S3.
 *
 * The stack never reads those Secrets, so it cannot tell when one changes: restart the pods then
 * (`kubectl rollout restart`). Another Secret's name does restart them.
 */
export const existingObjectStore = ({ bucket, secrets }: Existing): ObjectStore => ({
  bucket,
  secrets: forEachUser(secrets.ruler !== undefined, (user) => {
    const name = secrets[user] ?? '';
    return { name, key: objstoreKey, checksum: name };
  }),
});
