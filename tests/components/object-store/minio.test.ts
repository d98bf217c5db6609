import * as pulumi from '@pulumi/pulumi';
import { MinioObjectStore } from '../../../components/object-store/minio';
import { bucketUsers, type ObjectStore } from '../../../components/object-store/object-store';
import { policyDocument } from '../../../components/object-store/policy';
import { checksum } from '../../../components/foundation/checksum';
import { register, type Registered } from '../../support/mocks';

const bucketType = 'minio:index/s3Bucket:S3Bucket';
const userType = 'minio:index/iamUser:IamUser';
const policyType = 'minio:index/iamPolicy:IamPolicy';
const attachmentType = 'minio:index/iamUserPolicyAttachment:IamUserPolicyAttachment';
const passwordType = 'random:index/randomPassword:RandomPassword';
const secretType = 'kubernetes:core/v1:Secret';

describe('MinioObjectStore', () => {
  let registered: Registered;
  let store: ObjectStore;

  beforeAll(async () => {
    registered = await register(() => {
      store = new MinioObjectStore(
        'object-store',
        {
          namespace: 'monitoring',
          clusterName: 'cluster-01',
          ruler: true,
          objectStore: {
            kind: 'minio',
            endpoint: 's3.minio.miribit.lab',
            bucket: 'thanos',
            region: 'us-east-1',
            insecure: false,
          },
        },
        {},
      );
    });
  });

  it('makes a private bucket that nothing destroys by accident', () => {
    const bucket = registered.one(bucketType);
    expect(bucket.name).toBe('thanos');
    expect(bucket.inputs).toEqual({ bucket: 'thanos', acl: 'private' });
    expect(bucket.options).toEqual({ protect: true, retainOnDelete: true });
  });

  it('keeps deleted objects for 3 days, and settings of the bucket as long as the bucket', () => {
    const versioning = registered.one('minio:index/s3BucketVersioning:S3BucketVersioning', 'thanos');
    expect(versioning.inputs).toEqual({
      bucket: 'thanos',
      versioningConfiguration: { status: 'Enabled' },
    });
    expect(versioning.options).toEqual({ retainOnDelete: true });
    const lifecycle = registered.one('minio:index/ilmPolicy:IlmPolicy', 'thanos');
    expect(lifecycle.inputs).toEqual({
      bucket: 'thanos',
      rules: [
        { id: 'expire-deleted-objects', noncurrentVersionExpirationDays: 3, expiration: 'DeleteMarker' },
      ],
    });
    // The rule is about old versions: the bucket keeps some first.
    expect(lifecycle.options).toEqual({
      retainOnDelete: true,
      dependsOn: ['minio:index/s3BucketVersioning:S3BucketVersioning thanos'],
    });
  });

  describe.each(bucketUsers)('for %s', (user) => {
    const name = `cluster-01-thanos-${user}`;
    const secretName = user === 'sidecar' ? 'thanos-s3-config' : `thanos-s3-config-${user}`;

    it('makes a user under the name of the cluster, with a generated secret key', () => {
      expect(registered.inputs(passwordType, name)).toEqual({ length: 40, special: false });
      expect(registered.inputs(userType, name)).toEqual({
        name,
        secret: expect.stringMatching(/^[a-zA-Z0-9]{40}$/) as string,
      });
      expect(registered.secrets(userType, name)).toEqual(['secret']);
    });

    it('attaches its policy, and takes the old attachment away first', () => {
      const { policy, ...rest } = registered.inputs(policyType, name) as { policy: string };
      expect(rest).toEqual({ name });
      expect(JSON.parse(policy)).toEqual(policyDocument(user, 'thanos'));
      const attachment = registered.one(attachmentType, name);
      expect(attachment.inputs).toEqual({ userName: name, policyName: name });
      expect(attachment.options).toEqual({ deleteBeforeReplace: true });
    });

    it('writes its objstore.yml into a Secret once the user has its rights', () => {
      const { secret: key } = registered.inputs(userType, name) as { secret: string };
      const secret = registered.one(secretType, secretName);
      expect(secret.inputs).toEqual({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: secretName, namespace: 'monitoring' },
        type: 'Opaque',
        stringData: {
          'objstore.yml':
            'type: S3\nconfig:\n  bucket: thanos\n  endpoint: s3.minio.miribit.lab\n  region: us-east-1\n' +
            `  insecure: false\n  bucket_lookup_type: path\n  access_key: ${name}\n  secret_key: ${key}\n  max_retries: 3\n`,
        },
      });
      expect(secret.secretPaths).toEqual([['stringData', 'objstore.yml']]);
      expect(secret.options).toEqual({ dependsOn: [`${attachmentType} ${name}`] });
    });

    it('publishes the Secret with a plain checksum of its content', async () => {
      const { name: published, key, checksum: found } = store.secrets[user] ?? {};
      const { stringData } = registered.inputs(secretType, secretName) as {
        stringData: Record<string, string>;
      };
      const text = stringData['objstore.yml'] ?? '';
      expect({ published, key }).toEqual({ published: secretName, key: 'objstore.yml' });
      expect(await pulumi.isSecret(pulumi.output(found))).toBe(false);
      expect(await new Promise((resolve) => pulumi.output(found).apply(resolve))).toBe(checksum(text));
    });
  });

  it('makes nothing else', () => {
    expect(registered.names).toHaveLength(3 + 5 * bucketUsers.length);
  });

  it('shows no secret key in plain anywhere', () => {
    const keys = registered.all(userType).map(({ inputs }) => (inputs as { secret: string }).secret);
    expect(new Set(keys).size).toBe(5);
    const plain = registered.resources.flatMap(({ type, inputs }) =>
      [userType, secretType].includes(type) ? [] : [JSON.stringify(inputs)],
    );
    for (const key of keys) expect(plain.filter((text) => text.includes(key))).toEqual([]);
  });
});
