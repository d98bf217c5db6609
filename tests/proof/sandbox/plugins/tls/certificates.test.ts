import 'reflect-metadata';
import { X509Certificate, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { certRequest } from '../../../../../proof/sandbox/plugins/tls/cert-request';
import { locallySignedCert } from '../../../../../proof/sandbox/plugins/tls/locally-signed-cert';
import { privateKey } from '../../../../../proof/sandbox/plugins/tls/private-key';
import { selfSignedCert } from '../../../../../proof/sandbox/plugins/tls/self-signed-cert';

async function key(ecdsaCurve = 'P256') {
  return privateKey.create({ algorithm: 'ECDSA', ecdsaCurve, rsaBits: 2048 });
}

async function authority() {
  const { outputs } = await key();
  const { id, outputs: ca } = await selfSignedCert.create({
    privateKeyPem: outputs.privateKeyPem,
    isCaCertificate: true,
    allowedUses: ['cert_signing', 'crl_signing'],
    subject: { commonName: 'fleet', organization: 'Miribit', organizationalUnit: 'SHA256:a+b/c, é' },
    validityPeriodHours: 87600,
    earlyRenewalHours: 24,
    setSubjectKeyId: false,
    setAuthorityKeyId: false,
  });
  return { id, ca, caKey: outputs.privateKeyPem };
}

async function leaf(
  dnsNames?: readonly string[],
  allowedUses = ['digital_signature', 'client_auth', 'server_auth'],
) {
  const made = await authority();
  const { outputs: leafKey } = await key();
  const { id: requestId, outputs: request } = await certRequest.create({
    privateKeyPem: leafKey.privateKeyPem,
    subject: { commonName: 'cluster-02', organization: 'edges' },
    ...(dnsNames === undefined ? {} : { dnsNames }),
  });
  const { id, outputs } = await locallySignedCert.create({
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: made.caKey,
    caCertPem: made.ca.certPem,
    allowedUses,
    validityPeriodHours: 24,
    earlyRenewalHours: 1,
    isCaCertificate: false,
    setSubjectKeyId: false,
  });
  return { ...made, leafKey, requestId, request, id, outputs };
}

/** Extensions as `name critical`, in the order of the certificate. */
function extensions(pem: string): string[] {
  const names: Record<string, string> = {
    '2.5.29.15': 'KeyUsage',
    '2.5.29.37': 'ExtendedKeyUsage',
    '2.5.29.19': 'BasicConstraints',
    '2.5.29.14': 'SubjectKeyId',
    '2.5.29.35': 'AuthorityKeyId',
    '2.5.29.17': 'SubjectAlternativeName',
  };
  return new x509.X509Certificate(pem).extensions.map(
    ({ type, critical }) => `${names[type] ?? type}${critical ? ' critical' : ''}`,
  );
}

describe('tls.PrivateKey', () => {
  it('writes one key in all its forms', async () => {
    const { id, outputs } = await key();
    expect(outputs.privateKeyPem).toMatch(
      /^-----BEGIN EC PRIVATE KEY-----\n[^]+-----END EC PRIVATE KEY-----\n$/,
    );
    expect(outputs.privateKeyPemPkcs8).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n[^]+-----END PRIVATE KEY-----\n$/,
    );
    const publicPem = (pem: string) =>
      createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
    expect(publicPem(outputs.privateKeyPem)).toBe(outputs.publicKeyPem);
    expect(publicPem(outputs.privateKeyPemPkcs8)).toBe(outputs.publicKeyPem);
    expect(createPrivateKey(outputs.privateKeyPem).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(id).toMatch(/^[0-9a-f]{40}$/);
    expect(outputs.rsaBits).toBe(2048);
  });

  it('has the fingerprints of its SSH form', async () => {
    const { outputs } = await key();
    const blob = Buffer.from(outputs.publicKeyOpenssh.trim().split(' ')[1] ?? '', 'base64');
    const sha256 = createHash('sha256').update(blob).digest('base64').replace('=', '');
    expect(outputs.publicKeyOpenssh).toMatch(/^ecdsa-sha2-nistp256 AAAA\S+\n$/);
    expect(outputs.publicKeyFingerprintSha256).toBe(`SHA256:${sha256}`);
    expect(outputs.publicKeyFingerprintMd5).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    const sealed = outputs.privateKeyOpenssh.split('\n').slice(1, -2).join('');
    expect(Buffer.from(sealed, 'base64').includes(blob)).toBe(true);
  });

  it('has no SSH form on P224, the curve of a key that names none', async () => {
    const { outputs } = await key('P224');
    expect([outputs.publicKeyOpenssh, outputs.privateKeyOpenssh, outputs.publicKeyFingerprintSha256]).toEqual(
      ['', '', ''],
    );
    expect(privateKey.inputs.ecdsaCurve.default).toBe('P224');
  });

  it.each([
    [
      { ecdsaCurve: 'P255' },
      'Attribute ecdsa_curve value must be one of: ["P224" "P256" "P384" "P521"], got: "P255"',
    ],
    [{ algorithm: 'DSA' }, 'Attribute algorithm value must be one of: ["RSA" "ECDSA" "ED25519"], got: "DSA"'],
    [
      { algorithm: 'RSA' },
      'the sandbox\'s tls plugin makes ECDSA keys only, got: "RSA"; install the real plugin for others',
    ],
  ])('refuses %j', (inputs, text) => {
    expect(privateKey.check?.(inputs).map((failure) => failure.text)).toEqual([text]);
  });
});

describe('tls.SelfSignedCert as a certificate authority', () => {
  it('signs itself, may sign others, and has a subject key id that nobody asked for', async () => {
    const { id, ca } = await authority();
    const cert = new X509Certificate(ca.certPem);
    expect(cert.verify(cert.publicKey)).toBe(true);
    expect(cert.ca).toBe(true);
    expect(extensions(ca.certPem)).toEqual([
      'KeyUsage critical',
      'BasicConstraints critical',
      'SubjectKeyId',
    ]);
    expect(
      new x509.X509Certificate(ca.certPem).getExtension(x509.BasicConstraintsExtension)?.pathLength,
    ).toBeUndefined();
    expect(BigInt(`0x${cert.serialNumber}`).toString()).toBe(id);
    expect(cert.subject).toBe('O=Miribit\nOU=SHA256:a\\+b/c\\, é\nCN=fleet');
    expect(ca.certPem).toMatch(/-----END CERTIFICATE-----\n$/);
  });

  it('is valid for the hours given, from now', async () => {
    const { ca } = await authority();
    const cert = new X509Certificate(ca.certPem);
    const hours = (Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / 3_600_000;
    expect(hours).toBe(87600);
    expect(ca.validityStartTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(Math.abs(Date.parse(cert.validTo) - Date.parse(ca.validityEndTime))).toBeLessThan(1000);
    expect(ca.readyForRenewal).toBe(false);
  });
});

describe('tls.LocallySignedCert', () => {
  it('is issued by the authority, for the key of the request', async () => {
    const { id, ca, outputs, leafKey } = await leaf(['a.example', 'b.example']);
    const authorityCert = new X509Certificate(ca.certPem);
    const cert = new X509Certificate(outputs.certPem);
    expect(cert.verify(authorityCert.publicKey)).toBe(true);
    expect(cert.checkIssued(authorityCert)).toBe(true);
    expect(cert.checkPrivateKey(createPrivateKey(leafKey.privateKeyPem))).toBe(true);
    expect(cert.subject).toBe('O=edges\nCN=cluster-02');
    expect(cert.issuer).toBe(authorityCert.subject);
    expect(BigInt(`0x${cert.serialNumber}`).toString()).toBe(id);
    expect(outputs.caKeyAlgorithm).toBe('ECDSA');
  });

  it('carries the uses in order, is no authority, points at its issuer and copies the names of the request', async () => {
    const { ca, outputs } = await leaf(['a.example', 'b.example']);
    expect(extensions(outputs.certPem)).toEqual([
      'KeyUsage critical',
      'ExtendedKeyUsage',
      'BasicConstraints critical',
      'AuthorityKeyId',
      'SubjectAlternativeName',
    ]);
    const cert = new x509.X509Certificate(outputs.certPem);
    expect(new X509Certificate(outputs.certPem).ca).toBe(false);
    expect(new X509Certificate(outputs.certPem).subjectAltName).toBe('DNS:a.example, DNS:b.example');
    expect(cert.getExtension(x509.ExtendedKeyUsageExtension)?.usages).toEqual([
      '1.3.6.1.5.5.7.3.2',
      '1.3.6.1.5.5.7.3.1',
    ]);
    expect(cert.getExtension(x509.KeyUsagesExtension)?.usages).toBe(x509.KeyUsageFlags.digitalSignature);
    expect(cert.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId).toBe(
      new x509.X509Certificate(ca.certPem).getExtension(x509.SubjectKeyIdentifierExtension)?.keyId,
    );
  });

  it('has no alternative names when the request has none', async () => {
    const { outputs } = await leaf(undefined, ['client_auth']);
    expect(extensions(outputs.certPem)).toEqual([
      'ExtendedKeyUsage',
      'BasicConstraints critical',
      'AuthorityKeyId',
    ]);
  });

  it('comes from a request that its own key signed', async () => {
    const { request, requestId } = await leaf(['a.example']);
    expect(await new x509.Pkcs10CertificateRequest(request.certRequestPem).verify()).toBe(true);
    expect(requestId).toMatch(/^[0-9a-f]{40}$/);
    expect(request.certRequestPem).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/);
  });

  it.each([
    ['certRequestPem', 'failed to decode PEM of expected type "CERTIFICATE REQUEST" from bytes'],
    ['caCertPem', 'failed to decode PEM of expected type "CERTIFICATE" from bytes'],
    ['caPrivateKeyPem', 'failed to decode PEM block: decoded bytes 0, undecoded 4'],
  ])('says which PEM is none: %s', async (property, text) => {
    const { outputs } = await leaf();
    await expect(locallySignedCert.create({ ...outputs, [property]: 'none' })).rejects.toThrow(text);
  });

  it('refuses uses that do not exist and negative hours', () => {
    const failures =
      locallySignedCert.check?.({ allowedUses: ['serverauth'], validityPeriodHours: -1 }) ?? [];
    expect(failures.map(({ property }) => property)).toEqual(['allowedUses[0]', 'validityPeriodHours']);
    expect(failures[0]?.text).toMatch(
      /^Attribute allowed_uses\[0\] value must be one of: \["any_extended" "cert_signing" .*\], got: "serverauth"$/,
    );
    expect(failures[1]?.text).toBe('Attribute validity_period_hours value must be at least 0, got: -1');
  });
});
