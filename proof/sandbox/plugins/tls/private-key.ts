import { createHash, createPublicKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type CheckFailure, type ResourceKind } from '../resource-kind';
import { type OpensshKey, opensshOf } from './openssh';

const algorithms = ['RSA', 'ECDSA', 'ED25519'];
/** OpenSSL's names of the curves. */
const curves: Readonly<Record<string, string>> = {
  P224: 'secp224r1',
  P256: 'prime256v1',
  P384: 'secp384r1',
  P521: 'secp521r1',
};

export interface PrivateKeyInputs {
  readonly algorithm: string;
  readonly ecdsaCurve: string;
  readonly rsaBits: number;
}

export interface PrivateKeyOutputs extends OpensshKey {
  /** SEC 1, `EC PRIVATE KEY`. */
  readonly privateKeyPem: string;
  readonly privateKeyPemPkcs8: string;
  readonly publicKeyPem: string;
}

function oneOf(attribute: string, allowed: readonly string[], got: string): string {
  return `Attribute ${attribute} value must be one of: [${allowed.map((name) => `"${name}"`).join(' ')}], got: "${got}"`;
}

function check({ algorithm, ecdsaCurve }: Partial<PrivateKeyInputs>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (algorithm !== undefined && !algorithms.includes(algorithm)) {
    failures.push({ property: 'algorithm', text: oneOf('algorithm', algorithms, algorithm) });
  } else if (algorithm !== undefined && algorithm !== 'ECDSA') {
    const text = `the sandbox's tls plugin makes ECDSA keys only, got: "${algorithm}"; install the real plugin for others`;
    failures.push({ property: 'algorithm', text });
  }
  if (ecdsaCurve !== undefined && !(ecdsaCurve in curves)) {
    failures.push({ property: 'ecdsaCurve', text: oneOf('ecdsa_curve', Object.keys(curves), ecdsaCurve) });
  }
  return failures;
}

/** `tls.PrivateKey`, ECDSA only. */
export const privateKey: ResourceKind<PrivateKeyInputs, PrivateKeyOutputs> = {
  inputs: {
    algorithm: { onChange: 'replace' },
    ecdsaCurve: { onChange: 'replace', default: 'P224' },
    rsaBits: { onChange: 'replace', default: 2048 },
  },
  computed: [
    'privateKeyPem',
    'privateKeyPemPkcs8',
    'privateKeyOpenssh',
    'publicKeyPem',
    'publicKeyOpenssh',
    'publicKeyFingerprintMd5',
    'publicKeyFingerprintSha256',
  ],
  check,
  async create(inputs) {
    const namedCurve = curves[inputs.ecdsaCurve] ?? '';
    const { privateKey: key } = await promisify(generateKeyPair)('ec', { namedCurve });
    const publicKey = createPublicKey(key);
    return {
      id: createHash('sha1')
        .update(publicKey.export({ type: 'spki', format: 'der' }))
        .digest('hex'),
      outputs: {
        ...inputs,
        privateKeyPem: key.export({ type: 'sec1', format: 'pem' }).toString(),
        privateKeyPemPkcs8: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
        publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        ...opensshOf(key, inputs.ecdsaCurve),
      },
    };
  },
};
