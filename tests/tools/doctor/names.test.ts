import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CertificateAuthority } from '../../../components/identity/certificate-authority';
import { certRequest } from '../../../proof/sandbox/plugins/tls/cert-request';
import { locallySignedCert } from '../../../proof/sandbox/plugins/tls/locally-signed-cert';
import { privateKey } from '../../../proof/sandbox/plugins/tls/private-key';
import { centreAccepts, nameLeads } from '../../../tools/doctor/checks/names';
import { lookAtCentre, lookAtName } from '../../../tools/doctor/collect/names';
import type { KeyPair } from '../../support/handshake';
import { IssuingStack } from '../../support/issued-certificates';

const authority = (name: string): Promise<KeyPair> =>
  new IssuingStack().up(() => {
    const made = new CertificateAuthority(name, { clusterName: 'cluster-01' }, {});
    return { certificate: made.certificate, privateKey: made.privateKey };
  });

async function leaf(signer: KeyPair, commonName: string, dnsNames: string[] = []): Promise<KeyPair> {
  const { outputs: key } = await privateKey.create({ algorithm: 'ECDSA', ecdsaCurve: 'P256', rsaBits: 2048 });
  const { outputs: request } = await certRequest.create({
    privateKeyPem: key.privateKeyPem,
    subject: { commonName },
    ...(dnsNames.length > 0 && { dnsNames }),
  });
  const { outputs: signed } = await locallySignedCert.create({
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: signer.privateKey,
    caCertPem: signer.certificate,
    allowedUses: ['digital_signature', 'server_auth', 'client_auth'],
    validityPeriodHours: 24,
    earlyRenewalHours: 0,
    isCaCertificate: false,
    setSubjectKeyId: false,
  });
  return { certificate: signed.certPem, privateKey: key.privateKeyPem };
}

let servers: KeyPair;
let clients: KeyPair;
let own: KeyPair;
const open: Server[] = [];

beforeAll(async () => {
  servers = await authority('servers');
  clients = await authority('clients');
  own = await leaf(servers, 'server', ['localhost']);
}, 60_000);

afterAll(() => {
  for (const server of open) server.closeAllConnections();
  for (const server of open) server.close();
});

/** A server of this machine with this certificate. @returns its port */
async function serving(pair: KeyPair, options: ServerOptions = {}): Promise<number> {
  const tls = { cert: pair.certificate, key: pair.privateKey, minVersion: 'TLSv1.3' as const, ...options };
  const server = createServer(tls, ({ headers }, response) => {
    response.writeHead(headers.authorization === undefined ? 401 : 200).end();
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a public name', () => {
  it('is asked without a password and with it', async () => {
    const port = await serving(own);
    const login = { user: 'a', password: 'b' };
    const seen = await lookAtName({
      url: `https://localhost:${port}`,
      ca: servers.certificate,
      path: '/',
      login,
    });
    expect(seen).toMatchObject({ host: 'localhost', port, status: 401, statusWithLogin: 200 });
    expect(seen.tls?.refusal).toBeUndefined();
    // To the day: it was made for 24 hours a moment ago.
    expect(Math.round(((seen.tls?.end.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(24);
  });

  it('with a certificate of somebody else, or for another name, says how clients refuse it', async () => {
    const url = `https://localhost:${await serving(own)}`;
    const elsewhere = await lookAtName({ url, ca: clients.certificate, path: '/' });
    expect(elsewhere.tls?.refusal).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(elsewhere.status).toBeUndefined();
    const other = `https://localhost:${await serving(await leaf(servers, 'other', ['other.example.org']))}`;
    expect((await lookAtName({ url: other, ca: servers.certificate })).tls?.refusal).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('where nothing answers says so', async () => {
    const port = await serving(own);
    await new Promise((resolve) => open.pop()?.close(resolve));
    const seen = await lookAtName({ url: `https://localhost:${port}`, ca: servers.certificate });
    expect(seen.tls).toBeUndefined();
    expect(nameLeads({ pointAt: 'the Ingress' })({ value: seen })).toMatchObject({
      status: 'wrong',
      found: expect.stringContaining('ECONNREFUSED') as string,
    });
  });
});

describe('the centre, as an edge sees it', () => {
  const asked = async (identity: KeyPair) => {
    const mutual = { ca: clients.certificate, requestCert: true, rejectUnauthorized: true };
    const url = `https://localhost:${await serving(own, mutual)}/api/v1/receive`;
    return lookAtCentre(url, { ca: servers.certificate, ...identity });
  };

  it('accepts a certificate of its authority', async () => {
    const seen = await asked(await leaf(clients, 'cluster-02'));
    expect(seen.accepted).toBe(401);
    expect(centreAccepts({ value: seen }).status).toBe('well');
  });

  it('refuses any other, and says why', async () => {
    const seen = await asked(await leaf(servers, 'cluster-02'));
    expect(seen.accepted).toBeUndefined();
    expect(centreAccepts({ value: seen })).toMatchObject({
      status: 'wrong',
      found: expect.stringMatching(/^the centre refuses its certificate: /) as string,
    });
  });
});
