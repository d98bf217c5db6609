import type { Input } from '@pulumi/pulumi';
import type { ObjectStoreConfig } from '../../config/object-store';
import type { SecretKeyRef } from '../foundation/references';
import { roles, type BucketRights } from '../thanos/roles';

type Roles = typeof roles;

/** The roles of Thanos that reach the bucket, each as a user with rights of its own. Query has none. */
export type BucketUser = {
  [Key in keyof Roles]: Roles[Key] extends { bucket: BucketRights } ? Key : never;
}[keyof Roles];

export const bucketUsers = (Object.keys(roles) as (keyof Roles)[]).filter(
  (key): key is BucketUser => 'bucket' in roles[key],
);

/** The key of an objstore.yml in its Secret. */
export const objstoreKey = 'objstore.yml';

/**
 * The bucket of all blocks, by whoever serves it. Without it samples stay on the volumes of Prometheus and
 * Receive for their retention, and everything older is unreadable.
 */
export interface ObjectStore {
  bucket: Input<string>;
  /** An objstore.yml for each user, in the namespace `monitoring`. */
  secrets: Record<BucketUser, SecretKeyRef>;
}

/** A value for each of the bucket's users. */
export const forEachUser = <T>(make: (user: BucketUser) => T): Record<BucketUser, T> =>
  Object.fromEntries(bucketUsers.map((user) => [user, make(user)])) as Record<BucketUser, T>;

/** The port that pods reach it by: what the endpoint says, else that of its protocol. */
export const objectStorePort = ({
  endpoint,
  insecure,
}: Pick<ObjectStoreConfig, 'endpoint' | 'insecure'>): number =>
  Number(/:(\d+)$/.exec(endpoint)?.[1] ?? (insecure ? 80 : 443));
