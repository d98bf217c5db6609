import { createHash } from 'node:crypto';
import type { runtime } from '@pulumi/pulumi';

/**
 * Outputs of a provider that has created the resource, from its inputs: the same at every run and on every
 * machine.
 */
type Outputs = (name: string, inputs: Inputs) => Record<string, unknown>;
type Inputs = Record<string, unknown>;

/** Letters and digits that look random but follow from the name, so that two secrets never look the same. */
const letters = (seed: string, length: number): string => {
  let text = '';
  for (let i = 0; text.length < length; i++) {
    text += createHash('sha256')
      .update(`${seed} ${i}`)
      .digest('base64')
      .replaceAll(/[^a-zA-Z0-9]/g, '');
  }
  return text.slice(0, length);
};

/** A PEM block whose text says what it stands for, since nobody can review real key material. */
const pem = (kind: string, name: string) => `-----BEGIN ${kind}-----\n${name}\n-----END ${kind}-----\n`;

const certificate: Outputs = (name) => ({
  certPem: pem('CERTIFICATE', `certificate of ${name}`),
  readyForRenewal: false,
  validityStartTime: '2026-01-01T00:00:00Z',
  validityEndTime: '2036-01-01T00:00:00Z',
});

const outputs: Record<string, Outputs> = {
  'random:index/randomPassword:RandomPassword': (name, { length }) => ({
    result: letters(`password ${name}`, Number(length)),
    bcryptHash: `$2a$10$${letters(`bcrypt ${name}`, 53)}`,
  }),
  'random:index/randomId:RandomId': (name, { byteLength }) => {
    const hex = createHash('sha256')
      .update(name)
      .digest('hex')
      .slice(0, Number(byteLength) * 2);
    return { hex, b64Url: Buffer.from(hex, 'hex').toString('base64url') };
  },
  'tls:index/privateKey:PrivateKey': (name) => ({
    privateKeyPem: pem('EC PRIVATE KEY', `private key of ${name}`),
    privateKeyPemPkcs8: pem('PRIVATE KEY', `private key of ${name}`),
    publicKeyPem: pem('PUBLIC KEY', `public key of ${name}`),
    publicKeyFingerprintSha256: `SHA256:${letters(`fingerprint ${name}`, 43)}`,
  }),
  'tls:index/selfSignedCert:SelfSignedCert': certificate,
  'tls:index/certRequest:CertRequest': (name) => ({
    certRequestPem: pem('CERTIFICATE REQUEST', `certificate request of ${name}`),
  }),
  'tls:index/locallySignedCert:LocallySignedCert': certificate,
  'minio:index/s3Bucket:S3Bucket': (_, { bucket }) => ({ arn: `arn:aws:s3:::${String(bucket)}` }),
  'kubernetes:helm.sh/v3:Release': (_, { name, namespace, version }) => ({
    status: { name, namespace, version, revision: 1, status: 'deployed' },
  }),
};

/** Resources whose outputs are their inputs, so far as this program reads them. */
const echoed = /^(kubernetes|minio|pulumi:providers):/;

/**
 * The outputs of every resource type that the stacks use.
 *
 * @throws Error for a type of another provider: its outputs would silently be missing from everything made
 * from them
 */
export function providerOutputs({
  type,
  name,
  inputs,
  custom,
}: runtime.MockResourceArgs): runtime.MockResourceResult {
  const known = outputs[type];
  if (custom && !known && !echoed.test(type)) {
    throw new Error(`render knows no outputs of ${type}: add them to tools/render/provider-outputs.ts`);
  }
  const state = inputs as Inputs;
  return {
    id: custom ? identifier(name, state) : undefined,
    state: { ...state, ...known?.(name, state) },
  };
}

/** Kubernetes objects are identified by namespace and name; for the others any fixed text does. */
function identifier(name: string, inputs: Inputs): string {
  const metadata = inputs['metadata'] as { name?: string; namespace?: string } | undefined;
  if (!metadata) return `${name}-id`;
  return [metadata.namespace, metadata.name ?? name].filter(Boolean).join('/');
}
