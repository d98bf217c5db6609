import { type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, McError, fatal } from './mc';
import { type Server } from './server';

export interface BucketInputs {
  readonly bucket: string;
  readonly acl: string;
  readonly forceDestroy: boolean;
  /** Only read at creation: later changes do nothing on the server. */
  readonly objectLocking: boolean;
}

export interface BucketOutputs {
  readonly arn: string;
  readonly bucketDomainName: string;
}

const notEmptyMessage =
  'The bucket you tried to delete is not empty. You must delete all versions in the bucket.';

async function exists(mc: Mc, bucket: string): Promise<boolean> {
  try {
    // Not `mc stat`: that takes a refused request for a bucket that is not there.
    await mc(['version', 'info', `${serverAlias}/${bucket}`]);
    return true;
  } catch (error) {
    if (error instanceof McError && error.message.includes('bucket does not exist')) return false;
    throw fatal('unable to check bucket', bucket, error);
  }
}

/** `minio.S3Bucket` with the acl `private`. */
export function bucket(mc: Mc, server: Server): ResourceKind<BucketInputs, BucketOutputs> {
  return {
    inputs: {
      bucket: { onChange: 'replace' },
      acl: { onChange: 'update', default: 'private' },
      forceDestroy: { onChange: 'update', default: false },
      objectLocking: { onChange: 'update', default: false },
    },
    computed: ['arn', 'bucketDomainName'],
    check: ({ acl }) =>
      acl === undefined || acl === 'private'
        ? []
        : [{ property: 'acl', text: `the sandbox's minio plugin makes private buckets only, got: ${acl}` }],
    async create(inputs) {
      const name = inputs.bucket;
      // Unlike users and policies, a bucket that is there belongs to somebody else.
      if (await exists(mc, name)) throw fatal('bucket already exists!', name, '<nil>');
      const lock = inputs.objectLocking ? ['--with-lock'] : [];
      await mc(['mb', '--region', server.region, ...lock, `${serverAlias}/${name}`]).catch(
        (error: unknown) => {
          throw fatal('unable to create bucket', name, error);
        },
      );
      const scheme = server.tls ? 'https' : 'http';
      return {
        id: name,
        outputs: {
          ...inputs,
          arn: `arn:aws:s3:::${name}`,
          bucketDomainName: `${scheme}://${server.endpoint}/minio/${name}`,
        },
      };
    },
    async read(id, state) {
      return (await exists(mc, id)) ? state : undefined;
    },
    update: (_id, state, inputs) => Promise.resolve({ ...state, ...inputs }),
    async delete(id, state) {
      const force = state.forceDestroy ? ['--force'] : [];
      await mc(['rb', ...force, `${serverAlias}/${id}`]).catch((error: unknown) => {
        const notEmpty = error instanceof McError && error.message.includes('is not empty');
        throw fatal('unable to remove bucket', id, notEmpty ? notEmptyMessage : error);
      });
    },
  };
}
