/** What the stacks of these tests have exported. */

export const edgeOutputs = {
  contractVersion: 1,
  cluster: 'cluster-02',
  tenant: 'cluster-02',
  remoteWriteUrl: 'https://thanos-receiver.example.org:19291/api/v1/receive',
  versions: { kubePrometheusStack: '88.5.3' },
};

export const login = { user: 'monitoring', password: 'not to be seen' };

/** Its names lead to a port of this machine at which nothing listens. */
export const centralOutputs = {
  contractVersion: 1,
  cluster: 'cluster-01',
  remoteWriteUrl: 'https://localhost:1/api/v1/receive',
  remoteWriteCa: '-----BEGIN CERTIFICATE-----\n',
  tenants: ['cluster-02', 'cluster-03', 'cluster-04'],
  outage: '6h',
  planned: { series: { 'cluster-02': 50_000 }, scrapeInterval: '30s' },
  queryUrl: 'https://localhost:1',
  grafanaUrl: 'https://localhost:1',
  alertmanagerUrl: 'http://alertmanager.example.org',
  bucket: 'thanos',
  receive: { replicas: 1, ring: 1, replicationFactor: 1 },
  certificates: [
    {
      certificate: 'server thanos-receiver',
      kind: 'server',
      cluster: 'cluster-01-central',
      end: '2126-01-01T00:00:00Z',
    },
  ],
  versions: { kubePrometheusStack: '88.5.3', thanos: 'v0.42.4' },
};
