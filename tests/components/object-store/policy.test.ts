import { bucketUsers, type BucketUser } from '../../../components/object-store/object-store';
import { policyDocument } from '../../../components/object-store/policy';

interface Statement {
  Effect: string;
  Action: readonly string[];
  Resource: string[];
}

/** As S3 decides: a statement for the resource must allow the action, and none may deny it. */
function allows(user: BucketUser, action: string, resource: string): boolean {
  const statements: Statement[] = policyDocument(user, 'thanos').Statement;
  const matching = statements.filter((s) => s.Action.includes(action) && s.Resource.includes(resource));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

const bucket = 'arn:aws:s3:::thanos';
const objects = 'arn:aws:s3:::thanos/*';

describe('policyDocument', () => {
  it.each`
    user           | list    | get     | put      | abort    | remove
    ${'sidecar'}   | ${true} | ${true} | ${true}  | ${true}  | ${false}
    ${'receive'}   | ${true} | ${true} | ${true}  | ${true}  | ${false}
    ${'ruler'}     | ${true} | ${true} | ${true}  | ${true}  | ${false}
    ${'store'}     | ${true} | ${true} | ${false} | ${false} | ${false}
    ${'compactor'} | ${true} | ${true} | ${true}  | ${true}  | ${true}
  `('gives $user no more than it needs', ({ user, ...rights }: { user: BucketUser }) => {
    expect({
      list: allows(user, 's3:ListBucket', bucket),
      get: allows(user, 's3:GetObject', objects),
      put: allows(user, 's3:PutObject', objects),
      abort: allows(user, 's3:AbortMultipartUpload', objects),
      remove: allows(user, 's3:DeleteObject', objects),
    }).toEqual(rights);
  });

  it.each(bucketUsers)('lets %s delete no version, not even by leave to delete objects', (user) => {
    const [denied] = policyDocument(user, 'thanos').Statement.filter(({ Effect }) => Effect === 'Deny');
    expect(denied).toEqual({ Effect: 'Deny', Action: ['s3:DeleteObjectVersion'], Resource: [objects] });
  });

  it.each(bucketUsers)('names one bucket, and no action twice, for %s', (user) => {
    const { Version, Statement } = policyDocument(user, 'thanos');
    expect(Version).toBe('2012-10-17');
    expect(new Set(Statement.flatMap(({ Resource }) => Resource))).toEqual(new Set([bucket, objects]));
    const actions = Statement.flatMap(({ Action }) => Action);
    // With an action twice in a statement the provider never finds the policy unchanged.
    expect(actions).toEqual([...new Set(actions)]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('is the whole document of the compactor', () => {
    expect(policyDocument('compactor', 'thanos')).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: [bucket] },
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'],
          Resource: [objects],
        },
        { Effect: 'Deny', Action: ['s3:DeleteObjectVersion'], Resource: [objects] },
      ],
    });
  });
});
