import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkedConfig } from '../../checks/config';
import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import { assumed, assumptions } from '../../stacks/assumptions/list';
import { deployFleet } from '../../tools/render/fleet';
import type { Deployment, RegisteredResource } from '../../tools/render/registered';
import { readStackFile, stackFilesIn, type StackFile } from '../../tools/render/stack-file';
import { configured, outsideFacts, outsidePeers, own } from '../invariants/outside';
import { centralRaw, type Changes } from '../support/stack-configs';

const repository = join(__dirname, '..', '..');

const example = (name: string, changes: Changes = {}): StackFile => ({
  ...centralRaw(changes),
  stack: name,
  path: `Pulumi.${name}.yaml`,
});

/** Values that no default is, so that a constant in their place is seen. */
const changed = example('another cluster', {
  'cluster.server': 'https://192.0.2.1:8443',
  'cluster.clusterDomain': 'example.internal',
  'cluster.storageClass': 'fast',
  'ingress.className': 'traefik',
  'objectStore.endpoint': 's3.example.org:9000',
  'receive.loadBalancer': {
    address: '192.0.2.7',
    sourceCidrs: ['198.51.100.0/24'],
    annotations: { 'example.org/pool': 'edges' },
  },
  'blackboxExporter.egress': [8443],
  alertmanager: {
    egress: [9094],
    receivers: [{ name: 'ops', slack: [{ url: { configKey: 'slackPlatform' } }] }],
  },
  networkPolicies: {
    dns: {
      to: [
        {
          namespaceLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' },
          podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
        },
        { cidr: '192.0.2.10/32' },
      ],
      ports: [5353],
    },
    apiServerPorts: [7443],
    egress: [
      { from: 'grafana', ports: [8444] },
      { from: 'alertmanager', to: [{ podLabels: { app: 'bridge' } }], ports: [8080] },
    ],
  },
});

const files = [changed, ...stackFilesIn(repository).map(readStackFile)];

let fleet: Deployment[];

beforeAll(async () => {
  fleet = await deployFleet(files);
  // Seconds on an idle machine.
}, 240_000);

/** Whether the list of assumptions has a line, or its whole domain. */
const isAssumed = (line: string) =>
  assumed.includes(line) || assumed.includes(line.replace(/^key ([^/]+)\/.*$/, 'keys of $1'));

/** What is in rendered objects and has no origin. */
function unexplained(deployment: Deployment, file: StackFile): string[] {
  const config = checkedConfig(file);
  const said = configured(config);
  const made = own(deployment, config.cluster.clusterDomain);
  return [...outsidePeers(deployment), ...outsideFacts(deployment)]
    .filter((line, i, all) => all.indexOf(line) === i)
    .filter((line) => !said(line) && !made(line) && !isAssumed(line));
}

describe('everything that rendered objects say of a cluster', () => {
  it.each(files.map(({ stack }, i) => ({ stack, i })))(
    'is configured, made by the stack or assumed: $stack',
    ({ i }) => {
      const [deployment, file] = [fleet[i], files[i]];
      if (!deployment || !file) throw new Error('rendered');
      expect(unexplained(deployment, file)).toEqual([]);
    },
  );

  it('is none of the defaults where the configuration says otherwise', () => {
    const text = JSON.stringify(fleet[0]?.resources.filter(({ type }) => type.includes('NetworkPolicy')));
    expect(text).not.toMatch(/kube-dns|169\.254|"port":53,/);
  });
});

/** The example with its first resource of a kind and name changed. */
function faulty(name: string, change: (inputs: Record<string, unknown>) => void): string[] {
  const central = structuredClone(fleet[0]);
  const resource = central?.resources.find(
    (one: RegisteredResource) => one.name === name && one.type.startsWith('kubernetes:'),
  );
  if (!central || !resource) throw new Error(`The example has no ${name}`);
  change(resource.inputs);
  return unexplained(central, changed);
}

interface Rules {
  spec: { egress: object[]; ingress: object[] };
}
const rulesOf = (inputs: object) => (inputs as Rules).spec;

