import { type KeyObject, createHash, randomBytes } from 'node:crypto';

/** SSH's names of the curves it knows; P224 is none of them. */
const curves: Readonly<Record<string, string>> = { P256: 'nistp256', P384: 'nistp384', P521: 'nistp521' };
const blockBytes = 8;
const pemLine = 64;

export interface OpensshKey {
  readonly privateKeyOpenssh: string;
  readonly publicKeyOpenssh: string;
  readonly publicKeyFingerprintMd5: string;
  readonly publicKeyFingerprintSha256: string;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An SSH `string`: its length, then its bytes (RFC 4251, section 5). */
function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** An SSH `mpint` of a positive number: without leading zeros, but never with the sign bit set. */
function mpint(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first);
  return string((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** The OpenSSH forms of an ECDSA key; all empty for a curve that SSH does not know. */
export function opensshOf(key: KeyObject, ecdsaCurve: string): OpensshKey {
  const curve = curves[ecdsaCurve];
  if (curve === undefined) {
    return {
      privateKeyOpenssh: '',
      publicKeyOpenssh: '',
      publicKeyFingerprintMd5: '',
      publicKeyFingerprintSha256: '',
    };
  }
  const { x = '', y = '', d = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const type = `ecdsa-sha2-${curve}`;
  const publicPart = Buffer.concat([string(type), string(curve), string(point)]);
  const check = randomBytes(4);
  const noComment = string('');
  const privatePart = Buffer.concat([
    check,
    check,
    publicPart,
    mpint(Buffer.from(d, 'base64url')),
    noComment,
  ]);
  const missing = (blockBytes - (privatePart.length % blockBytes)) % blockBytes;
  const padding = Buffer.from(Array.from({ length: missing }, (_, index) => index + 1));
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    string('none'),
    string('none'),
    string(''),
    uint32(1),
    string(publicPart),
    string(Buffer.concat([privatePart, padding])),
  ]);
  const lines = file.toString('base64').match(new RegExp(`.{1,${String(pemLine)}}`, 'g')) ?? [];
  const md5 = createHash('md5').update(publicPart).digest('hex').match(/../g) ?? [];
  const sha256 = createHash('sha256').update(publicPart).digest('base64').replace(/=+$/, '');
  return {
    privateKeyOpenssh: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
    publicKeyOpenssh: `${type} ${publicPart.toString('base64')}\n`,
    publicKeyFingerprintMd5: md5.join(':'),
    publicKeyFingerprintSha256: `SHA256:${sha256}`,
  };
}
