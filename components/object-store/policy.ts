import { roles, type BucketRights } from '../thanos/roles';
import type { BucketUser } from './object-store';

/**
 * ListBucket also decides what a missing object looks like: without it S3 answers "forbidden" instead of "not
 * found", and Thanos takes that for a failure.
 */
const bucketActions = ['s3:GetBucketLocation', 's3:ListBucket'];

const read = ['s3:GetObject'];
/**
 * Blocks are uploaded in parts; an upload that failed is given up. Who uploads must read back what is there
 * already.
 */
const upload = [...read, 's3:PutObject', 's3:AbortMultipartUpload'];
/** A delete marker on the current version; MinIO takes this action for leave to delete old versions, too. */
const remove = [...upload, 's3:DeleteObject'];

/** The actions on the bucket's objects that each right in `roles` stands for. */
const objectActions: Record<BucketRights, readonly string[]> = { read, upload, delete: remove };

/** The IAM policy document of one user, for exactly one bucket. */
export function policyDocument(user: BucketUser, bucket: string) {
  const objects = [`arn:aws:s3:::${bucket}/*`];
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: bucketActions, Resource: [`arn:aws:s3:::${bucket}`] },
      { Effect: 'Allow', Action: objectActions[roles[user].bucket], Resource: objects },
      // Whatever a credential of the cluster deletes can be brought back (docs/adr/0003).
      { Effect: 'Deny', Action: ['s3:DeleteObjectVersion'], Resource: objects },
    ],
  };
}
