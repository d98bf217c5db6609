import * as pulumi from '@pulumi/pulumi';
import { CertificateAuthority } from '../../../components/identity/certificate-authority';
import { register, type Registered } from '../../support/mocks';

describe('CertificateAuthority', () => {
  let registered: Registered;
  let authority: CertificateAuthority;

  beforeAll(async () => {
    registered = await register(() => {
      authority = new CertificateAuthority('server-authority', { clusterName: 'cluster-01' }, {});
    });
  });

  it('is a key on P256 and a certificate of its own', () => {
    expect(registered.names).toEqual([
      'tls:index/privateKey:PrivateKey server-authority',
      'tls:index/selfSignedCert:SelfSignedCert server-authority',
    ]);
    expect(registered.inputs('tls:index/privateKey:PrivateKey')).toEqual({
      algorithm: 'ECDSA',
      ecdsaCurve: 'P256',
    });
    expect(registered.inputs('tls:index/selfSignedCert:SelfSignedCert')).toEqual({
      privateKeyPem: expect.stringContaining('EC PRIVATE KEY') as string,
      subject: { organization: 'cluster-01', commonName: 'monitoring server authority' },
      isCaCertificate: true,
      allowedUses: ['cert_signing', 'crl_signing'],
      validityPeriodHours: 87600,
      earlyRenewalHours: 8760,
    });
  });

  it('publishes the certificate in plain and the key as a secret', async () => {
    expect(registered.secrets('tls:index/selfSignedCert:SelfSignedCert')).toEqual(['privateKeyPem']);
    expect(await pulumi.isSecret(authority.privateKey)).toBe(true);
    expect(await pulumi.isSecret(authority.certificate)).toBe(false);
  });
});
