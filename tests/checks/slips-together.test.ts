import { edge, more, said, written } from '../support/written-stack';

describe('all that is wrong', () => {
  it('is told at once: types, keys of which nobody knows, and what contradicts itself in the rest', () => {
    const raw = more(
      [
        'outage: soon',
        '  monitoring:prometheus: { retentionSize: 100Gi, replicas: two }',
        '  monitoring:query: { resources: { requests: { cpu: "5" } } }',
      ].join('\n'),
    );
    expect(said(raw).map((line) => line.split(': found')[0])).toEqual([
      '  monitoring:outage',
      '  monitoring:prometheus.replicas',
      '  monitoring:query.resources.requests.cpu',
      '  monitoring:prometheus.retentionSize',
    ]);
  });

  it('is told under a misspelt or a missing role too, where the keys tell which it is', () => {
    const lines = (role: string) =>
      said(written({ line: ['  monitoring:role: central\n', role], more: '  monitoring:outage: soon\n' }));
    expect(lines('  monitoring:role: centrel\n')).toEqual([
      '  monitoring:role: found "centrel"; allowed: central or edge. Change it in the stack file.',
      '  monitoring:outage: found "soon"; allowed: a duration such as 30s, 6h or 15d, at least 1m. Change it in the stack file.',
    ]);
    expect(lines('')[0]).toBe(
      '  monitoring:role: missing; allowed: central or edge. Set it in the stack file.',
    );
  });

  it('holds no contradiction with a default in the place of what is wrong', () => {
    // With the outage that is meant, twelve hours of retention may be right.
    expect(said(more('outage: 1O0d\n  monitoring:receive: { retention: 7h }'))).toHaveLength(1);
    expect(said(more('recieve: { retention: 99h }\n  monitoring:outage: 24h'))).toHaveLength(1);
    expect(said(more('prometheus: { storge: 90Gi, retentionSize: 70Gi }'))).toHaveLength(2);
    expect(said(more('alertmanager: { receivers: [{ name: A }], routes: [{ receiver: a }] }'))).toHaveLength(
      1,
    );
    expect(
      said(more('acceptedRisks: { ruler.enable: long enough }\n  monitoring:ruler: { enabled: false }')),
    ).toHaveLength(1);
  });
});

describe('a message', () => {
  it('names the entry of a list that it is about, and shows an amount as it was written', () => {
    const limits = '- { name: cluster-02, limits: { request: { size: 1MB } } }';
    expect(said(written({ line: ['- name: cluster-02', limits] }))).toEqual([
      '  monitoring:edges.0.limits.request.size (cluster-02): found 1MB; allowed: at least 2000Ki: a batch of 2000 series of 1 KiB. Raise it: agents drop what is answered with 413.',
    ]);
    expect(said(more('queryFrontend: { cacheSize: 2GB }'))[0]).toContain(
      'queryFrontend.cacheSize: found 2GB; ',
    );
    expect(said(more('compactor: { retention: { raw: 1d1h } }'))[0]).toContain(
      'compactor.retention.raw: found 1d1h; ',
    );
  });

  it('of an entry without a name has its number alone', () => {
    expect(said(written({ line: ['- name: cluster-02', '- { nmae: cluster-02 }'] }))).toEqual([
      '  monitoring:edges.0.name: missing; allowed: a DNS label. Set it in the stack file.',
      '  monitoring:edges.0.nmae: found a value that is not shown; allowed: no such key. Remove it, or correct its name (docs/config.md lists every key).',
    ]);
  });
});

describe('a secret', () => {
  const plain =
    'found a value in plain text; allowed: no such key: only a central stack with objectStore.kind minio has it, encrypted. ' +
    'Remove it, and replace it where it is issued: it stands in the stack file.';

  it('in plain text is refused where nobody asks for it, and not repeated', () => {
    expect(said(edge('objectStorePassword: hunter2'))).toEqual([
      `  monitoring:objectStorePassword: ${plain}`,
    ]);
    const existing =
      'kind: existing\n    secrets: { sidecar: a, receive: a, store: a, compactor: a, ruler: a }';
    const raw = written({ line: ['kind: minio', existing], more: '  monitoring:objectStoreUser: hunter2\n' });
    expect(said(raw)).toEqual([`  monitoring:objectStoreUser: ${plain}`]);
  });

  it.each([
    ['a whole key', 'outage: { secure: v1:x }', 'outage'],
    ['a value inside of one', 'grafana: { storage: { secure: v1:x } }', 'grafana'],
  ])('that is none, as %s, is refused', (_, text, key) => {
    expect(said(more(text))).toEqual([
      `  monitoring:${key}: found [secret]; allowed: a value in plain text: what stands here is no secret in the cluster. ` +
        `Write it without secure:, or run: pulumi config set --plaintext --stack a ${key} (with --path for a key inside).`,
    ]);
  });

  it('of a receiver, encrypted in its place, is refused with the way that there is', () => {
    expect(
      said(more('alertmanager: { receivers: [{ name: a, slack: [{ url: { secure: v1:x } }] }] }')),
    ).toEqual([
      '  monitoring:alertmanager: found [secret]; allowed: a value in plain text: what stands here is no secret in the cluster. ' +
        'Write secrets of receivers as { configKey: NAME }, after pulumi config set --secret NAME.',
    ]);
  });
});

describe('a key that JavaScript takes for its own', () => {
  it('is refused and not left out', () => {
    expect(said(more('ingress: { annotations: { __proto__: x } }'))).toEqual([
      '  monitoring:ingress.annotations.__proto__: found the key "__proto__"; allowed: no such key. Remove it.',
    ]);
    expect(said(more('ingress: { annotations: { constructor: x, toString: y } }'))).toEqual([]);
  });
});
