import { CertificateAuthority } from '../../../components/identity/certificate-authority';
import { bundle } from '../../../components/identity/client-ca-bundle';
import { EdgeIdentities, type EdgeIdentity } from '../../../components/identity/edge-identities';
import { certRequest } from '../../../proof/sandbox/plugins/tls/cert-request';
import { locallySignedCert } from '../../../proof/sandbox/plugins/tls/locally-signed-cert';
import { privateKey } from '../../../proof/sandbox/plugins/tls/private-key';
import { handshake, type KeyPair } from '../../support/handshake';
import { IssuingStack } from '../../support/issued-certificates';

const selfSigned = 'tls:index/selfSignedCert:SelfSignedCert';
const locallySigned = 'tls:index/locallySignedCert:LocallySignedCert';

/** The identities of a list of edges, as the central stack has them after an `up`. */
async function deploy(stack: IssuingStack, edges: string[]) {
  const { byEdge, issuers } = await stack.up(() => {
    const identities = new EdgeIdentities('edges', { edges }, {});
    return { byEdge: identities.byEdge, issuers: [...identities.issuers] };
  });
  const of = (edge: string): KeyPair & { issuer: string } => {
    const found = (byEdge as Record<string, Record<keyof EdgeIdentity, string>>)[edge];
    if (!found) throw new Error(`no identity of ${edge}`);
    return found;
  };
  return { of, clientCa: bundle(issuers) };
}

/** A client certificate that somebody signs who is no authority, with that certificate in its chain. */
async function signedBy(signer: KeyPair, commonName: string): Promise<KeyPair> {
  const { outputs: key } = await privateKey.create({ algorithm: 'ECDSA', ecdsaCurve: 'P256', rsaBits: 2048 });
  const { outputs: request } = await certRequest.create({
    privateKeyPem: key.privateKeyPem,
    subject: { commonName },
  });
  const { outputs: leaf } = await locallySignedCert.create({
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: signer.privateKey,
    caCertPem: signer.certificate,
    allowedUses: ['digital_signature', 'client_auth'],
    validityPeriodHours: 1,
    earlyRenewalHours: 0,
    isCaCertificate: false,
    setSubjectKeyId: false,
  });
  return { certificate: leaf.certPem + signer.certificate, privateKey: key.privateKeyPem };
}

describe('Who may write', () => {
  let server: KeyPair;
  let stack: IssuingStack;

  beforeAll(async () => {
    server = await new IssuingStack().up(() => {
      const { certificate, privateKey } = new CertificateAuthority(
        'server',
        { clusterName: 'cluster-01' },
        {},
      );
      return { certificate, privateKey };
    });
  });

  beforeEach(() => {
    stack = new IssuingStack();
  });

  it('is every edge of the list, under its own name', async () => {
    const { of, clientCa } = await deploy(stack, ['cluster-02', 'cluster-03']);
    expect(await handshake({ server, clientCa }, of('cluster-02'))).toBe('accepted as cluster-02');
    expect(await handshake({ server, clientCa }, of('cluster-03'))).toBe('accepted as cluster-03');
  });

  it('is nobody without a certificate', async () => {
    const { clientCa } = await deploy(stack, ['cluster-02']);
    expect(await handshake({ server, clientCa })).toBe('no certificate');
  });

  it('is no longer an edge that left the list, even with its issuer in its chain', async () => {
    const before = (await deploy(stack, ['cluster-02', 'cluster-03'])).of('cluster-03');
    const { clientCa, of } = await deploy(stack, ['cluster-02']);
    expect(await handshake({ server, clientCa }, before)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const chain = { ...before, certificate: before.certificate + before.issuer };
    expect(await handshake({ server, clientCa }, chain)).toBe('SELF_SIGNED_CERT_IN_CHAIN');
    expect(await handshake({ server, clientCa }, of('cluster-02'))).toBe('accepted as cluster-02');
  });

  it('is an edge that came back, but not with its old certificate', async () => {
    const old = (await deploy(stack, ['cluster-02', 'cluster-03'])).of('cluster-03');
    await deploy(stack, ['cluster-02']);
    const { of, clientCa } = await deploy(stack, ['cluster-02', 'cluster-03']);
    expect(await handshake({ server, clientCa }, old)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await handshake({ server, clientCa }, of('cluster-03'))).toBe('accepted as cluster-03');
  });

  it('stays the same while a certificate is renewed: the old one works until the edge has the new one', async () => {
    const old = (await deploy(stack, ['cluster-02'])).of('cluster-02');
    stack.renew(locallySigned, 'edges-cluster-02');
    const { of, clientCa } = await deploy(stack, ['cluster-02']);
    expect(of('cluster-02').certificate).not.toBe(old.certificate);
    expect(of('cluster-02').issuer).toBe(old.issuer);
    expect(await handshake({ server, clientCa }, old)).toBe('accepted as cluster-02');
    expect(await handshake({ server, clientCa }, of('cluster-02'))).toBe('accepted as cluster-02');
  });

  it('stays the same while an issuer is renewed', async () => {
    const old = (await deploy(stack, ['cluster-02'])).of('cluster-02');
    stack.renew(selfSigned, 'edges-cluster-02-issuer');
    const { of, clientCa } = await deploy(stack, ['cluster-02']);
    expect(of('cluster-02').issuer).not.toBe(old.issuer);
    expect(await handshake({ server, clientCa }, old)).toBe('accepted as cluster-02');
    expect(await handshake({ server, clientCa }, of('cluster-02'))).toBe('accepted as cluster-02');
  });

  it('is no edge whose certificate has expired', async () => {
    const now = Date.now.bind(Date);
    const past = jest.spyOn(Date, 'now').mockImplementation(() => now() - 400 * 86_400_000);
    const { of, clientCa } = await deploy(stack, ['cluster-02']);
    past.mockRestore();
    expect(await handshake({ server, clientCa }, of('cluster-02'))).toBe('CERT_HAS_EXPIRED');
  });

  it('is nobody when the list is empty', async () => {
    const old = (await deploy(stack, ['cluster-02'])).of('cluster-02');
    const { clientCa } = await deploy(stack, []);
    expect(clientCa.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(await handshake({ server, clientCa }, old)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  it('does not include an edge that signs for another one with its own certificate', async () => {
    const { of, clientCa } = await deploy(stack, ['cluster-02', 'cluster-03']);
    const warning = jest.spyOn(console, 'error').mockImplementation();
    const forged = await signedBy(of('cluster-02'), 'cluster-03');
    expect(warning).toHaveBeenCalledWith(
      expect.stringContaining('not appear to be a valid Certificate Authority'),
    );
    warning.mockRestore();
    expect(await handshake({ server, clientCa }, forged)).not.toMatch(/^accepted/);
  });
});
