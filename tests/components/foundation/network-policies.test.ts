import {
  defaultDeny,
  NetworkPolicies,
  parties,
  policyOf,
  type Flow,
  type Party,
} from '../../../components/foundation/network-policies';
import { register } from '../../support/mocks';

const router: Party = { name: 'router', podLabels: { app: 'router' } };
const ingestor: Party = { name: 'ingestor', podLabels: { app: 'ingestor' } };
const flows: Flow[] = [
  { from: 'anywhere', to: router, ports: [19291], why: 'remote write' },
  { from: router, to: ingestor, ports: [10901], why: 'samples' },
  { from: ingestor, to: ingestor, ports: [9094], protocols: ['TCP', 'UDP'], why: 'gossip' },
  { from: ingestor, to: { outside: [{ cidr: '10.0.0.0/8' }] }, ports: [443], why: 'object store' },
  { from: router, to: 'anywhere', ports: 'any', why: 'scrape' },
];

describe('network policy of a party', () => {
  it('allows what a flow names, on the side that the party has in it', () => {
    expect(policyOf(ingestor, flows)).toEqual({
      podSelector: { matchLabels: { app: 'ingestor' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: 'router' } } }],
          ports: [{ port: 10901, protocol: 'TCP' }],
        },
        {
          from: [{ podSelector: { matchLabels: { app: 'ingestor' } } }],
          ports: [
            { port: 9094, protocol: 'TCP' },
            { port: 9094, protocol: 'UDP' },
          ],
        },
      ],
      egress: [
        {
          to: [{ podSelector: { matchLabels: { app: 'ingestor' } } }],
          ports: [
            { port: 9094, protocol: 'TCP' },
            { port: 9094, protocol: 'UDP' },
          ],
        },
        { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443, protocol: 'TCP' }] },
      ],
    });
  });

  it('names no peer for anywhere, and no port for any', () => {
    const policy = policyOf(router, flows);
    expect(policy.ingress).toEqual([{ ports: [{ port: 19291, protocol: 'TCP' }] }]);
    expect(policy.egress).toContainEqual({});
  });

  it('lets out to others by network, by pods of any namespace, or by namespace', () => {
    const to = {
      outside: [
        { cidr: '10.0.0.0/8' },
        { podLabels: { app: 's3' } },
        { namespaceLabels: { team: 'storage' } },
        { namespaceLabels: { team: 'storage' }, podLabels: { app: 's3' } },
      ],
    };
    expect(policyOf(router, [{ from: router, to, ports: [8080], why: 'x' }]).egress).toEqual([
      {
        to: [
          { ipBlock: { cidr: '10.0.0.0/8' } },
          { namespaceSelector: {}, podSelector: { matchLabels: { app: 's3' } } },
          { namespaceSelector: { matchLabels: { team: 'storage' } } },
          {
            namespaceSelector: { matchLabels: { team: 'storage' } },
            podSelector: { matchLabels: { app: 's3' } },
          },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  it('lists each party once', () => {
    expect(parties(flows)).toEqual([router, ingestor]);
  });
});

describe('the policy that refuses by default', () => {
  it('lets names be resolved by the peers and ports that it is given, over both protocols', () => {
    const dns = {
      to: [{ podLabels: { 'k8s-app': 'kube-dns' } }, { cidr: '169.254.20.10/32' }],
      ports: [53, 5353],
    };
    expect(defaultDeny(dns)).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        {
          to: [
            { namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
            { ipBlock: { cidr: '169.254.20.10/32' } },
          ],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
            { port: 5353, protocol: 'UDP' },
            { port: 5353, protocol: 'TCP' },
          ],
        },
      ],
    });
  });
});

describe('NetworkPolicies', () => {
  it('refuses everything but name resolution in every namespace, then allows party by party', async () => {
    const registered = await register(
      () =>
        new NetworkPolicies(
          'x',
          {
            namespace: 'monitoring',
            otherNamespaces: ['monitoring-node'],
            dns: { to: [{ cidr: '192.0.2.10/32' }], ports: [53] },
            flows,
          },
          {},
        ),
    );
    const type = 'kubernetes:networking.k8s.io/v1:NetworkPolicy';
    expect(registered.names).toEqual([
      `${type} ingestor`,
      `${type} monitoring-default-deny`,
      `${type} monitoring-node-default-deny`,
      `${type} router`,
    ]);
    expect(registered.inputs(type, 'monitoring-node-default-deny')).toMatchObject({
      metadata: { name: 'default-deny', namespace: 'monitoring-node' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  });
});
