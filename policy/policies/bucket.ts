import { objectName, ofKind, type Of } from '../manifest';
import { shown, type Facts, type Finding, type Policy } from '../policy';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}

interface IamPolicy {
  name?: string;
  policy?: unknown;
}

const list = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);

/** What every user of the bucket does: find it, list it, read. */
const reading = ['s3:GetBucketLocation', 's3:ListBucket', 's3:GetObject'];
/** An upload in parts that failed is given up. */
const writing = ['s3:PutObject', 's3:AbortMultipartUpload'];
const deleting = ['s3:DeleteObject'];

function documentFindings(manifest: Of<IamPolicy>, bucket: Facts['bucket']): Finding[] {
  const object = objectName(manifest);
  const name = manifest.spec.name ?? manifest.metadata.name;
  const statements = parsed(manifest.spec.policy);
  if (!statements) {
    return [{ object, field: 'policy', found: shown(manifest.spec.policy), allowed: 'a policy document' }];
  }
  const allowed = [
    ...reading,
    ...(bucket.writers.includes(name) || bucket.deleters.includes(name) ? writing : []),
    ...(bucket.deleters.includes(name) ? deleting : []),
  ];
  const arn = `arn:aws:s3:::${bucket.name}`;
  const denied = statements.filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action }) => list(Action));
  return [
    ...statements
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action, Resource }) => [
        ...list(Action)
          .filter((action) => !allowed.includes(action))
          .map((found) => ({ object, field: 'policy.Action', found, allowed: allowed.join(', ') })),
        ...list(Resource)
          .filter((resource) => resource !== arn && resource !== `${arn}/*`)
          .map((found) => ({ object, field: 'policy.Resource', found, allowed: `${arn}, ${arn}/*` })),
      ]),
    ...(denied.includes('s3:DeleteObjectVersion')
      ? []
      : [
          {
            object,
            field: 'policy.Deny',
            found: denied.join(', ') || 'nothing',
            allowed: 's3:DeleteObjectVersion, so that what is deleted can be brought back',
          },
        ]),
  ];
}

function parsed(policy: unknown): Statement[] | undefined {
  try {
    const { Statement } = JSON.parse(String(policy)) as { Statement?: Statement | Statement[] };
    return Statement === undefined ? undefined : [Statement].flat();
  } catch {
    return undefined;
  }
}

export const bucketRights: Policy = {
  name: 'bucket-rights',
  description:
    'A user of the bucket reads, and only those that are named write or delete; none deletes old versions.',
  reason: 'The bucket is the only copy of old samples; a credential that was taken must not end it.',
  remedy: 'Allow exactly the actions, on exactly the bucket; deny s3:DeleteObjectVersion.',
  scope: 'object',
  facts: ['bucket'],
  check: (manifests, { bucket }) =>
    ofKind<IamPolicy>(manifests, 'IamPolicy').flatMap((manifest) => documentFindings(manifest, bucket)),
};
