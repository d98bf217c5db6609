import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { HttpClient } from '../../tools/http-client';
import { authority, signedForServer } from '../e2e/certificates';
import { Failure } from '../failure';
import { eventually } from '../eventually';
import { writeFiles } from './folder';
import { freePort, Process } from './processes';

const host = '127.0.0.1';

/** The API server of Kubernetes over an etcd of its own, on loopback: objects, and nobody who runs them. */
export class ApiServer {
  private constructor(
    private readonly client: HttpClient,
    private readonly token: string,
    /** File with which programs reach it. */
    readonly kubeconfig: string,
  ) {}

  /** @throws Failure when it does not get ready within two minutes */
  static async start(folder: string): Promise<ApiServer> {
    mkdirSync(folder, { recursive: true });
    const etcd = await startEtcd(folder);
    const signer = await authority('CN=lab');
    const server = await signedForServer(host, signer);
    const token = randomBytes(16).toString('hex');
    const port = await freePort();
    const url = `https://${host}:${port}`;
    const kubeconfig = join(folder, 'kubeconfig.yaml');
    writeFiles(folder, {
      'tls.crt': server.certificate,
      'tls.key': server.privateKey,
      'ca.crt': signer.chain,
      'accounts.key': accountKey(),
      'tokens.csv': `${token},lab,lab,system:masters\n`,
      'kubeconfig.yaml': stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'lab',
        clusters: [
          { name: 'lab', cluster: { server: url, 'certificate-authority': join(folder, 'ca.crt') } },
        ],
        users: [{ name: 'lab', user: { token } }],
        contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'lab' } }],
      }),
    });
    const client = new HttpClient({ host, port }, { serverName: host, ca: signer.chain }, { maxSockets: 20 });
    const started = new ApiServer(client, token, kubeconfig);
    Process.launch('kube-apiserver', 'kube-apiserver', apiServerArguments(folder, etcd, port), {
      log: join(folder, 'kube-apiserver.log'),
    });
    await eventually(120, async () => {
      const { status } = await started.send('GET', '/readyz').catch(() => ({ status: 0 }));
      if (status !== 200) throw new Failure(`kube-apiserver is not ready: ${folder}/kube-apiserver.log`);
    });
    return started;
  }

  /** @throws Failure when it is not created */
  async create(path: string, object: object): Promise<void> {
    const { status, body } = await this.send('POST', path, object);
    if (status !== 201 && status !== 409) throw new Failure(`${path}: ${status} ${body.slice(0, 300)}`);
  }

  /** @throws Failure when its status is not written */
  async putStatus(path: string, status: object): Promise<void> {
    const headers = { 'content-type': 'application/merge-patch+json', ...this.authorization() };
    const body = JSON.stringify({ status });
    const answer = await this.client.send({ method: 'PATCH', path: `${path}/status`, headers, body });
    if (answer.status !== 200) throw new Failure(`${path}: ${answer.status} ${answer.body.slice(0, 300)}`);
  }

  private readonly authorization = () => ({ authorization: `Bearer ${this.token}` });

  private send(method: string, path: string, body?: object) {
    const headers = { 'content-type': 'application/json', ...this.authorization() };
    return this.client.send({ method, path, headers, ...(body && { body: JSON.stringify(body) }) });
  }
}

/** Key that signs tokens of accounts, in the form that the API server reads. */
const accountKey = (): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
};

async function startEtcd(folder: string): Promise<string> {
  const url = `http://${host}:${await freePort()}`;
  const peer = `http://${host}:${await freePort()}`;
  const args = [
    ...['--name=lab', `--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync'],
    ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`],
    ...[
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=lab=${peer}`,
    ],
  ];
  await Process.start('etcd', 'etcd', args, { log: join(folder, 'etcd.log'), ready: `${url}/health` });
  return url;
}

const apiServerArguments = (folder: string, etcd: string, port: number): string[] => [
  `--etcd-servers=${etcd}`,
  `--bind-address=${host}`,
  `--advertise-address=${host}`,
  `--secure-port=${port}`,
  `--cert-dir=${join(folder, 'certificates')}`,
  `--tls-cert-file=${join(folder, 'tls.crt')}`,
  `--tls-private-key-file=${join(folder, 'tls.key')}`,
  `--token-auth-file=${join(folder, 'tokens.csv')}`,
  '--authorization-mode=RBAC',
  '--service-account-issuer=https://lab.invalid',
  `--service-account-key-file=${join(folder, 'accounts.key')}`,
  `--service-account-signing-key-file=${join(folder, 'accounts.key')}`,
  '--service-cluster-ip-range=10.96.0.0/16',
  // It cannot be an endpoint of its own Service: that may not be on loopback.
  '--endpoint-reconciler-type=none',
  // Pods are made without the controller that makes their accounts.
  '--disable-admission-plugins=ServiceAccount',
];
