import { version } from '@pulumi/minio/package.json';
import { serve } from '../provider';
import { bucket } from './bucket';
import { bucketVersioning } from './bucket-versioning';
import { iamPolicy } from './iam-policy';
import { iamUser } from './iam-user';
import { iamUserPolicyAttachment } from './iam-user-policy-attachment';
import { ilmPolicy } from './ilm-policy';
import { mcFor } from './mc';
import { checkConfig, serverOf } from './server';

serve({
  name: 'minio',
  version,
  checkConfig: (config) => checkConfig(config),
  configure(config) {
    const server = serverOf(config);
    const mc = mcFor(server);
    return {
      'minio:index/s3Bucket:S3Bucket': bucket(mc, server),
      'minio:index/s3BucketVersioning:S3BucketVersioning': bucketVersioning(mc),
      'minio:index/iamUser:IamUser': iamUser(mc),
      'minio:index/iamPolicy:IamPolicy': iamPolicy(mc),
      'minio:index/iamUserPolicyAttachment:IamUserPolicyAttachment': iamUserPolicyAttachment(mc),
      'minio:index/ilmPolicy:IlmPolicy': ilmPolicy(mc),
    };
  },
});