describe('a constant that nobody has listed is found:', () => {
  it.each<[string, string, (inputs: Record<string, unknown>) => void, string]>([
    [
      'a network in a policy',
      'thanos-query',
      (inputs) => rulesOf(inputs).egress.push({ to: [{ ipBlock: { cidr: '10.96.0.10/32' } }], ports: [] }),
      'network 10.96.0.10/32',
    ],
    [
      'pods of somebody else',
      'thanos-query',
      (inputs) =>
        rulesOf(inputs).egress.push({
          to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
        }),
      'pods of k8s-app=kube-dns',
    ],
    [
      'a namespace of somebody else',
      'thanos-query',
      (inputs) =>
        rulesOf(inputs).egress.push({
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
        }),
      'namespaces of kubernetes.io/metadata.name=kube-system',
    ],
    [
      'a port of theirs',
      'thanos-query',
      (inputs) =>
        rulesOf(inputs).egress.push({ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }], ports: [{ port: 53 }] }),
      'port 53 of others',
    ],
    [
      'a port to anywhere',
      'alertmanager',
      (inputs) => rulesOf(inputs).egress.push({ ports: [{ port: 587 }] }),
      'alertmanager to anywhere: 587',
    ],
    [
      "a port to anywhere that is another part's",
      'thanos-query',
      (inputs) => rulesOf(inputs).egress.push({ ports: [{ port: 9000 }] }),
      'thanos-query to anywhere: 9000',
    ],
    [
      'a port from anywhere',
      'thanos-query',
      (inputs) => rulesOf(inputs).ingress.push({ ports: [{ port: 9090 }] }),
      'anywhere to thanos-query: 9090',
    ],
    [
      'an annotation for somebody',
      'thanos-receiver',
      (inputs) => Object.assign(inputs['metadata'] as object, { annotations: { 'metallb.io/pool': 'x' } }),
      'key metallb.io/pool',
    ],
    [
      'an address',
      'grafana',
      (inputs) => Object.assign(inputs, { spec: { x: '192.168.101.210' } }),
      'address 192.168.101.210',
    ],
    [
      'a namespace in Helm values',
      'kube-prometheus-stack',
      (inputs) => Object.assign(inputs['values'] as object, { namespaceOverride: 'kube-system' }),
      'namespace kube-system',
    ],
    [
      'a host',
      'kube-prometheus-stack',
      (inputs) => Object.assign(inputs['values'] as object, { url: 'http://loki.logging.svc:3100' }),
      'host loki.logging.svc',
    ],
    [
      'a class',
      'grafana',
      (inputs) => Object.assign(inputs, { spec: { ingressClassName: 'nginx' } }),
      'class nginx',
    ],
    [
      'a registry',
      'kube-prometheus-stack',
      (inputs) => Object.assign(inputs['values'] as object, { image: 'registry.example.org/x:1' }),
      'images of registry.example.org',
    ],
  ])('%s', (_, name, change, line) => {
    expect(faulty(name, change)).toContain(line);
  });
});

describe('the list of assumptions', () => {
  const all = assumptions.flatMap((part) => part.all);

  it('has nothing that no rendered object says any more', () => {
    const lines = fleet.flatMap((deployment) => [...outsidePeers(deployment), ...outsideFacts(deployment)]);
    const said = new Set(lines.flatMap((line) => [line, line.replace(/^key ([^/]+)\/.*$/, 'keys of $1')]));
    expect(assumed.filter((line) => !said.has(line))).toEqual([]);
  });

  it('has each once', () => {
    expect(assumed.filter((line, i) => assumed.indexOf(line) !== i)).toEqual([]);
  });

  it('names files that there are', () => {
    const missing = all.flatMap(({ where }) => where).filter((file) => !existsSync(join(repository, file)));
    expect(missing).toEqual([]);
  });

  it('names keys that there are', () => {
    const schemas = [centralSchema, edgeSchema].map((schema) => z.toJSONSchema(schema, { io: 'input' }));
    const has = (schema: unknown, [first, ...rest]: readonly string[]): boolean => {
      if (first === undefined) return true;
      const { properties, oneOf = [] } = schema as {
        properties?: Record<string, unknown>;
        oneOf?: unknown[];
      };
      const inner = properties?.[first];
      return inner === undefined ? oneOf.some((one) => has(one, [first, ...rest])) : has(inner, rest);
    };
    const unknown = all
      .flatMap(({ keys }) => keys)
      .filter((key) => !schemas.some((schema) => has(schema, key.split('.'))));
    expect(unknown).toEqual([]);
  });
});
