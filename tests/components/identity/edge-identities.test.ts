import * as pulumi from '@pulumi/pulumi';
import { EdgeIdentities } from '../../../components/identity/edge-identities';
import { register, type Registered } from '../../support/mocks';

const keyType = 'tls:index/privateKey:PrivateKey';
const selfSignedType = 'tls:index/selfSignedCert:SelfSignedCert';
const requestType = 'tls:index/certRequest:CertRequest';
const leafType = 'tls:index/locallySignedCert:LocallySignedCert';

const text = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

async function deploy(...edges: string[]) {
  const made: EdgeIdentities[] = [];
  const registered = await register(() => made.push(new EdgeIdentities('edges', { edges }, {})));
  const [identities] = made;
  if (!identities) throw new Error('the program was not run');
  return { registered, identities };
}

describe('EdgeIdentities', () => {
  let registered: Registered;
  let identities: EdgeIdentities;

  beforeAll(async () => {
    ({ registered, identities } = await deploy('cluster-03', 'cluster-02'));
  });

  it('has two resources for all edges and four for each', () => {
    expect(registered.names).toEqual([
      `${requestType} edges-cluster-02`,
      `${requestType} edges-cluster-03`,
      `${leafType} edges-cluster-02`,
      `${leafType} edges-cluster-03`,
      `${keyType} edges`,
      `${keyType} edges-cluster-02`,
      `${keyType} edges-cluster-03`,
      `${selfSignedType} edges-cluster-02-issuer`,
      `${selfSignedType} edges-cluster-03-issuer`,
      `${selfSignedType} edges-nobody`,
    ]);
    expect(registered.resources.filter(({ custom }) => !custom)).toHaveLength(1);
  });

  it('names an issuer by its edge and the fingerprint of its key', () => {
    const { subject, privateKeyPem, ...rest } = registered.inputs(
      selfSignedType,
      'edges-cluster-02-issuer',
    ) as {
      subject: Record<string, string>;
      privateKeyPem: string;
    };
    expect(subject).toEqual({
      commonName: 'cluster-02',
      organizationalUnit: expect.stringMatching(/^SHA256:.{43}$/) as string,
    });
    expect(rest).toEqual({
      isCaCertificate: true,
      allowedUses: ['cert_signing', 'crl_signing'],
      validityPeriodHours: 87600,
      earlyRenewalHours: 8760,
    });
    expect(privateKeyPem).toContain('private key of edges\n');
  });

  it('makes a client certificate whose common name is the tenant', () => {
    expect(registered.inputs(keyType, 'edges-cluster-02')).toEqual({
      algorithm: 'ECDSA',
      ecdsaCurve: 'P256',
    });
    expect(registered.inputs(requestType, 'edges-cluster-02')).toEqual({
      privateKeyPem: expect.stringContaining('private key of edges-cluster-02\n') as string,
      subject: { commonName: 'cluster-02' },
    });
    expect(registered.inputs(leafType, 'edges-cluster-02')).toEqual({
      certRequestPem: expect.stringContaining('certificate request of edges-cluster-02\n') as string,
      caPrivateKeyPem: expect.stringContaining('private key of edges\n') as string,
      caCertPem: expect.stringContaining('certificate of edges-cluster-02-issuer\n') as string,
      allowedUses: ['digital_signature', 'client_auth'],
      validityPeriodHours: 8760,
      earlyRenewalHours: 2160,
    });
  });

  it('encrypts every private key', () => {
    const found = registered.resources.flatMap(({ type, name, secretPaths }) =>
      secretPaths.map(([input]) => `${type} ${name} ${input ?? ''}`),
    );
    expect(found.sort()).toEqual([
      `${requestType} edges-cluster-02 privateKeyPem`,
      `${requestType} edges-cluster-03 privateKeyPem`,
      `${leafType} edges-cluster-02 caPrivateKeyPem`,
      `${leafType} edges-cluster-03 caPrivateKeyPem`,
      `${selfSignedType} edges-cluster-02-issuer privateKeyPem`,
      `${selfSignedType} edges-cluster-03-issuer privateKeyPem`,
      `${selfSignedType} edges-nobody privateKeyPem`,
    ]);
  });

  it('publishes what an edge needs, its key as a secret', async () => {
    const identity = identities.byEdge['cluster-03'];
    if (!identity) throw new Error('no identity of cluster-03');
    expect(await text(identity.certificate)).toContain('certificate of edges-cluster-03\n');
    expect(await text(identity.privateKey)).toContain('private key of edges-cluster-03\n');
    expect(await pulumi.isSecret(identity.certificate)).toBe(false);
    expect(await pulumi.isSecret(identity.privateKey)).toBe(true);
  });

  it('publishes the issuers by name, whatever the order of the list', async () => {
    const same = await deploy('cluster-02', 'cluster-03');
    const order = ['edges-nobody', 'edges-cluster-02-issuer', 'edges-cluster-03-issuer'].map(
      (name) => `-----BEGIN CERTIFICATE-----\ncertificate of ${name}\n-----END CERTIFICATE-----\n`,
    );
    expect(await Promise.all(identities.issuers.map(text))).toEqual(order);
    expect(await Promise.all(same.identities.issuers.map(text))).toEqual(order);
  });

  it('publishes one certificate that can neither sign nor be a client, also without an edge', async () => {
    const { registered: empty, identities: none } = await deploy();
    expect(empty.inputs(selfSignedType, 'edges-nobody')).toEqual({
      privateKeyPem: expect.stringContaining('private key of edges\n') as string,
      subject: { commonName: 'nobody' },
      isCaCertificate: false,
      allowedUses: ['server_auth'],
      validityPeriodHours: 87600,
      earlyRenewalHours: 8760,
    });
    expect(await Promise.all(none.issuers.map(text))).toEqual([
      '-----BEGIN CERTIFICATE-----\ncertificate of edges-nobody\n-----END CERTIFICATE-----\n',
    ]);
  });
});
