import { readFileSync } from 'node:fs';
import { forEachUser } from '../../components/object-store/object-store';
import { endpointViolations, secretViolations } from '../../checks/object-store';
import { centralConfig } from '../support/stack-configs';
import { said, written } from '../support/written-stack';

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

  it('have no name of any Secret in the namespace, by whoever makes it', () => {
    const golden = readFileSync('tests/golden/cluster-01.yaml', 'utf8').split('---\n');
    const made = golden
      .filter((text) => text.startsWith('type: kubernetes:core/v1:Secret\n'))
      .map((text) => /^name: (.*)$/m.exec(text)?.[1] ?? '');
    expect(made.length).toBeGreaterThan(10);
    const config = centralConfig();
    const free = (names: readonly string[]) =>
      names.filter((secretName) => {
        const ingress = { ...config.ingress, tls: { kind: 'secret' as const, secretName } };
        return secretViolations({ ...config, ingress }).length === 0;
      });
    // With a certificate of yours, the stack makes none of these two names.
    expect(free(made)).toEqual(['grafana-tls', 'thanos-query-tls']);
    const byOthers = [
      'prometheus-kube-prometheus-stack-prometheus',
      'alertmanager-kube-prometheus-stack-alertmanager-generated',
      'kube-prometheus-stack-admission',
      'sh.helm.release.v1.kube-prometheus-stack.v1',
    ];
    expect(free([...byOthers, 'wildcard', 'kube-prometheus-stack-mine'])).toEqual([
      'wildcard',
      'kube-prometheus-stack-mine',
    ]);
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

describe('an object store', () => {
  const config = centralConfig();
  const minio = (endpoint: string, insecure: boolean) =>
    endpointViolations({ objectStore: { ...config.objectStore, endpoint, insecure } });

  it('speaks TLS on 443 and not on 80', () => {
    expect(minio('s3.example.org:443', true)).toEqual([
      {
        key: 'objectStore.insecure',
        found: 'true',
        allowed: 'false with port 443, where TLS is spoken',
        fix: 'Correct objectStore.endpoint (s3.example.org:443) or this key.',
      },
    ]);
    expect(minio('s3.example.org:80', false).map(({ allowed }) => allowed)).toEqual([
      'true with port 80, where nobody speaks TLS',
    ]);
    const fine = [
      minio('s3.example.org:443', false),
      minio('s3.example.org:80', true),
      minio('s3:9000', true),
    ];
    expect(fine).toEqual([[], [], []]);
  });

  it.each(['localhost:9000', 'LOCALHOST', '127.0.0.1:9000', '127.1.2.3', '0.0.0.0:9000', 's3.localhost'])(
    'is no pod itself, unless somebody says why: %s',
    (endpoint) => {
      const raw = (risks = '') =>
        written({ line: ['endpoint: s3.example.org', `endpoint: ${endpoint}`], more: risks });
      expect(said(raw())).toEqual([
        `  monitoring:objectStore.endpoint: found ${endpoint}; allowed: a host that pods reach: this one is each pod itself. Name the host as the network has it, or say in acceptedRisks why no pod goes there.`,
      ]);
      expect(said(raw('  monitoring:acceptedRisks: { objectStore.endpoint: no pod runs here }\n'))).toEqual(
        [],
      );
    },
  );

  it.each([
    'xn--a',
    'sthree-a',
    'amzn-s3-demo-a',
    'a-s3alias',
    'a--ol-s3',
    'a.mrap',
    'a--x-s3',
    'a--table-s3',
    'minio',
  ])('has no bucket of a name that S3 or MinIO keep for themselves: %s', (bucket) => {
    expect(said(written({ line: ['bucket: thanos', `bucket: ${bucket}`] }))).toHaveLength(1);
    expect(said(written({ line: ['bucket: thanos', `bucket: a${bucket}a`] }))).toEqual([]);
  });
});
