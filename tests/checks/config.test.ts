import { ConfigError, type Violation } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import type { RawConfig } from '../../config/raw';
import { centralConfig, centralRaw, edgeConfig, edgeRaw, type Changes } from '../support/stack-configs';

const inFile = 'Change it in the stack file.';
const absent = 'Set it in the stack file.';
const unknown = 'Remove it, or correct its name (docs/config.md lists every key).';

function messageOf(raw: RawConfig): string {
  try {
    checkedConfig(raw);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
}

const lineOf = (raw: RawConfig) =>
  messageOf(raw).replace(
    /^The configuration of stack cluster-0[12] has an error; nothing was touched\.\n {2}/,
    '',
  );

describe('a bad central configuration', () => {
  const resources = (changes: Changes) =>
    Object.fromEntries(Object.entries(changes).map(([key, value]) => [`prometheus.resources.${key}`, value]));

  it.each<[string, Changes, string]>([
    ['no role', { role: undefined }, `monitoring:role: missing; allowed: central or edge. ${absent}`],
    [
      'another role',
      { role: 'middle' },
      `monitoring:role: found "middle"; allowed: central or edge. ${inFile}`,
    ],
    [
      'no cluster',
      { cluster: undefined },
      `monitoring:cluster: missing; allowed: a mapping of keys. ${absent}`,
    ],
    [
      'no name',
      { 'cluster.name': undefined },
      `monitoring:cluster.name: missing; allowed: a DNS label. ${absent}`,
    ],
    [
      'a name that is no DNS label',
      { 'cluster.name': 'Cluster_01' },
      `monitoring:cluster.name: found "Cluster_01"; allowed: a DNS label: lower-case ASCII letters, digits and inner hyphens, at most 63. ${inFile}`,
    ],
    [
      'a name of another type',
      { 'cluster.name': 5 },
      `monitoring:cluster.name: found 5; allowed: a DNS label. Write it in quotes: YAML has made a number of it.`,
    ],
    [
      'an API server without TLS',
      { 'cluster.server': 'http://192.0.2.1' },
      `monitoring:cluster.server: found "http://192.0.2.1"; allowed: the https URL of the API server, without user and query, such as https://192.168.101.194:6443. ${inFile}`,
    ],
    [
      'a domain of one label',
      { 'cluster.domain': 'localhost' },
      `monitoring:cluster.domain: found "localhost"; allowed: a DNS name in lower-case ASCII such as grafana.example.org. ${inFile}`,
    ],
    [
      'an address of runbooks with a slash at its end',
      { runbookUrl: 'https://git.example.org/runbooks/' },
      `monitoring:runbookUrl: found "https://git.example.org/runbooks/"; allowed: an address without user, or a path, without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks. ${inFile}`,
    ],
    ...[
      'https://x/{{foo}}',
      'javascript:alert(1)',
      'https://x/y?a=b',
      'https://x/y#z',
      'a"b',
      'https:///x',
    ].map((runbookUrl): [string, Changes, string] => [
      `an address of runbooks that leads nowhere: ${runbookUrl}`,
      { runbookUrl },
      `monitoring:runbookUrl: found ${JSON.stringify(runbookUrl)}; allowed: an address without user, or a path, without a slash at its end, such as https://git.example.org/monitoring/docs/runbooks. ${inFile}`,
    ]),
    [
      'a part of the control plane that there is not',
      { 'controlPlane.apiServer': true },
      `monitoring:controlPlane.apiServer: found true; allowed: no such key. Remove it, or correct its name (docs/config.md lists every key).`,
    ],
    [
      'an empty context',
      { 'cluster.context': '' },
      `monitoring:cluster.context: found ""; allowed: a context of your kubeconfig. ${inFile}`,
    ],
    [
      'an empty kubeconfig',
      { 'cluster.kubeconfig': '' },
      `monitoring:cluster.kubeconfig: found ""; allowed: the path of a kubeconfig file; ~ and $NAME mean nothing here, write it out. ${inFile}`,
    ],
    [
      'two edges of one name',
      { edges: [{ name: 'cluster-02' }, { name: 'cluster-02' }] },
      'monitoring:edges.1.name: found cluster-02; allowed: a name of its own for each cluster. Rename or remove one: edges.0.name has it, and the name is the tenant.',
    ],
    [
      'an edge with the name of the centre',
      { edges: [{ name: 'cluster-01' }] },
      'monitoring:edges.0.name: found cluster-01; allowed: a name of its own for each cluster. Rename or remove one: the central cluster has it, and the name is the tenant.',
    ],
    [
      "an edge with the label of the centre's own samples",
      { edges: [{ name: 'cluster-01-central' }] },
      'monitoring:edges.0.name: found cluster-01-central; allowed: a name of its own for each cluster. Rename or remove one: the central cluster has it, and the name is the tenant.',
    ],
    [
      'an edge that is only a text',
      { edges: ['cluster-02'] },
      `monitoring:edges.0: found "cluster-02"; allowed: { name: NAME }, such as { name: cluster-02 }. ${inFile}`,
    ],
    [
      'edges that are no list',
      { edges: 'cluster-02' },
      `monitoring:edges: found "cluster-02"; allowed: a list of { name: NAME }, such as { name: cluster-02 }. ${inFile}`,
    ],
    [
      'no object store',
      { objectStore: undefined },
      `monitoring:objectStore: missing; allowed: kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket). ${absent}`,
    ],
    [
      'another kind of object store',
      { 'objectStore.kind': 'gcs' },
      `monitoring:objectStore.kind: found "gcs"; allowed: kind: minio (bucket and users made by this stack) or kind: existing (any S3 bucket). ${inFile}`,
    ],
    [
      'an endpoint with a scheme',
      { 'objectStore.endpoint': 'https://s3.example.org' },
      `monitoring:objectStore.endpoint: found "https://s3.example.org"; allowed: host or host:port without scheme, such as s3.example.org:9000. ${inFile}`,
    ],
    [
      'a bucket in upper case',
      { 'objectStore.bucket': 'Thanos' },
      `monitoring:objectStore.bucket: found "Thanos"; allowed: an S3 bucket name (3 to 63 of a-z, 0-9, . and -). ${inFile}`,
    ],
    [
      'no number of replicas',
      { 'prometheus.replicas': 'two' },
      `monitoring:prometheus.replicas: found "two"; allowed: a whole number from 1 to 10. ${inFile}`,
    ],
    [
      'too few replicas',
      { 'prometheus.replicas': 0 },
      `monitoring:prometheus.replicas: found 0; allowed: a whole number from 1 to 10. ${inFile}`,
    ],
    [
      'half a replica',
      { 'prometheus.replicas': 1.5 },
      `monitoring:prometheus.replicas: found 1.5; allowed: a whole number from 1 to 10. ${inFile}`,
    ],
    [
      'storage without a unit',
      { 'prometheus.storage': 3 },
      `monitoring:prometheus.storage: found 3; allowed: an amount of bytes such as 512Mi, 2Gi or 500MB, at least 64Mi, at most 64Ti. ${inFile}`,
    ],
    [
      'an outage in words',
      { outage: '6 hours' },
      `monitoring:outage: found "6 hours"; allowed: a duration such as 30s, 6h or 15d, at least 1m. ${inFile}`,
    ],
    [
      'a switch in words',
      { 'ruler.enabled': 'yes' },
      `monitoring:ruler.enabled: found "yes"; allowed: true or false. ${inFile}`,
    ],
    [
      'an address that is a name',
      { 'receive.loadBalancer.address': 'receiver' },
      `monitoring:receive.loadBalancer.address: found "receiver"; allowed: an IPv4 address such as 192.168.101.210, none of 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/3. ${inFile}`,
    ],
    [
      'a network wider than an address',
      { 'receive.loadBalancer.sourceCidrs': ['192.0.2.0/33'] },
      `monitoring:receive.loadBalancer.sourceCidrs.0: found "192.0.2.0/33"; allowed: an IPv4 network such as 192.168.101.0/24. ${inFile}`,
    ],
    [
      'TLS by a Secret without its name',
      { 'ingress.tls': { kind: 'secret' } },
      `monitoring:ingress.tls.secretName: missing; allowed: the name of a Kubernetes object. ${absent}`,
    ],
    [
      'a key misspelt',
      { promethues: {} },
      `monitoring:promethues: found {}; allowed: no such key. ${unknown}`,
    ],
    [
      'a secret under a name that nobody knows yet',
      { slackOps: 'https://hooks.example/services/T0/B0/hunter3' },
      `monitoring:slackOps: found a value that is not shown; allowed: no such key. ${unknown}`,
    ],
    [
      'a secret within a key that nobody knows',
      { mail: { user: 'a', pass: 'hunter4' } },
      `monitoring:mail: found a value that is not shown; allowed: no such key. ${unknown}`,
    ],
    [
      'a key misspelt inside',
      { 'prometheus.retentionsize': '2Gi' },
      `monitoring:prometheus.retentionsize: found "2Gi"; allowed: no such key. Write retentionSize.`,
    ],
    [
      'a request of CPU above its limit',
      resources({ 'requests.cpu': '4' }),
      'monitoring:prometheus.resources.requests.cpu: found 4; allowed: at most prometheus.resources.limits.cpu (2). Lower the request or raise the limit.',
    ],
    [
      'a request of memory above its limit',
      resources({ 'limits.memory': '1Gi' }),
      'monitoring:prometheus.resources.requests.memory: found 2Gi; allowed: at most prometheus.resources.limits.memory (1Gi). Lower the request or raise the limit.',
    ],
    [
      'a secret in plain text, which the message does not repeat',
      { objectStorePassword: 'correct-horse' },
      'monitoring:objectStorePassword: found a value in plain text; allowed: an encrypted value. Run: pulumi config set --secret --stack cluster-01 objectStorePassword',
    ],
    [
      'a secret under a misspelt key, which the message does not repeat',
      { objectStorePasword: { secure: 'v1:abc' } },
      `monitoring:objectStorePasword: found [secret]; allowed: no such key. ${unknown}`,
    ],
  ])('with %s is refused', (_, changes, line) => {
    expect(lineOf(centralRaw(changes))).toBe(line);
  });

  it('gets everything wrong in one message, in the order of the keys', () => {
    const raw = centralRaw({ 'cluster.name': 'A', outage: '0h', 'store.replicas': 99, extra: true });
    expect(messageOf(raw)).toBe(
      [
        'The configuration of stack cluster-01 has 4 errors; nothing was touched.',
        '  monitoring:cluster.name: found "A"; allowed: a DNS label: lower-case ASCII letters, digits and inner hyphens, at most 63. Change it in the stack file.',
        '  monitoring:outage: found "0h"; allowed: a duration such as 30s, 6h or 15d, at least 1m. Change it in the stack file.',
        '  monitoring:store.replicas: found 99; allowed: a whole number from 1 to 10. Change it in the stack file.',
        `  monitoring:extra: found "true"; allowed: no such key. ${unknown}`,
      ].join('\n'),
    );
  });

  it('without its secrets is refused with the commands that set them', () => {
    const { stack, values } = centralRaw();
    const plain = Object.fromEntries(
      Object.entries(values).filter(([key]) => !key.startsWith('monitoring:objectStore')),
    );
    const store = values['monitoring:objectStore'] ?? '';
    const message = messageOf({
      stack,
      values: { ...plain, 'monitoring:objectStore': store },
      secretKeys: [],
    });
    expect(message).toBe(
      [
        'The configuration of stack cluster-01 has 2 errors; nothing was touched.',
        '  monitoring:objectStoreUser: missing; allowed: an encrypted value. Run: pulumi config set --secret --stack cluster-01 objectStoreUser',
        '  monitoring:objectStorePassword: missing; allowed: an encrypted value. Run: pulumi config set --secret --stack cluster-01 objectStorePassword',
      ].join('\n'),
    );
  });
});

it('an edge may read a copy of the outputs that is its own', () => {
  const central = 'organization/monitoring-edge-cluster-02/cluster-01';
  expect(edgeConfig({ central }).central).toBe(central);
});

describe('a bad edge configuration', () => {
  it.each<[string, Changes, string]>([
    [
      'no central stack',
      { central: undefined },
      `monitoring:central: missing; allowed: ORGANIZATION/monitoring/STACK. ${absent}`,
    ],
    [
      'a central stack by its short name',
      { central: 'cluster-01' },
      `monitoring:central: found "cluster-01"; allowed: ORGANIZATION/monitoring/STACK, with a local backend organization/monitoring/cluster-01. ${inFile}`,
    ],
    [
      'public outputs, which have no credentials',
      { central: 'organization/monitoring-public/cluster-01' },
      `monitoring:central: found "organization/monitoring-public/cluster-01"; allowed: ORGANIZATION/monitoring/STACK, with a local backend organization/monitoring/cluster-01. ${inFile}`,
    ],
    [
      'more agents than two',
      { 'agent.replicas': 3 },
      `monitoring:agent.replicas: found 3; allowed: a whole number from 1 to 2. ${inFile}`,
    ],
    [
      'a key of a central stack',
      { edges: [] },
      'monitoring:edges: found []; allowed: no such key. Remove it: it is a key of central stacks. Set it in the file of the central stack.',
    ],
  ])('with %s is refused', (_, changes, line) => {
    expect(lineOf(edgeRaw(changes))).toBe(line);
  });
});

describe('a good configuration', () => {
  it('keeps what it says and takes the rest from the defaults', () => {
    const { prometheus, outage, edges } = centralConfig({ 'prometheus.resources.limits.memory': '8Gi' });
    expect(edges).toEqual([
      { name: 'cluster-02', series: 50_000 },
      { name: 'cluster-03', series: 50_000 },
    ]);
    expect(outage.toString()).toBe('6h');
    expect(JSON.parse(JSON.stringify(prometheus))).toMatchObject({
      replicas: 2,
      retention: '15d',
      resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '2', memory: '8Gi' } },
    });
  });

  it('holds no secret: those stay with the engine', () => {
    expect(JSON.stringify(centralConfig())).not.toContain('placeholder of objectStore');
  });

  it('of a central stack with an existing object store needs no secrets', () => {
    const secrets = { sidecar: 'a', receive: 'b', store: 'c', compactor: 'd', ruler: 'e' };
    const objectStore = { kind: 'existing', endpoint: 's3.example.org', bucket: 'thanos', secrets };
    const { values } = centralRaw({ objectStore });
    expect(checkedConfig({ stack: 'cluster-01', values: withoutSecrets(values), secretKeys: [] }).role).toBe(
      'central',
    );
  });

  it('of an edge needs no secrets', () => {
    expect(edgeConfig().central).toBe('organization/monitoring/cluster-01');
    const { values } = edgeRaw();
    expect(checkedConfig({ stack: 'cluster-02', values: withoutSecrets(values), secretKeys: [] }).role).toBe(
      'edge',
    );
  });

  it('may have what Pulumi reads of its own namespace', () => {
    const raw = withKeys(edgeRaw(), {
      'pulumi:disable-default-providers': '["*"]',
      'pulumi:tags': '{"team":"a"}',
      'pulumi:autonaming': '{"mode":"verbatim"}',
      'pulumi:template': 'none',
    });
    expect(checkedConfig(raw).cluster.name).toBe('cluster-02');
  });
});

