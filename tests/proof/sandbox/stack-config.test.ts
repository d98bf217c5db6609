import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkedConfig } from '../../../checks/config';
import { hasSecret, stackFile } from '../../../proof/sandbox/stack-config';

const to = {
  cluster: { kubeconfig: '/k', context: 'kwok-cluster-01', server: 'https://127.0.0.1:32764' },
  charts: '/charts',
  objectStore: '127.0.0.1:9000',
};
const committed = (stack: string) => readFileSync(`Pulumi.${stack}.yaml`, 'utf8');
const config = (text: string) => (parse(text) as { config: Record<string, unknown> }).config;

describe("the sandbox's stack file", () => {
  it('is the committed one with the cluster, charts and object store of the sandbox', () => {
    const before = config(committed('cluster-01'));
    expect(config(stackFile(committed('cluster-01'), '', to))).toEqual({
      ...before,
      'monitoring:cluster': { ...(before['monitoring:cluster'] as object), ...to.cluster },
      'monitoring:objectStore': {
        kind: 'minio',
        endpoint: '127.0.0.1:9000',
        bucket: 'thanos',
        insecure: true,
      },
      'monitoring:charts': { directory: '/charts' },
    });
  });

  it('of an edge has no object store, and no charts when they come from the registry', () => {
    const before = config(committed('cluster-02'));
    expect(config(stackFile(committed('cluster-02'), '', { ...to, charts: undefined }))).toEqual({
      ...before,
      'monitoring:cluster': { ...(before['monitoring:cluster'] as object), ...to.cluster },
    });
  });

  it('keeps the salt and the encrypted values that pulumi wrote, and nothing else', () => {
    const previous =
      'encryptionsalt: v1:x\nconfig:\n  monitoring:objectStoreUser: { secure: v1:y }\n  monitoring:old: 1\n';
    const file = parse(stackFile(committed('cluster-01'), previous, to)) as Record<string, unknown>;
    expect(file['encryptionsalt']).toBe('v1:x');
    expect(file['config']).toMatchObject({ 'monitoring:objectStoreUser': { secure: 'v1:y' } });
    expect(file['config']).not.toHaveProperty('monitoring:old');
  });

  it.each(['cluster-01', 'cluster-02'])('of %s is a valid configuration', (stack) => {
    const values = Object.entries(config(stackFile(committed(stack), '', to))).map(
      ([key, value]): [string, string] => [key, typeof value === 'string' ? value : JSON.stringify(value)],
    );
    const secrets = ['monitoring:objectStoreUser', 'monitoring:objectStorePassword'];
    const raw = {
      stack,
      values: Object.fromEntries([...values, ...secrets.map((key): [string, string] => [key, 'x'])]),
      secretKeys: secrets,
    };
    expect(checkedConfig(raw).cluster).toMatchObject(to.cluster);
  });
});

describe('a stack file', () => {
  it('has a secret only when its value is encrypted', () => {
    const text = 'config:\n  a: { secure: v1:x }\n  b: plain\n';
    expect(['a', 'b', 'c'].map((key) => hasSecret(text, key))).toEqual([true, false, false]);
  });
});
