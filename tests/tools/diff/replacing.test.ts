import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plain } from '../../../tools/render/registered';
import { replacing } from '../../../tools/diff/replacing';
import { stackDocument } from '../../../tools/diff/stack-document';

const statefulSet = 'kubernetes:apps/v1:StatefulSet';

const replaces = (
  type: string,
  path: string,
  { options = {}, inputs = {} }: { options?: Plain; inputs?: Plain } = {},
) => replacing({ type, options, inputs }, [{ path: path.split('.'), before: 'a', after: 'b' }]).length > 0;

describe('a resource is replaced', () => {
  it.each([
    [statefulSet, 'spec.volumeClaimTemplates.[data].spec.resources.requests.storage'],
    [statefulSet, 'spec.volumeClaimTemplates'],
    [statefulSet, 'spec.serviceName'],
    [statefulSet, 'spec.selector.matchLabels.app'],
    [statefulSet, 'spec'],
    ['kubernetes:apps/v1:Deployment', 'spec.selector.matchLabels.app'],
    ['kubernetes:core/v1:PersistentVolumeClaim', 'spec.storageClassName'],
    ['kubernetes:core/v1:Secret', 'type'],
    ['kubernetes:networking.k8s.io/v1:Ingress', 'metadata.name'],
    ['kubernetes:monitoring.coreos.com/v1:Probe', 'metadata.namespace'],
    ['kubernetes:helm.sh/v3:Release', 'namespace'],
    ['minio:index/s3Bucket:S3Bucket', 'bucket'],
    ['tls:index/privateKey:PrivateKey', 'ecdsaCurve'],
    ['tls:index/locallySignedCert:LocallySignedCert', 'allowedUses.[0]'],
    ['random:index/randomPassword:RandomPassword', 'length'],
    ['pulumi:providers:kubernetes', 'clusterIdentifier'],
  ])('%s for %s', (type, path) => {
    expect(replaces(type, path)).toBe(true);
  });

  it.each([
    [statefulSet, 'spec.replicas'],
    [statefulSet, 'spec.template.spec.containers.[a].image'],
    [statefulSet, 'spec.selectorOfSomethingElse'],
    ['kubernetes:core/v1:PersistentVolumeClaim', 'spec.resources.requests.storage'],
    ['kubernetes:core/v1:ConfigMap', 'data.a'],
    ['kubernetes:core/v1:Secret', 'stringData.a'],
    ['kubernetes:helm.sh/v3:Release', 'values.metadata.name'],
    ['minio:index/s3Bucket:S3Bucket', 'acl'],
    ['tls:index/locallySignedCert:LocallySignedCert', 'earlyRenewalHours'],
  ])('not %s for %s', (type, path) => {
    expect(replaces(type, path)).toBe(false);
  });

  it('for what its options ask, and not for what they ignore', () => {
    expect(
      replaces('kubernetes:core/v1:ConfigMap', 'data.a', { options: { replaceOnChanges: ['data'] } }),
    ).toBe(true);
    const options = { ignoreChanges: ['spec.volumeClaimTemplates'] };
    expect(replaces(statefulSet, 'spec.volumeClaimTemplates.[data].spec', { options })).toBe(false);
  });

  it('for its data where it is immutable', () => {
    expect(replaces('kubernetes:core/v1:ConfigMap', 'data.a', { inputs: { immutable: true } })).toBe(true);
  });
});

it('data of Secrets and ConfigMaps changes in place, as the list has it, because our provider is told so', () => {
  const golden = readFileSync(join(__dirname, '..', '..', 'golden', 'cluster-01.yaml'), 'utf8');
  const providers = stackDocument(golden).resources.filter(
    ({ type }) => type === 'pulumi:providers:kubernetes',
  );
  expect(providers.map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({ enableConfigMapMutable: 'true', enableSecretMutable: 'true' }),
  ]);
});