const withKeys = (raw: RawConfig, values: RawConfig['values'], secretKeys: string[] = []): RawConfig => ({
  ...raw,
  values: { ...raw.values, ...values },
  secretKeys: [...raw.secretKeys, ...secretKeys],
});

describe('a key that nobody reads', () => {
  const allowed =
    'keys below monitoring: (docs/config.md), and pulumi: with disable-default-providers, tags, autonaming, template';
  const nobody = 'Remove it, or correct its name: nobody reads it.';

  it.each<[string, RawConfig, string]>([
    [
      'below a misspelt namespace',
      withKeys(centralRaw(), { 'monitorin:outage': '12h' }),
      `monitorin:outage: found "12h"; allowed: ${allowed}. Write monitoring:outage, or remove it.`,
    ],
    [
      'of the other role below a misspelt namespace',
      withKeys(edgeRaw(), { 'monitor:edges': '[{"name":"a"}]' }),
      `monitor:edges: found [{"name":"a"}]; allowed: ${allowed}. ${nobody}`,
    ],
    [
      'of a provider',
      withKeys(edgeRaw(), { 'kubernetes:context': 'other' }),
      `kubernetes:context: found "other"; allowed: ${allowed}. ${nobody}`,
    ],
    [
      'below pulumi, misspelt',
      withKeys(edgeRaw(), { 'pulumi:disable-default-provider': '["*"]' }),
      `pulumi:disable-default-provider: found ["*"]; allowed: ${allowed}. ${nobody}`,
    ],
    [
      'whose value is encrypted',
      withKeys(centralRaw(), { 'monitorin:objectStoreUser': 'plain' }, ['monitorin:objectStoreUser']),
      `monitorin:objectStoreUser: found [secret]; allowed: ${allowed}. Write monitoring:objectStoreUser, or remove it.`,
    ],
  ])('%s is refused', (_, raw, line) => {
    expect(lineOf(raw)).toBe(line);
  });

  it('is told with all else that is wrong, also without a role', () => {
    const raw = withKeys(centralRaw({ role: undefined }), { 'monitorin:role': 'central' });
    expect(messageOf(raw).split('\n')).toEqual([
      'The configuration of stack cluster-01 has 2 errors; nothing was touched.',
      `  monitoring:role: missing; allowed: central or edge. ${absent}`,
      `  monitorin:role: found "central"; allowed: ${allowed}. Write monitoring:role, or remove it.`,
    ]);
    const outage = withKeys(centralRaw({ outage: 'soon' }), { 'monitorin:outage': '6h' });
    expect(messageOf(outage)).toMatch(/has 2 errors[^]*monitoring:outage: found "soon"[^]*monitorin:outage/);
  });
});

const withoutSecrets = (values: RawConfig['values']) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => !/objectStore(User|Password)$/.test(key)));

describe('a violation', () => {
  it('shows a long value only in part', () => {
    const name = 'x'.repeat(200);
    const found: Violation['found'] = `"${'x'.repeat(76)}...`;
    expect(lineOf(centralRaw({ 'cluster.name': name }))).toContain(`found ${found};`);
  });
});
