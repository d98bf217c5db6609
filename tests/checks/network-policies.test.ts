import { checkedConfig } from '../../checks/config';
import { centralVerdict } from '../../checks/central';
import { edgeVerdict } from '../../checks/edge';
import { ConfigError } from '../../config/errors';
import { readConfig } from '../../config/load';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { centralConfig, centralRaw, edgeConfig, edgeRaw, type Changes } from '../support/stack-configs';

function linesOf(raw: ReturnType<typeof centralRaw>): string[] {
  try {
    checkedConfig(raw);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

const inFile = 'Change it in the stack file.';
const allowedPeer =
  '{ cidr: NETWORK }, or { namespaceLabels: LABELS, podLabels: LABELS } with one of the two or both';
const allowedLabels =
  'labels of Kubernetes: NAME or PREFIX/NAME, and a value of at most 63 ASCII letters, digits, -, _ and .';

describe('what network policies take for granted', () => {
  it('may be the name servers of OpenShift, of a node, or at an address', () => {
    const to = [
      {
        namespaceLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' },
        podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      },
      { podLabels: { 'k8s-app': 'node-local-dns' } },
      { namespaceLabels: { team: '' } },
      { cidr: '10.96.0.10/32' },
    ];
    const changes: Changes = { 'networkPolicies.dns': { to, ports: [5353, 53] } };
    expect(centralConfig(changes).networkPolicies.dns).toEqual({ to, ports: [5353, 53] });
    expect(edgeConfig(changes).networkPolicies.dns).toEqual({ to, ports: [5353, 53] });
  });

  it('may be further ways out, to somebody or anywhere', () => {
    const egress = [
      { from: 'grafana', ports: [443] },
      { from: 'thanos-store', to: [{ podLabels: { app: 's3' } }], ports: [8080] },
    ];
    expect(centralConfig({ 'networkPolicies.egress': egress }).networkPolicies.egress).toEqual([
      { from: 'grafana', ports: [443] },
      { from: 'thanos-store', to: [{ podLabels: { app: 's3' } }], ports: [8080] },
    ]);
  });

  it.each<[string, Changes, string]>([
    [
      'a peer that is none',
      { 'networkPolicies.dns.to': ['10.96.0.10'] },
      `monitoring:networkPolicies.dns.to.0: found "10.96.0.10"; allowed: ${allowedPeer}. ${inFile}`,
    ],
    [
      'a peer by address and by labels',
      { 'networkPolicies.dns.to': [{ cidr: '10.96.0.10/32', podLabels: { a: 'b' } }] },
      `monitoring:networkPolicies.dns.to.0: found {"cidr":"10.96.0.10/32","podLabels":{"a":"b"}}; allowed: ${allowedPeer}. ${inFile}`,
    ],
    [
      'an address that is no network',
      { 'networkPolicies.dns.to': [{ cidr: '10.96.0.10/24' }] },
      `monitoring:networkPolicies.dns.to.0.cidr: found "10.96.0.10/24"; allowed: 10.96.0.0/24 for the network, or 10.96.0.10/32 for the one address. ${inFile}`,
    ],
    [
      'a value that no label has',
      { 'networkPolicies.dns.to': [{ podLabels: { 'k8s-app': 'kube dns' } }] },
      `monitoring:networkPolicies.dns.to.0.podLabels.k8s-app: found "kube dns"; allowed: ${allowedLabels}. ${inFile}`,
    ],
    [
      'a key that no label has',
      { 'networkPolicies.dns.to': [{ podLabels: { 'k8s app': 'x' } }] },
      `monitoring:networkPolicies.dns.to.0.podLabels.k8s app: found the key "k8s app"; allowed: ${allowedLabels}. Correct the key in the stack file.`,
    ],
    [
      'a port that is none',
      { 'networkPolicies.dns.ports': [0] },
      `monitoring:networkPolicies.dns.ports.0: found 0; allowed: a whole number from 1 to 65535. ${inFile}`,
    ],
    [
      'a part that there is not',
      { 'networkPolicies.egress': [{ from: 'prometheus', ports: [443] }] },
      `monitoring:networkPolicies.egress.0.from: found "prometheus"; allowed: one of alertmanager, blackbox-exporter, grafana, kube-state-metrics, prometheus-operator, thanos-compactor, thanos-receiver, thanos-ruler, thanos-store; Prometheus may go anywhere as it is. ${inFile}`,
    ],
    [
      'a way out without a port',
      { 'networkPolicies.egress': [{ from: 'grafana' }] },
      `monitoring:networkPolicies.egress.0.ports: missing; allowed: a list. Set it in the stack file.`,
    ],
    [
      'a part that does not run',
      {
        'blackboxExporter.enabled': false,
        'networkPolicies.egress': [{ from: 'blackbox-exporter', ports: [8443] }],
      },
      'monitoring:networkPolicies.egress.0.from: found blackbox-exporter; allowed: a part that runs: blackboxExporter.enabled is false. Remove the entry, or set blackboxExporter.enabled to true.',
    ],
  ])('is refused with %s', (_, changes, line) => {
    expect(linesOf(centralRaw(changes)).map((text) => text.trim())).toEqual([line]);
  });
});

describe('a stack without network policies', () => {
  const off = { 'networkPolicies.enabled': false };
  const reason = {
    acceptedRisks: { 'networkPolicies.enabled': "the mesh's own policies refuse by default" },
  };
  const line =
    '  monitoring:networkPolicies.enabled: found false; allowed: true: without policies every pod of the cluster reaches Query, Prometheus and the ingestors. Widen the policies by networkPolicies.dns, apiServerPorts or egress, or say in acceptedRisks why there are none.';

  it('is refused without a reason, at the centre and on an edge', () => {
    expect(linesOf(centralRaw(off))).toEqual([line]);
    expect(linesOf(edgeRaw(off))).toEqual([
      line.replace('reaches Query, Prometheus and the ingestors', "reaches the agents' data"),
    ]);
  });

  it('is accepted with one', () => {
    expect(linesOf(centralRaw({ ...off, ...reason }))).toEqual([]);
    expect(linesOf(edgeRaw({ ...off, ...reason }))).toEqual([]);
  });

  it('is warned of a reason that accepts nothing', () => {
    const warning = 'monitoring:acceptedRisks.networkPolicies.enabled is no longer needed; remove it.';
    const central = readConfig(centralRaw(reason)).config as CentralConfig;
    expect(centralVerdict(central).warnings).toEqual([warning]);
    const edge = readConfig(edgeRaw(reason)).config as EdgeConfig;
    const planned = {
      series: 50_000,
      scrapeInterval: central.prometheus.scrapeInterval,
      outage: central.outage,
    };
    expect(edgeVerdict(edge, planned).warnings).toEqual([warning]);
  });
});
