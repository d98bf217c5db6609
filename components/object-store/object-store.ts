import type { Input } from '@pulumi/pulumi';
import type { SecretKeyRef } from '../foundation/references';

/** The parts of Thanos that reach the bucket, each with rights of its own. Query has none. */
export const bucketUsers = ['sidecar', 'receive', 'store', 'compactor', 'ruler'] as const;
export type BucketUser = (typeof bucketUsers)[number];

/** The key of an objstore.yml in its Secret. */
export const objstoreKey = 'objstore.yml';

/**
 * The bucket of all blocks, by whoever serves it. Without it samples stay on the volumes of Prometheus and Receive for
 * their retention, and everything older is unreadable.
 */
export interface ObjectStore {
  bucket: Input<string>;
  /** An objstore.yml for each user, in the namespace `monitoring`. */
  secrets: Record<BucketUser, SecretKeyRef>;
}

/** A value for each of the bucket's users. */
export const forEachUser = <T>(make: (user: BucketUser) => T): Record<BucketUser, T> => ({
  sidecar: make('sidecar'),
  receive: make('receive'),
  store: make('store'),
  compactor: make('compactor'),
  ruler: make('ruler'),
});
