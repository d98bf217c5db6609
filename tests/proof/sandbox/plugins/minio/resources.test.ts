import { bucket } from '../../../../../proof/sandbox/plugins/minio/bucket';
import { bucketVersioning } from '../../../../../proof/sandbox/plugins/minio/bucket-versioning';
import { iamPolicy, samePolicy } from '../../../../../proof/sandbox/plugins/minio/iam-policy';
import { iamUser } from '../../../../../proof/sandbox/plugins/minio/iam-user';
import { iamUserPolicyAttachment } from '../../../../../proof/sandbox/plugins/minio/iam-user-policy-attachment';
import { ilmPolicy } from '../../../../../proof/sandbox/plugins/minio/ilm-policy';
import { type Mc, McError } from '../../../../../proof/sandbox/plugins/minio/mc';
import { diff } from '../../../../../proof/sandbox/plugins/resource-kind';

const minioServer = {
  endpoint: 's3:9000',
  user: 'root',
  password: 'p',
  region: 'us-east-1',
  tls: false,
  insecure: false,
};
const storeUser = { name: 'store', disableUser: false, forceDestroy: false, updateSecret: false };

/**
 * Answers by the first words of a command; what has no answer fails as the server does when a thing is not
 * there.
 */
function recorded(answers: Record<string, unknown>): { mc: Mc; commands: string[] } {
  const commands: string[] = [];
  const mc: Mc = (args, given) => {
    const command = args.join(' ');
    commands.push(
      given?.stdin === undefined ? command : `${command} <<< ${given.stdin.trim().replace('\n', ' ')}`,
    );
    const answer = Object.entries(answers).find(([words]) => command.startsWith(words));
    return answer === undefined
      ? Promise.reject(new McError('The specified bucket does not exist'))
      : Promise.resolve(answer[1]);
  };
  return { mc, commands };
}

function failing(text: string): Mc {
  return () => Promise.reject(new McError(text));
}

const noSuchUser = 'The specified user does not exist.';

describe('minio.S3Bucket', () => {
  const inputs = { bucket: 'thanos', acl: 'private', forceDestroy: false, objectLocking: false };

  it('is made when there is none', async () => {
    const { mc, commands } = recorded({ mb: {} });
    expect(await bucket(mc, minioServer).create(inputs)).toEqual({
      id: 'thanos',
      outputs: { ...inputs, arn: 'arn:aws:s3:::thanos', bucketDomainName: 'http://s3:9000/minio/thanos' },
    });
    expect(commands).toEqual(['version info sandbox/thanos', 'mb --region us-east-1 sandbox/thanos']);
  });

  it('is never taken over', async () => {
    const { mc } = recorded({ 'version info': {} });
    await expect(bucket(mc, minioServer).create(inputs)).rejects.toThrow(
      '[FATAL] bucket already exists! (thanos): <nil>',
    );
  });

  it('is not taken for gone when the server refuses to answer', async () => {
    const state = { ...inputs, arn: '', bucketDomainName: '' };
    const gone = bucket(failing('The specified bucket does not exist'), minioServer);
    expect(await gone.read?.('thanos', state)).toBeUndefined();
    await expect(bucket(failing('Access Denied'), minioServer).read?.('thanos', state)).rejects.toThrow(
      '[FATAL] unable to check bucket (thanos): Access Denied',
    );
  });

  it('keeps its objects unless forceDestroy is in the state', async () => {
    const state = { ...inputs, arn: '', bucketDomainName: '' };
    await expect(
      bucket(failing('`thanos` is not empty. Retry'), minioServer).delete?.('thanos', state),
    ).rejects.toThrow(
      '[FATAL] unable to remove bucket (thanos): The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
    );
    const { mc, commands } = recorded({ rb: {} });
    await bucket(mc, minioServer).delete?.('thanos', { ...state, forceDestroy: true });
    expect(commands).toEqual(['rb --force sandbox/thanos']);
  });

  it('is private only', () => {
    const text = "the sandbox's minio plugin makes private buckets only, got: public-read";
    expect(bucket(failing(''), minioServer).check?.({ acl: 'public-read' })).toEqual([
      { property: 'acl', text },
    ]);
  });
});

