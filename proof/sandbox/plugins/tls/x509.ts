import { type webcrypto, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import type * as x509 from '@peculiar/x509';
import { type Subject, distinguishedName } from './subject';
import { usagesOf } from './uses';
import { type Validity } from './validity';

/** The hash that Go picks for each curve (OpenSSL's name, then the Web Cryptography API's). */
const curves: Readonly<Record<string, { readonly namedCurve: string; readonly hash: string }>> = {
  prime256v1: { namedCurve: 'P-256', hash: 'SHA-256' },
  secp384r1: { namedCurve: 'P-384', hash: 'SHA-384' },
  secp521r1: { namedCurve: 'P-521', hash: 'SHA-512' },
};
/** Object identifier of the extension. */
const subjectAlternativeName = '2.5.29.17';
/** Serial numbers are positive: 20 octets are allowed, the real provider draws 128 bits. */
const serialBytes = 16;

export interface AlternativeNames {
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly uris?: readonly string[];
}

type Library = typeof x509;

interface Signer {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly algorithm: { readonly name: string; readonly hash: string };
}

interface CertificateParts {
  readonly allowedUses: readonly string[];
  readonly isCa: boolean;
  readonly validity: Validity;
}

export interface Certificate {
  /** Serial number, decimal. */
  readonly id: string;
  readonly certPem: string;
}

/** Loaded by the first create only: it takes longer to load than the whole plugin takes to start. */
async function library(): Promise<Library> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

function pem(data: x509.X509Certificate | x509.Pkcs10CertificateRequest): string {
  return `${data.toString('pem')}\n`;
}

function decode<Decoded>(type: string, text: string, parse: (text: string) => Decoded): Decoded {
  if (!text.includes(`-----BEGIN ${type}-----`)) {
    throw new Error(`failed to decode PEM of expected type "${type}" from bytes`);
  }
  return parse(text);
}

async function signerOf(privateKeyPem: string): Promise<Signer> {
  if (!privateKeyPem.includes('-----BEGIN ')) {
    throw new Error(`failed to decode PEM block: decoded bytes 0, undecoded ${String(privateKeyPem.length)}`);
  }
  const key = createPrivateKey(privateKeyPem);
  const curve = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined) {
    throw new Error(
      "the sandbox's tls plugin signs with ECDSA keys of P256, P384 or P521 only: name the curve",
    );
  }
  const algorithm = { name: 'ECDSA', ...curve };
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    keys: {
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
      publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
    },
    algorithm,
  };
}

/**
 * KeyUsage, ExtendedKeyUsage and BasicConstraints as Go's crypto/x509 writes them: the first and last
 * critical.
 */
function usageExtensions(lib: Library, { allowedUses, isCa }: CertificateParts): x509.Extension[] {
  const { keyUsage, extendedKeyUsage } = usagesOf(allowedUses);
  return [
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- a sum of flags
    ...(keyUsage === 0 ? [] : [new lib.KeyUsagesExtension(keyUsage, true)]),
    ...(extendedKeyUsage.length === 0 ? [] : [new lib.ExtendedKeyUsageExtension([...extendedKeyUsage])]),
    new lib.BasicConstraintsExtension(isCa, undefined, true),
  ];
}

function alternativeNames(lib: Library, names: AlternativeNames): x509.Extension[] {
  const general: x509.JsonGeneralNames = [
    ...(names.dnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(names.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
    ...(names.uris ?? []).map((value) => ({ type: 'url' as const, value })),
  ];
  return general.length === 0 ? [] : [new lib.SubjectAlternativeNameExtension(general)];
}

function serialAndTimes(validity: Validity): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const bytes = randomBytes(serialBytes);
  // The first bit would make the number negative, a leading zero octet would be no DER.
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return {
    serialNumber: bytes.toString('hex'),
    notBefore: new Date(validity.validityStartTime),
    notAfter: new Date(validity.validityEndTime),
  };
}

function certificate(made: x509.X509Certificate): Certificate {
  return { id: BigInt(`0x${made.serialNumber}`).toString(), certPem: pem(made) };
}

export async function requestCertificate(
  privateKeyPem: string,
  subject: Subject | undefined,
  names: AlternativeNames,
): Promise<{ der: Buffer; certRequestPem: string }> {
  const lib = await library();
  const { keys, algorithm } = await signerOf(privateKeyPem);
  const request = await lib.Pkcs10CertificateRequestGenerator.create({
    name: distinguishedName(subject),
    keys,
    signingAlgorithm: algorithm,
    extensions: alternativeNames(lib, names),
  });
  return { der: Buffer.from(request.rawData), certRequestPem: pem(request) };
}

export async function selfSign(
  privateKeyPem: string,
  subject: Subject | undefined,
  names: AlternativeNames,
  keyIds: { readonly subject: boolean; readonly authority: boolean },
  parts: CertificateParts,
): Promise<Certificate> {
  const lib = await library();
  const { keys, algorithm } = await signerOf(privateKeyPem);
  const extensions = usageExtensions(lib, parts);
  // Go gives every certificate authority a subject key id, asked for or not: leaves point at it.
  if (keyIds.subject || parts.isCa) {
    extensions.push(await lib.SubjectKeyIdentifierExtension.create(keys.publicKey));
  }
  if (keyIds.authority) extensions.push(await lib.AuthorityKeyIdentifierExtension.create(keys.publicKey));
  extensions.push(...alternativeNames(lib, names));
  return certificate(
    await lib.X509CertificateGenerator.createSelfSigned({
      ...serialAndTimes(parts.validity),
      name: distinguishedName(subject),
      keys,
      signingAlgorithm: algorithm,
      extensions,
    }),
  );
}

export async function signRequest(
  certRequestPem: string,
  ca: { readonly privateKeyPem: string; readonly certPem: string },
  setSubjectKeyId: boolean,
  parts: CertificateParts,
): Promise<Certificate> {
  const lib = await library();
  const request = decode(
    'CERTIFICATE REQUEST',
    certRequestPem,
    (text) => new lib.Pkcs10CertificateRequest(text),
  );
  const issuer = decode('CERTIFICATE', ca.certPem, (text) => new lib.X509Certificate(text));
  const { keys, algorithm } = await signerOf(ca.privateKeyPem);
  if (issuer.getExtension(lib.BasicConstraintsExtension)?.ca !== true) {
    console.error('Certificate provided as Authority does not appear to be a valid Certificate Authority');
  }
  const extensions = usageExtensions(lib, parts);
  if (setSubjectKeyId || parts.isCa) {
    extensions.push(await lib.SubjectKeyIdentifierExtension.create(request.publicKey));
  }
  const issuerKeyId = issuer.getExtension(lib.SubjectKeyIdentifierExtension)?.keyId;
  if (issuerKeyId !== undefined) extensions.push(new lib.AuthorityKeyIdentifierExtension(issuerKeyId));
  extensions.push(...request.extensions.filter(({ type }) => type === subjectAlternativeName));
  return certificate(
    await lib.X509CertificateGenerator.create({
      ...serialAndTimes(parts.validity),
      subject: request.subjectName,
      issuer: issuer.subjectName,
      publicKey: request.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      extensions,
    }),
  );
}
