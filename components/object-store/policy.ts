import type { BucketUser } from './object-store';

/**
 * ListBucket also decides what a missing object looks like: without it S3 answers "forbidden" instead of "not found",
 * and Thanos takes that for a failure.
 */
const bucketActions = ['s3:GetBucketLocation', 's3:ListBucket'];

const read = ['s3:GetObject'];
/** Blocks are uploaded in parts; an upload that failed is given up. */
const write = [...read, 's3:PutObject', 's3:AbortMultipartUpload'];
/** A delete marker on the current version; MinIO takes this action for leave to delete old versions, too. */
const remove = [...write, 's3:DeleteObject'];

/**
 * What each user may do with the bucket's objects. Only the compactor deletes; those that upload must read back what is
 * there already; Store never writes.
 */
const objectActions: Record<BucketUser, readonly string[]> = {
  sidecar: write,
  receive: write,
  ruler: write,
  store: read,
  compactor: remove,
};

/** The IAM policy document of one user, for exactly one bucket. */
export function policyDocument(user: BucketUser, bucket: string) {
  const objects = [`arn:aws:s3:::${bucket}/*`];
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: bucketActions, Resource: [`arn:aws:s3:::${bucket}`] },
      { Effect: 'Allow', Action: objectActions[user], Resource: objects },
      // Whatever a credential of the cluster deletes can be brought back (docs/adr/0003).
      { Effect: 'Deny', Action: ['s3:DeleteObjectVersion'], Resource: objects },
    ],
  };
}