describe('minio.S3BucketVersioning', () => {
  const inputs = { bucket: 'thanos', versioningConfiguration: { status: 'Enabled' as const } };

  it('is enabled, and suspended again when it is deleted', async () => {
    const { mc, commands } = recorded({ version: {} });
    const kind = bucketVersioning(mc);
    const { outputs } = await kind.create(inputs);
    expect(outputs).toEqual({
      bucket: 'thanos',
      versioningConfiguration: { status: 'Enabled', excludeFolders: false, excludedPrefixes: [] },
    });
    expect(diff(kind, { ...outputs }, { ...inputs }).changed).toEqual([]);
    await kind.delete?.('thanos', inputs);
    expect(commands).toEqual(['version enable sandbox/thanos', 'version suspend sandbox/thanos']);
  });

  it('shows versioning that was suspended outside', async () => {
    const { mc } = recorded({ 'version info': { versioning: { status: 'Suspended' } } });
    const state = { ...(await bucketVersioning(mc).read?.('thanos', inputs)) };
    expect(diff(bucketVersioning(mc), state, { ...inputs }).changed).toEqual(['versioningConfiguration']);
  });
});

describe('minio.IlmPolicy', () => {
  const inputs = {
    bucket: 'thanos',
    rules: [
      { id: 'deleted', noncurrentVersionExpirationDays: 3, expiration: 'DeleteMarker' },
      { id: 'none' },
    ],
  };
  /** As mc prints what it was given. */
  const printed = [
    {
      ID: 'deleted',
      Status: 'Enabled',
      Expiration: { ExpiredObjectDeleteMarker: true },
      NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    },
    { ID: 'none', Status: 'Enabled' },
  ];
  const serving = (Rules: object[]) =>
    recorded({ 'ilm rule import': {}, 'ilm rule export': { config: { Rules } } });

  it('writes all rules at once and has no difference afterwards, nor after a refresh', async () => {
    const { mc, commands } = serving(printed);
    const kind = ilmPolicy(mc);
    const { outputs } = await kind.create(inputs);
    const [command, json = ''] = commands[0]?.split(' <<< ') ?? [];
    expect(command).toBe('ilm rule import sandbox/thanos');
    expect(JSON.parse(json)).toEqual({ Rules: printed.map((rule) => ({ ...rule, Filter: { Prefix: '' } })) });
    expect(diff(kind, { ...outputs }, { ...inputs }).changed).toEqual([]);
    expect(diff(kind, { ...(await kind.read?.('thanos', outputs)) }, { ...inputs }).changed).toEqual([]);
  });

  it.each([
    ['kept longer', { NoncurrentVersionExpiration: { NoncurrentDays: 90 } }],
    ['disabled', { Status: 'Disabled' }],
    ['narrowed', { Filter: { Prefix: 'a/' } }],
  ])('finds a rule that was %s outside', async (_what, change) => {
    const kind = ilmPolicy(serving([{ ...printed[0], ...change }, { ...printed[1] }]).mc);
    const state = { ...(await kind.read?.('thanos', inputs)) };
    expect(diff(kind, state, { ...inputs })).toEqual({ changed: ['rules'], replaced: [] });
  });

  it('is dropped when its rules are gone, but not when the server cannot be asked', async () => {
    const gone = ilmPolicy(failing('The lifecycle configuration does not exist'));
    expect(await gone.read?.('thanos', inputs)).toBeUndefined();
    await expect(gone.delete?.('thanos', inputs)).resolves.toBeUndefined();
    await expect(ilmPolicy(failing('Access Denied')).read?.('thanos', inputs)).rejects.toThrow(
      '[FATAL] reading lifecycle configuration failed (thanos): Access Denied',
    );
  });

  it('refuses what it would not act on', () => {
    const rules = [
      { id: 'a', expiration: '30d' },
      { id: 'b', filter: 'a/' },
    ];
    const failures = ilmPolicy(failing('')).check?.({ rules }) ?? [];
    expect(failures.map(({ property }) => property)).toEqual(['rules[0].expiration', 'rules[1].filter']);
  });
});

