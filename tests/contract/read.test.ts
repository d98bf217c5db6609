import * as pulumi from '@pulumi/pulumi';
import { readCentral } from '../../contract/read';

const stack = 'organization/monitoring/cluster-01';

const deployed = {
  contractVersion: 1,
  cluster: 'cluster-01',
  remoteWriteUrl: 'https://thanos-receiver.example.org:19291/api/v1/receive',
  remoteWriteCa: '-----BEGIN CERTIFICATE-----\n…',
  tenants: ['cluster-02'],
  outage: '6h',
  planned: { series: { 'cluster-02': 50_000 }, scrapeInterval: '30s' },
  queryUrl: 'https://thanos-query.example.org',
  grafanaUrl: 'https://grafana.example.org',
  alertmanagerUrl: 'http://alertmanager.monitoring.svc:9093',
  bucket: 'thanos',
  receive: { replicas: 1, replicationFactor: 1 },
  versions: { kubePrometheusStack: '88.5.3', thanos: 'v0.42.4' },
};

const secrets = {
  edgeCredentials: { 'cluster-02': { certificate: 'cert', privateKey: 'key' } },
  queryCredentials: { user: 'u', password: 'p' },
  grafanaCredentials: { user: 'u', password: 'p' },
};

/** Reads the central stack as if its last outputs were these. */
async function read(outputs: object, edge = 'cluster-02') {
  await pulumi.runtime.setMocks({
    newResource: ({ id, name }) => ({
      id: id ?? name,
      state: { name: stack, outputs, secretOutputNames: Object.keys(secrets) },
    }),
    call: ({ inputs }) => inputs as object,
  });
  return readCentral(stack, edge);
}

describe('reading the central stack', () => {
  it('gives address, authority and outage, and the edge its own key as a secret', async () => {
    const central = await read({ ...deployed, ...secrets });
    expect(central.remoteWriteUrl).toBe(deployed.remoteWriteUrl);
    expect(central.outage).toBe('6h');
    expect(await pulumi.isSecret(central.privateKey)).toBe(true);
  });

  it.each<[string, object, string, string]>([
    [
      'a stack that is not deployed',
      {},
      'cluster-02',
      `Stack ${stack} has no output contractVersion, so it is not deployed or no central stack. ` +
        'Run pulumi up on the central stack first, or correct monitoring:central.',
    ],
    [
      'another contract version',
      { ...deployed, ...secrets, contractVersion: 2 },
      'cluster-02',
      `Stack ${stack} has contract version 2; this program reads version 1. ` +
        'Deploy both stacks from the same release of this project, the central one first.',
    ],
    [
      'an edge that the list lacks',
      { ...deployed, ...secrets },
      'cluster-09',
      `Stack ${stack} does not know the edge "cluster-09"; it lists cluster-02. Add { name: cluster-09 } to ` +
        'monitoring:edges of that stack and run pulumi up on it, or correct monitoring:cluster.name here.',
    ],
    [
      'an edge without credentials',
      { ...deployed, ...secrets, tenants: ['cluster-02', 'cluster-03'] },
      'cluster-03',
      `Stack ${stack} has no credentials for the edge "cluster-03". Run pulumi up on it, then here.`,
    ],
  ])('refuses %s', async (_, outputs, edge, message) => {
    await expect(read(outputs, edge)).rejects.toThrow(message);
  });

  it('refuses an output of another shape, naming it but never a secret value', async () => {
    const broken = { ...deployed, ...secrets, remoteWriteUrl: 'http://plain' };
    await expect(read(broken)).rejects.toThrow(
      /^Outputs of stack .* break contract version 1: remoteWriteUrl \(/,
    );
  });
});
