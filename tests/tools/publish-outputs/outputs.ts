import type { CentralOutputs, CentralSecretOutputs } from '../../../contract/central';

export const plain: CentralOutputs = {
  contractVersion: 1,
  cluster: 'cluster-01',
  remoteWriteUrl: 'https://receiver.example:19291/api/v1/receive',
  remoteWriteCa: '-----BEGIN CERTIFICATE-----\nca',
  tenants: ['cluster-02', 'cluster-03'],
  outage: '6h',
  planned: { series: { 'cluster-02': 1, 'cluster-03': 1 }, scrapeInterval: '30s' },
  queryUrl: 'https://query.example',
  grafanaUrl: 'https://grafana.example',
  alertmanagerUrl: 'http://alertmanager:9093',
  bucket: 'thanos',
  receive: { replicas: 3, replicationFactor: 3 },
  versions: { kubePrometheusStack: '1.2.3', thanos: 'v0.42.0' },
};

export const secret: CentralSecretOutputs = {
  edgeCredentials: {
    'cluster-02': { certificate: 'certificate of 02', privateKey: 'key of 02' },
    'cluster-03': { certificate: 'certificate of 03', privateKey: 'key of 03' },
  },
  queryCredentials: { user: 'query', password: 'hunter22' },
  grafanaCredentials: { user: 'admin', password: 'hunter23' },
};
