import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A client certificate and its key, as PEM. */
export interface ClientCertificate {
  certificate: string;
  privateKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const hour = 3_600_000;

/**
 * A client certificate from an authority of one's own.
 *
 * @param subject of the client, such as "CN=cluster-02"
 * @param issuer name of the authority: anybody can give theirs the name of another
 */
export async function clientCertificate(subject: string, issuer: string): Promise<ClientCertificate> {
  const [authority, client] = await Promise.all([keyPair(), keyPair()]);
  const validity = { notBefore: new Date(Date.now() - hour), notAfter: new Date(Date.now() + hour) };
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer,
    ...validity,
    publicKey: client.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  const authorityCertificate = await x509.X509CertificateGenerator.create({
    subject: issuer,
    issuer,
    ...validity,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', client.privateKey);
  return {
    certificate: [certificate, authorityCertificate].map((c) => `${c.toString('pem')}\n`).join(''),
    privateKey: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

const keyPair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** The name of a certificate's issuer, as `clientCertificate` takes it. */
export const issuerOf = (pem: string): string => new x509.X509Certificate(pem).issuer;