describe('minio.IamUser', () => {
  it('rotates its secret in place', async () => {
    const { mc, commands } = recorded({ 'admin user': {} });
    const kind = iamUser(mc);
    const { outputs } = await kind.create({ ...storeUser, secret: 'first-secret' });
    const news = { ...storeUser, secret: 'second-secret' };
    expect(diff(kind, { ...outputs }, news)).toEqual({ changed: ['secret'], replaced: [] });
    expect(await kind.update?.('store', outputs, news)).toEqual({ ...news, status: 'enabled' });
    expect(commands).toEqual([
      'admin user add sandbox <<< store first-secret',
      'admin user enable sandbox store',
      'admin user add sandbox <<< store second-secret',
    ]);
  });

  it('makes a secret when none is given, and keeps it', async () => {
    const kind = iamUser(recorded({ 'admin user': {} }).mc);
    const { outputs } = await kind.create(storeUser);
    expect(outputs.secret).toMatch(/^[\w-]{40}$/);
    expect(diff(kind, { ...outputs }, { name: 'store' }).changed).toEqual([]);
  });

  it('is dropped when the server has no such user, but not when it cannot be asked', async () => {
    const state = { ...storeUser, secret: 's', status: 'enabled' };
    expect(await iamUser(failing(noSuchUser)).read?.('store', state)).toBeUndefined();
    await expect(iamUser(failing('Access Denied')).read?.('store', state)).rejects.toThrow(
      '[FATAL] failed to load user Infos (store): Access Denied',
    );
  });

  it('cannot be rotated when it was deleted outside', async () => {
    const state = { ...storeUser, secret: 's', status: 'enabled' };
    await expect(iamUser(failing(noSuchUser)).update?.('store', state, state)).rejects.toThrow(
      `[FATAL] error to disable IAM User (store): ${noSuchUser}`,
    );
  });

  it('refuses the flags that do harm in the real provider', () => {
    const failures = iamUser(failing('')).check?.({ forceDestroy: true, updateSecret: true }) ?? [];
    expect(failures.map(({ property }) => property)).toEqual(['forceDestroy', 'updateSecret']);
  });
});

describe('minio.IamPolicy', () => {
  const document = (action: unknown, resource: unknown, extra: object = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...extra }],
    });

  it.each([
    ['order of actions', document(['a', 'b'], 'r'), document(['b', 'a'], 'r')],
    ['a list of one', document('a', 'r'), document(['a'], ['r'])],
    ['white space', document('a', 'r'), JSON.stringify(JSON.parse(document('a', 'r')), null, 2)],
    [
      'a condition',
      document('a', 'r', { Condition: { StringLike: { 's3:prefix': 'x' } } }),
      document('a', 'r', { Condition: { StringLike: { 's3:prefix': ['x'] } } }),
    ],
  ])('is the same in spite of %s', (_what, one, other) => {
    expect(samePolicy(one, other)).toBe(true);
  });

  it('differs by an action, a resource, and by a duplicate that the server drops', () => {
    expect(samePolicy(document('a', 'r'), document(['a', 'b'], 'r'))).toBe(false);
    expect(samePolicy(document('a', 'r'), document('a', 'q'))).toBe(false);
    expect(samePolicy(document(['a'], 'r'), document(['a', 'a'], 'r'))).toBe(false);
  });

  it('keeps the text as the server prints it', async () => {
    const policy: unknown = JSON.parse(document(['a'], ['r']));
    const { mc } = recorded({
      'admin policy create': {},
      'admin policy info': { policyInfo: { Policy: policy } },
    });
    const { outputs } = await iamPolicy(mc).create({ name: 'store', policy: document('a', 'r') });
    expect(JSON.parse(outputs.policy)).toEqual(policy);
  });

  it('cannot be refreshed when it was deleted outside', async () => {
    const read = iamPolicy(failing('The canned policy does not exist.')).read?.('p', {
      name: 'p',
      policy: '{}',
    });
    await expect(read).rejects.toThrow(
      '[FATAL] unable to read policy (p): The canned policy does not exist.',
    );
  });

  it.each(['{', '[]', '"text"'])('refuses %s', (policy) => {
    const text = '"policy" contains an invalid JSON policy';
    expect(iamPolicy(failing('')).check?.({ policy })).toEqual([{ property: 'policy', text }]);
  });
});

describe('minio.IamUserPolicyAttachment', () => {
  const inputs = { userName: 'store', policyName: 'read' };

  it('attaches and detaches its one policy', async () => {
    const { mc, commands } = recorded({ 'admin policy': {} });
    const { id, outputs } = await iamUserPolicyAttachment(mc).create(inputs);
    await iamUserPolicyAttachment(mc).delete?.(id, outputs);
    expect(id).toMatch(/^store-[0-9a-f]+$/);
    expect(commands).toEqual([
      'admin policy attach sandbox read --user store',
      'admin policy detach sandbox read --user store',
    ]);
  });

  it('is dropped when detached outside, whatever else is attached', async () => {
    const attached = (policyName: string) =>
      iamUserPolicyAttachment(recorded({ 'admin user info': { policyName } }).mc).read?.('id', inputs);
    expect(await attached('other,read')).toEqual(inputs);
    expect(await attached('other,reader')).toBeUndefined();
  });

  it('fails to refresh when the user is gone', async () => {
    await expect(iamUserPolicyAttachment(failing(noSuchUser)).read?.('id', inputs)).rejects.toThrow(
      `[FATAL] failed to load user Infos (store): ${noSuchUser}`,
    );
  });
});
