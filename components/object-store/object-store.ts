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
  secrets: UserSecrets;
}

/** A Secret for each user; for the Ruler's only where there is a Ruler. */
export type UserSecrets = Record<Exclude<BucketUser, 'ruler'>, SecretKeyRef> & { ruler?: SecretKeyRef };

/**
 * A Secret for each of the bucket's users that there are: without a Ruler nobody may write as one.
 *
 * @param ruler whether the stack has a Ruler
 */
export const forEachUser = (ruler: boolean, make: (user: BucketUser) => SecretKeyRef): UserSecrets =>
  Object.fromEntries(
    bucketUsers.filter((user) => ruler || user !== 'ruler').map((user) => [user, make(user)]),
  ) as unknown as UserSecrets;

/** The port that pods reach it by: what the endpoint says, else that of its protocol. */
export const objectStorePort = ({
  endpoint,
  insecure,
}: Pick<ObjectStoreConfig, 'endpoint' | 'insecure'>): number =>
  Number(/:(\d+)$/.exec(endpoint)?.[1] ?? (insecure ? 80 : 443));
