import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { checkedConfig } from '../../../checks/config';
import { classesOf, stackFile } from '../../../proof/sandbox/stack-config';

const to = {
  cluster: { kubeconfig: '/k', context: 'kwok-cluster-01', server: 'https://127.0.0.1:32764' },
  charts: '/charts',
  objectStore: '127.0.0.1:9000',
};
const real = { storageClass: 'standard', ingressClass: 'nginx', domain: 'test', loadBalancer: '10.0.0.9' };
const committed = (stack: string) => readFileSync(`Pulumi.${stack}.yaml`, 'utf8');
const config = (text: string) => (parse(text) as { config: Record<string, unknown> }).config;

describe("the sandbox's stack file", () => {
  it('is the committed one with the cluster, charts and object store of the sandbox', () => {
    const before = config(committed('cluster-01'));
    expect(config(stackFile('cluster-01', committed('cluster-01'), '', to))).toEqual({
      ...before,
      'monitoring:cluster': { ...(before['monitoring:cluster'] as object), ...to.cluster },
      'monitoring:objectStore': {
        kind: 'minio',
        endpoint: '127.0.0.1:9000',
        bucket: 'thanos',
        insecure: true,
      },
      'monitoring:acceptedRisks': { 'objectStore.endpoint': 'no pod of the sandbox runs' },
      'monitoring:charts': { directory: '/charts' },
    });
  });

  it('of an edge has no object store, and no charts when they come from the registry', () => {
    const before = config(committed('cluster-02'));
    expect(
      config(stackFile('cluster-02', committed('cluster-02'), '', { ...to, charts: undefined })),
    ).toEqual({
      ...before,
      'monitoring:cluster': { ...(before['monitoring:cluster'] as object), ...to.cluster },
    });
  });

  it('keeps the salt and the encrypted values that pulumi wrote, and nothing else', () => {
    const previous =
      'encryptionsalt: v1:x\nconfig:\n  monitoring:objectStoreUser: { secure: v1:y }\n  monitoring:old: 1\n';
    const file = parse(stackFile('cluster-01', committed('cluster-01'), previous, to)) as Record<
      string,
      unknown
    >;
    expect(file['encryptionsalt']).toBe('v1:x');
    expect(file['config']).toMatchObject({ 'monitoring:objectStoreUser': { secure: 'v1:y' } });
    expect(file['config']).not.toHaveProperty('monitoring:old');
  });

  it('says which file it is written from', () => {
    expect(stackFile('cluster-01', committed('cluster-01'), '', to)).toMatch(
      /^# Written from Pulumi\.cluster-01\.yaml of the repository at every command of the sandbox: edit that one\.\n/,
    );
  });

  it('follows an edit of the committed one', () => {
    const before = stackFile('cluster-01', committed('cluster-01'), '', to);
    const edited = committed('cluster-01').replace('storage: 50Gi', 'storage: 60Gi');
    expect(config(stackFile('cluster-01', edited, before, to))['monitoring:receive']).toMatchObject({
      storage: '60Gi',
    });
  });

  it.each(['cluster-01', 'cluster-02'])('of %s is a valid configuration', (stack) => {
    const values = Object.entries(config(stackFile(stack, committed(stack), '', to))).map(
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

describe('the stack file of a cluster with real nodes', () => {
  it('has what that cluster has otherwise', () => {
    const file = config(stackFile('cluster-01', committed('cluster-01'), '', { ...to, real }));
    expect(file['monitoring:cluster']).toMatchObject({
      ...to.cluster,
      storageClass: 'standard',
      domain: 'test',
    });
    expect(file['monitoring:ingress']).toMatchObject({ className: 'nginx' });
    expect(file['monitoring:receive']).toMatchObject({ loadBalancer: { address: '10.0.0.9' } });
  });

  it('has no address of the committed cluster’s load balancer', () => {
    const file = config(stackFile('cluster-01', committed('cluster-01'), '', { ...to, real: {} }));
    expect(file['monitoring:receive']).not.toHaveProperty('loadBalancer.address');
  });

  it('asks for little of each node, so that two clusters fit one machine', () => {
    const file = config(stackFile('cluster-02', committed('cluster-02'), '', { ...to, real: {} }));
    expect(file['monitoring:agent']).toMatchObject({
      resources: { requests: { cpu: '10m', memory: '32Mi' } },
    });
  });

  it('that is refused stays as committed, so that pulumi says why', () => {
    const wrong = committed('cluster-01').replace('outage: 6h', 'outage: soon');
    const file = config(stackFile('cluster-01', wrong, '', { ...to, real }));
    expect(file['monitoring:outage']).toBe('soon');
    expect(file['monitoring:ingress']).toEqual(config(wrong)['monitoring:ingress']);
  });
});

describe('the classes that a stack names', () => {
  it('are the committed ones', () => {
    expect(classesOf(committed('cluster-01'), {})).toEqual({
      storageclass: 'longhorn',
      ingressclass: 'cilium',
    });
    expect(classesOf(committed('cluster-02'), {})).toEqual({
      storageclass: 'longhorn',
      ingressclass: undefined,
    });
  });

  it('are those that were given', () => {
    expect(classesOf(committed('cluster-01'), real)).toEqual({
      storageclass: 'standard',
      ingressclass: 'nginx',
    });
    expect(classesOf(committed('cluster-02'), real)).toEqual({
      storageclass: 'standard',
      ingressclass: undefined,
    });
  });
});
