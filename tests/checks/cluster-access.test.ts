import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterViolations, serverOf } from '../../checks/cluster-access';

const kubeconfig = (context: string, server: string) => `
contexts:
  - name: ${context}
    context: { cluster: c, user: u }
clusters:
  - name: c
    cluster: { server: '${server}' }
`;

describe('server of a context', () => {
  it('is found in any of the files, the earlier one first', () => {
    const texts = [kubeconfig('a', 'https://a:1'), kubeconfig('b', 'https://b:2')];
    expect(serverOf('a', texts)).toEqual({ server: 'https://a:1', proxied: false });
    expect(serverOf('b', [kubeconfig('b', 'https://first:1'), ...texts])?.server).toBe('https://first:1');
  });

  it('is undefined when no file has the context', () => {
    expect(serverOf('other', [kubeconfig('a', 'https://a:1'), ''])).toBeUndefined();
  });
});

describe('access to a cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  const file = join(folder, 'config');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const violations = (server: string, context = 'a') =>
    clusterViolations({ context, server, kubeconfig: file });

  it('is refused when the context is missing, naming the file', async () => {
    writeFileSync(file, kubeconfig('a', 'https://127.0.0.1:1'));
    expect(await violations('https://127.0.0.1:1', 'other')).toEqual([
      {
        key: 'cluster.context',
        found: '"other"',
        allowed: `a context of ${file}`,
        fix: 'Set KUBECONFIG or monitoring:cluster.kubeconfig to a file that has it, or correct the name.',
      },
    ]);
  });

  it('is refused when the context leads to another cluster', async () => {
    writeFileSync(file, kubeconfig('a', 'https://other:6443'));
    const [violation] = await violations('https://right:6443');
    expect(violation?.found).toBe('"a", which leads to https://other:6443');
    expect(violation?.allowed).toBe('a context that leads to monitoring:cluster.server (https://right:6443)');
  });

  it.each([
    ['another port of the same host', 'https://right:6444'],
    ['the default port of the same host', 'https://right'],
    ['another path of the same host', 'https://right:6443/other'],
    ['the same host without TLS', 'http://right:6443'],
  ])('is refused when the context leads to %s', async (_, server) => {
    writeFileSync(file, kubeconfig('a', server));
    const [violation] = await violations('https://right:6443');
    expect(violation?.found).toBe(`"a", which leads to ${server}`);
  });

  it('takes an address written another way for the same', async () => {
    writeFileSync(file, kubeconfig('a', 'https://127.0.0.1:443/'));
    const [violation] = await violations('https://127.0.0.1');
    expect(violation?.key).toBe('cluster.server');
  });

  it('is refused when nothing answers, and accepted when something does', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(file, kubeconfig('a', url));
    expect(await violations(url)).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
    const [violation] = await violations(url);
    expect(violation?.key).toBe('cluster.server');
    expect(violation?.allowed).toBe('an API server that accepts a connection within 3 s');
  });
});
