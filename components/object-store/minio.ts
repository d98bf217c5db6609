import * as minio from '@pulumi/minio';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { noncurrentDays } from '../../capacity/bucket';
import type { ObjectStoreConfig } from '../../config/object-store';
import { checksumOfSecret } from '../foundation/checksum';
import * as k8s from '../foundation/kubernetes';
import {
  forEachUser,
  objstoreKey,
  type BucketUser,
  type ObjectStore,
  type UserSecrets,
} from './object-store';
import { objstoreYaml } from './objstore';
import { policyDocument } from './policy';

/**
 * MinIO takes secret keys of 8 characters and more. 40 letters and digits (238 bits) are as long as AWS' own.
 */
const secretKeyLength = 40;

export interface MinioObjectStoreArgs {
  namespace: string;
  /**
   * Name of the cluster: first part of the users' and policies' names, because MinIO adopts or overwrites
   * equal ones.
   */
  clusterName: string;
  objectStore: Extract<ObjectStoreConfig, { kind: 'minio' }>;
  /** Whether there is a Ruler, which writes too. */
  ruler: boolean;
}

/** The name of a user on the MinIO server, and of its policy. */
export const userName = (clusterName: string, user: BucketUser) => `${clusterName}-thanos-${user}`;

/** Name of the Secret with a user's objstore.yml; people of the old system know the sidecar's by it. */
export const secretName = (user: BucketUser) =>
  user === 'sidecar' ? 'thanos-s3-config' : `thanos-s3-config-${user}`;

/**
 * The bucket on a MinIO server, with a user and a policy for each part of Thanos. Needs the providers minio,
 * random and kubernetes.
 *
 * The bucket is the only copy of everything older than Prometheus' and Receive's retention: `pulumi destroy`
 * refuses it (`--exclude-protected` destroys the rest), and even a removed entry leaves it on the server.
 */
export class MinioObjectStore extends pulumi.ComponentResource implements ObjectStore {
  readonly bucket: pulumi.Output<string>;
  readonly secrets: UserSecrets;

  constructor(name: string, args: MinioObjectStoreArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:object-store:MinioObjectStore', name, {}, opts);
    this.bucket = this.createBucket(args.objectStore.bucket);
    this.secrets = forEachUser(args.ruler, (user) => this.createUser(user, args));
    this.registerOutputs({ bucket: this.bucket });
  }

  private createBucket(name: string): pulumi.Output<string> {
    // Deleting these two would suspend versioning and drop the rules of a bucket that stays.
    const settings = { parent: this, retainOnDelete: true };
    const { bucket } = new minio.S3Bucket(
      name,
      { bucket: name, acl: 'private' },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const versioning = new minio.S3BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: 'Enabled' } },
      settings,
    );
    new minio.IlmPolicy(
      name,
      {
        bucket,
        rules: [
          {
            id: 'expire-deleted-objects',
            noncurrentVersionExpirationDays: noncurrentDays,
            // Markers whose versions have all expired would slow down every listing for ever.
            expiration: 'DeleteMarker',
          },
        ],
      },
      { ...settings, dependsOn: versioning },
    );
    return bucket;
  }

  private createUser(user: BucketUser, { namespace, clusterName, objectStore }: MinioObjectStoreArgs) {
    const name = userName(clusterName, user);
    const { result: secretKey } = new random.RandomPassword(
      name,
      // Letters and digits: nothing to escape in YAML or in a shell.
      { length: secretKeyLength, special: false },
      { parent: this },
    );
    // Never forceDestroy here: while it is set, any update deletes the user.
    const iamUser = new minio.IamUser(name, { name, secret: secretKey }, { parent: this });
    const policy = new minio.IamPolicy(
      name,
      { name, policy: JSON.stringify(policyDocument(user, objectStore.bucket)) },
      { parent: this },
    );
    const attachment = new minio.IamUserPolicyAttachment(
      name,
      { userName: iamUser.name, policyName: policy.name },
      // When both names stay the same, detaching the old one after the new one is made would detach both.
      { parent: this, deleteBeforeReplace: true },
    );
    const { bucket, endpoint, region, insecure } = objectStore;
    const content = secretKey.apply((key) =>
      objstoreYaml({ bucket, endpoint, region, insecure, accessKey: name, secretKey: key }),
    );
    const secret = new k8s.core.v1.Secret(
      secretName(user),
      {
        metadata: { name: secretName(user), namespace },
        type: 'Opaque',
        stringData: { [objstoreKey]: content },
      },
      // A pod must not find credentials that have no rights yet.
      { parent: this, dependsOn: attachment },
    );
    // Whoever takes the checksum waits for the Secret: a pod that a new key restarts before would keep the
    // old one.
    const checksum = pulumi.all([checksumOfSecret(content), secret.id]).apply(([sum]) => sum);
    return { name: secretName(user), key: objstoreKey, checksum };
  }
}
