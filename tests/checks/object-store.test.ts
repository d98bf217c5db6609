import { forEachUser } from '../../components/object-store/object-store';
import { secretViolations } from '../../checks/object-store';
import { centralConfig } from '../support/stack-configs';

const secrets = { sidecar: 'thanos-s3-config', receive: 'a', store: 'a', compactor: 'a' };
const existing = (more: object = {}) => ({
  objectStore: {
    kind: 'existing',
    endpoint: 's3.example.org',
    bucket: 'thanos',
    secrets: { ...secrets, ...more },
  },
});
const noRuler = { 'ruler.enabled': false, edges: [] };

describe('Secrets that somebody else keeps', () => {
  it('are asked of a Ruler only where there is one', () => {
    expect(secretViolations(centralConfig({ ...existing(), ...noRuler }))).toEqual([]);
    expect(secretViolations(centralConfig(existing({ ruler: 'b' })))).toEqual([]);
    const without = { ...centralConfig({ ...existing(), ...noRuler }), ruler: centralConfig().ruler };
    expect(secretViolations(without)).toEqual([
      {
        key: 'objectStore.secrets.ruler',
        found: undefined,
        allowed: 'the name of a Kubernetes object, as long as ruler.enabled is true',
        fix: 'Set it in the stack file.',
      },
    ]);
  });

  it('have no name of a Secret that the stack makes', () => {
    const config = centralConfig({ ...existing({ ruler: 'a' }), ...noRuler });
    const taken = {
      ...config.objectStore,
      secrets: { ...secrets, store: 'grafana-tls', ruler: 'grafana-admin' },
    };
    const found = secretViolations({ ...config, objectStore: taken });
    expect(found.map(({ key, found: name }) => [key, name])).toEqual([
      ['objectStore.secrets.store', 'grafana-tls'],
      ['objectStore.secrets.ruler', 'grafana-admin'],
    ]);
    const tls = (secretName: string) =>
      secretViolations(centralConfig({ 'ingress.tls': { kind: 'secret', secretName: 'mine' } })).concat(
        secretViolations({
          ...centralConfig(),
          ingress: { ...centralConfig().ingress, tls: { kind: 'secret', secretName } },
        }),
      );
    // With a certificate of yours, the stack makes none of this name.
    expect(tls('grafana-tls')).toEqual([]);
    expect(tls('thanos-receiver-tls').map(({ key }) => key)).toEqual(['ingress.tls.secretName']);
  });

  it('are made for each user that there is: without a Ruler nobody may write as one', () => {
    const ref = (name: string) => ({ name, key: 'k', checksum: 'c' });
    expect(Object.keys(forEachUser(true, ref))).toEqual([
      'sidecar',
      'receive',
      'store',
      'compactor',
      'ruler',
    ]);
    expect(Object.keys(forEachUser(false, ref))).toEqual(['sidecar', 'receive', 'store', 'compactor']);
  });
});
