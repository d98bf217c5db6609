import * as pulumi from '@pulumi/pulumi';
import { ServerCertificate } from '../../../components/identity/server-certificate';
import { register, type Registered } from '../../support/mocks';

const leafType = 'tls:index/locallySignedCert:LocallySignedCert';

describe('ServerCertificate', () => {
  let registered: Registered;
  let server: ServerCertificate;

  beforeAll(async () => {
    registered = await register(() => {
      server = new ServerCertificate(
        'thanos-receiver',
        {
          authority: { certificate: pulumi.output('the CA'), privateKey: pulumi.secret('the CA key') },
          dnsNames: ['thanos-receiver.k8s-cluster-01.miribit.lab'],
          namespace: 'monitoring',
          secretName: 'thanos-receiver-tls',
        },
        {},
      );
    });
  });

  it('asks for the hosts as alternative names', () => {
    expect(registered.inputs('tls:index/certRequest:CertRequest', 'thanos-receiver')).toEqual({
      privateKeyPem: expect.stringContaining('EC PRIVATE KEY') as string,
      subject: { commonName: 'thanos-receiver-tls' },
      dnsNames: ['thanos-receiver.k8s-cluster-01.miribit.lab'],
    });
  });

  it('is signed by the authority, for servers only', () => {
    expect(registered.inputs(leafType, 'thanos-receiver')).toEqual({
      certRequestPem: expect.stringContaining('CERTIFICATE REQUEST') as string,
      caPrivateKeyPem: 'the CA key',
      caCertPem: 'the CA',
      allowedUses: ['digital_signature', 'server_auth'],
      validityPeriodHours: 8760,
      earlyRenewalHours: 2160,
    });
    expect(registered.secrets(leafType)).toEqual(['caPrivateKeyPem']);
  });

  it('writes a Secret of the type that controllers and Thanos read, its content encrypted', () => {
    const secret = registered.one('kubernetes:core/v1:Secret', 'thanos-receiver-tls');
    expect(secret.inputs).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'thanos-receiver-tls', namespace: 'monitoring' },
      type: 'kubernetes.io/tls',
      stringData: {
        'tls.crt': expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/) as string,
        'tls.key': expect.stringMatching(/^-----BEGIN EC PRIVATE KEY-----\n/) as string,
      },
    });
    expect(secret.secretPaths).toEqual([
      ['stringData', 'tls.crt'],
      ['stringData', 'tls.key'],
    ]);
  });

  it('publishes the name of the Secret', () => {
    expect(server.secretName).toBe('thanos-receiver-tls');
  });
});
