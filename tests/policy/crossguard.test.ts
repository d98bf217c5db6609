import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginePolicies, type EngineResource } from '../../policy/crossguard';
import { policies } from '../../policy/list';

const pack = join(__dirname, '..', '..', 'policy', 'pack');
const engine = enginePolicies(policies);

const named = (name: string) => {
  const policy = engine.find((candidate) => candidate.name === name);
  if (!policy) throw new Error(`no policy ${name}`);
  return policy;
};

const resource = (type: string, name: string, props: Record<string, unknown>): EngineResource => ({
  type,
  name,
  urn: `urn:pulumi:test::shop::${type}::${name}`,
  props,
});

const pod = (image: unknown) =>
  resource('kubernetes:core/v1:Pod', 'shop', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { containers: [{ name: 'shop', image }] },
  });

/** What a policy reports of a resource, the first line of each message. */
function ofResource(name: string, of: EngineResource, config: object = {}): string[] {
  const said: string[] = [];
  const { validateResource } = named(name);
  validateResource?.({ ...of, getConfig: () => config }, (message) =>
    said.push(message.split('\n')[0] ?? ''),
  );
  return said;
}

function ofStack(name: string, resources: readonly EngineResource[], config: object = {}): string[] {
  const said: string[] = [];
  named(name).validateStack({ resources, getConfig: () => config }, (message) =>
    said.push(message.split('\n')[0] ?? ''),
  );
  return said;
}

const found =
  'Pod shop/shop: spec.containers[shop].image is shop:latest; allowed: REGISTRY/PATH:VERSION or REGISTRY/PATH@sha256:DIGEST';

describe('the pack', () => {
  it('has every policy but the one that must know which values are secrets', () => {
    const expected = policies.map(({ name }) => name).filter((name) => name !== 'secret-in-values');
    expect(engine.map(({ name }) => name)).toEqual(expected);
  });

  it('judges a resource before it is made where it needs no other, and does so once', () => {
    expect(ofResource('image-pinned', pod('shop:latest'))).toEqual([found]);
    expect(ofStack('image-pinned', [pod('shop:latest')])).toEqual([]);
  });

  it('judges the rest over all resources', () => {
    expect(named('default-deny').validateResource).toBeUndefined();
    expect(ofStack('default-deny', [pod('shop:latest')])).toEqual([
      'Pod shop/shop: metadata.namespace is shop; allowed: a namespace with a default-deny policy',
    ]);
  });

  it('judges what is no Kubernetes object, too', () => {
    const user = resource('minio:index/iamPolicy:IamPolicy', 'reader', {
      policy: JSON.stringify({
        Statement: [
          { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::blocks/*' },
          { Effect: 'Deny', Action: 's3:DeleteObjectVersion', Resource: '*' },
        ],
      }),
    });
    const bucket = { name: 'blocks', writers: [], deleters: [] };
    expect(ofResource('bucket-rights', user, { bucket })).toEqual([
      'IamPolicy reader: policy.Action is s3:PutObject; allowed: s3:GetBucketLocation, s3:ListBucket, s3:GetObject',
    ]);
  });

  it('takes facts and exemptions from the configuration of each policy', () => {
    const config = { repositories: ['shop:'] };
    expect(ofResource('image-repository', pod('shop:latest'))).toHaveLength(1);
    expect(ofResource('image-repository', pod('shop:latest'), config)).toEqual([]);
    const exemptions = [{ object: 'Pod shop/shop', field: 'spec.containers[shop]', reason: 'a test' }];
    expect(ofResource('image-pinned', pod('shop:latest'), { exemptions })).toEqual([]);
  });

  it('says at the end which exemptions have no reason or no effect', () => {
    const exemptions = [
      { object: 'Pod shop/shop', reason: '' },
      { object: 'Pod shop/gone', reason: 'a test' },
    ];
    expect(ofResource('image-pinned', pod('shop:latest'), { exemptions })).toEqual([found]);
    expect(ofStack('image-pinned', [pod('shop:latest')], { exemptions })).toEqual([
      'exemption of Pod shop/shop from image-pinned: no reason. Write why it cannot be otherwise, and what holds instead.',
      'exemption of Pod shop/gone from image-pinned: no effect. Nothing there is against the policy: remove it.',
    ]);
  });

  it('says nothing of a value that is not known before it is deployed', () => {
    const container = {
      name: 'shop',
      get image(): string {
        // As the SDK does.
        throw new Error("string value at .spec.containers.0.image can't be known during preview");
      },
    };
    const before = pod('');
    before.props['spec'] = { containers: [container] };
    expect(ofResource('image-pinned', before)).toEqual([]);
    expect(ofResource('root-read-only', before)).toHaveLength(1);
  });
});

it('the example of a configuration names policies, and what each is told', () => {
  const example = JSON.parse(readFileSync(join(pack, 'config.example.json'), 'utf8')) as Record<
    string,
    object
  >;
  for (const [name, config] of Object.entries(example)) {
    const { properties } = named(name).configSchema;
    const told = Object.keys(config).filter((key) => key !== 'enforcementLevel');
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(told));
  }
});

it('the pack runs on the SDK and with the compiler of the program', () => {
  const read = (path: string) =>
    (JSON.parse(readFileSync(path, 'utf8')) as { dependencies: Record<string, string> }).dependencies;
  const [own, program] = [read(join(pack, 'package.json')), read(join(pack, '..', '..', 'package.json'))];
  expect(own['@pulumi/pulumi']).toBe(program['@pulumi/pulumi']);
  expect(own['esbuild']).toBe(program['esbuild']);
});
