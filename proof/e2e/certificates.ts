import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A client certificate and its key, as PEM. */
export interface ClientCertificate {
  certificate: string;
  privateKey: string;
}

/** Signer of certificates. */
export interface Signer {
  /** Its own subject, such as "CN=cluster-02". */
  name: string;
  key: webcrypto.CryptoKey;
  /** PEM that a client sends after its own certificate; empty where the server knows the signer. */
  chain: string;
}

export interface Validity {
  notBefore: Date;
  notAfter: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hour = 3_600_000;

/** Validity from an hour ago until an hour from now. */
const now = (): Validity => ({
  notBefore: new Date(Date.now() - hour),
  notAfter: new Date(Date.now() + hour),
});

/** A client certificate from any signer, whether it may sign or not. */
export const signed = (subject: string, signer: Signer, validity = now()): Promise<ClientCertificate> =>
  issued(subject, signer, validity, [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]);

/** A certificate for a server on an IP address. */
export const signedForServer = (address: string, signer: Signer): Promise<ClientCertificate> =>
  issued(`CN=${address}`, signer, now(), [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: address }]),
  ]);

async function issued(
  subject: string,
  signer: Signer,
  validity: Validity,
  extensions: x509.Extension[],
): Promise<ClientCertificate> {
  const holder = await keyPair();
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: signer.name,
    ...validity,
    publicKey: holder.publicKey,
    signingKey: signer.key,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      ...extensions,
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', holder.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n${signer.chain}`,
    privateKey: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

/**
 * Authority that nobody else knows.
 *
 * @param name its subject; anybody can give an authority the name of another
 */
export async function authority(name: string): Promise<Signer> {
  const { privateKey, publicKey } = await keyPair();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: name,
    ...now(),
    publicKey,
    signingKey: privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return { name, key: privateKey, chain: `${certificate.toString('pem')}\n` };
}

/** Client as a signer for others, with its own certificate in the chain. */
export const asSigner = async ({ certificate, privateKey }: ClientCertificate): Promise<Signer> => ({
  name: new x509.X509Certificate(certificate).subject,
  key: await signingKey(privateKey),
  chain: certificate,
});

/** Key of a PEM, in either of its two forms, for signing. */
export const signingKey = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' }),
    algorithm,
    false,
    ['sign'],
  );

const keyPair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** The name of a certificate's issuer, as `Signer.name` takes it. */
export const issuerOf = (pem: string): string => new x509.X509Certificate(pem).issuer;
