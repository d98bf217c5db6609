import type { Path, Plain } from '../render/registered';
import type { FieldChange } from './field-changes';
import type { Resource } from './stack-document';

/*
 * Which changed fields make the engine replace a resource instead of changing it. The providers decide that,
 * and `render` has none of them; so their lists stand here. Read where, in August 2026:
 *
 *   Kubernetes objects   pulumi-kubernetes, provider/pkg/provider/diff.go, `forceNewProperties`
 *   helm.v3.Release      the same, helm_release.go, `forceNewFields`
 *   tls                  hashicorp/terraform-provider-tls, internal/provider/resource_*.go,
 *                        `RequiresReplace`: all but early_renewal_hours
 *   random               hashicorp/terraform-provider-random, internal/provider/resource_*.go: all
 *   minio                aminueza/terraform-provider-minio, minio/resource_minio_*.go, `ForceNew`
 *
 * What a chart makes of its values, and the operator of its objects, is not seen here.
 */

/** Every object's identity. */
const ofObjects = ['metadata.name', 'metadata.namespace', 'kind', 'apiVersion'];

const statefulSet = [
  'spec.podManagementPolicy',
  'spec.revisionHistoryLimit',
  'spec.selector',
  'spec.serviceName',
  'spec.volumeClaimTemplates',
];

/** By Pulumi type; a field covers all that is below it. */
const fields = new Map<string, readonly string[]>(
  Object.entries({
    'kubernetes:apps/v1:StatefulSet': statefulSet,
    'kubernetes:apps/v1:Deployment': ['spec.selector'],
    'kubernetes:apps/v1:DaemonSet': ['spec.selector'],
    'kubernetes:batch/v1:Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
    'kubernetes:core/v1:PersistentVolumeClaim': [
      'spec.accessModes',
      'spec.selector',
      'spec.storageClassName',
      'spec.volumeName',
    ],
    // Its data, and a ConfigMap's, replace only where the object says `immutable`: our provider is told so by
    // enableSecretMutable and enableConfigMapMutable.
    'kubernetes:core/v1:Secret': ['type'],
    'kubernetes:core/v1:Service': ['spec.clusterIP'],
    'kubernetes:core/v1:ResourceQuota': ['spec.scopes'],
    'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding': ['roleRef'],
    'kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding': ['roleRef'],
    'kubernetes:storage.k8s.io/v1:StorageClass': ['parameters', 'provisioner'],
    'kubernetes:helm.sh/v3:Release': ['name', 'namespace'],
    'minio:index/s3Bucket:S3Bucket': ['bucket', 'bucketPrefix'],
    'minio:index/s3BucketVersioning:S3BucketVersioning': ['bucket'],
    'minio:index/ilmPolicy:IlmPolicy': ['bucket'],
    'minio:index/iamUser:IamUser': ['name'],
    'minio:index/iamPolicy:IamPolicy': ['name', 'namePrefix'],
    'minio:index/iamUserPolicyAttachment:IamUserPolicyAttachment': ['policyName', 'userName'],
    'pulumi:providers:kubernetes': ['clusterIdentifier'],
  }),
);

/** Types of which every field replaces, but these. */
const allBut: readonly (readonly [types: RegExp, ...fields: string[]])[] = [
  [/^tls:index\//, 'earlyRenewalHours'],
  [/^random:index\//],
];

/**
 * The changed inputs that make a resource a new one.
 *
 * @param resource as it is after the change
 */
export function replacing(
  { type, options, inputs }: Pick<Resource, 'type' | 'options' | 'inputs'>,
  changes: readonly FieldChange[],
): FieldChange[] {
  const ignored = texts(member(options, 'ignoreChanges'));
  const listed = [
    ...(fields.get(type) ?? []),
    ...(isObject(type) ? ofObjects : []),
    ...(member(inputs, 'immutable') === true ? ['data', 'binaryData', 'stringData'] : []),
    ...texts(member(options, 'replaceOnChanges')),
  ];
  const [, ...kept] = allBut.find(([types]) => types.test(type)) ?? [];
  const all = allBut.some(([types]) => types.test(type));
  return changes.filter(
    ({ path }) => !covers(ignored, path) && ((all && !covers(kept, path)) || covers(listed, path)),
  );
}

const isObject = (type: string) => type.startsWith('kubernetes:') && type !== 'kubernetes:helm.sh/v3:Release';

const member = (value: Plain, key: string): Plain | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;

const texts = (value: Plain | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/**
 * Whether a field is one of these or stands below one, or one of these below it, as when it is gone
 * whole.
 */
const covers = (listed: readonly string[], path: Path) =>
  listed.some((field) => {
    if (field === '*') return true;
    const parts = field.split('.');
    return parts.every((part, i) => path[i] === undefined || path[i] === part);
  });
