import { parse } from 'yaml';
import { hasSecret, ownConfig, stackFile } from '../../../proof/e2e/stack-config';

const committed = `config:
  pulumi:disable-default-providers: ['*']
  monitoring:role: central
  monitoring:cluster:
    name: cluster-01
    context: cluster-01
  monitoring:edges:
    - name: cluster-02
`;

const previous = `encryptionsalt: v1:abc
config:
  monitoring:role: edge
  monitoring:objectStoreUser:
    secure: v1:def
`;

describe('the stack file of an end-to-end test', () => {
  it('is the committed one with the changes, object by object', () => {
    const changes = { cluster: { context: 'test' }, ingress: { className: 'nginx' } };
    expect(parse(stackFile(committed, '', changes))).toEqual({
      config: {
        'pulumi:disable-default-providers': ['*'],
        'monitoring:role': 'central',
        'monitoring:cluster': { name: 'cluster-01', context: 'test' },
        'monitoring:edges': [{ name: 'cluster-02' }],
        'monitoring:ingress': { className: 'nginx' },
      },
    });
  });

  it('lacks the keys that are changed to nothing', () => {
    const file = parse(stackFile(committed, '', { cluster: { context: undefined } })) as { config: object };
    expect(file.config).toMatchObject({ 'monitoring:cluster': { name: 'cluster-01' } });
    expect(JSON.stringify(file)).not.toContain('context');
  });

  it('keeps the salt and the encrypted values that pulumi has written, and nothing else', () => {
    const text = stackFile(committed, previous, {});
    expect(parse(text)).toMatchObject({
      encryptionsalt: 'v1:abc',
      config: { 'monitoring:role': 'central', 'monitoring:objectStoreUser': { secure: 'v1:def' } },
    });
    expect(hasSecret(text, 'monitoring:objectStoreUser')).toBe(true);
    expect(hasSecret(text, 'monitoring:objectStorePassword')).toBe(false);
  });

  it('is read back without its encrypted values', () => {
    expect(Object.keys(ownConfig(stackFile(committed, previous, {})))).toEqual(['role', 'cluster', 'edges']);
  });
});
