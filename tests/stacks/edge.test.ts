import { deployFleet } from '../../tools/render/fleet';
import { metricsOfEdges } from '../../observability/rules/edge-metrics';
import { releases } from '../invariants/objects';
import { centralRaw, edgeRaw } from '../support/stack-configs';

interface AgentSpec {
  replicas: number;
  maximumStartupDurationSeconds: number;
  additionalArgs: { name: string; value: string }[];
  containers: { readinessProbe: { exec: { command: string[] } } }[];
  remoteWrite: {
    url: string;
    queueConfig: { minShards: number; maxShards: number };
    tlsConfig: object;
  }[];
}

let agent: AgentSpec;
let exported: unknown;

beforeAll(async () => {
  // Neither is a default, so that another number in their place shows.
  const central = centralRaw({ outage: '5h', edges: [{ name: 'cluster-02', series: 90_000 }] });
  const part = {
    'cluster.storageClass': 'fast',
    'agent.storage': '24Gi',
    'agent.series': 300_000,
    'kubeStateMetrics.resources.limits.memory': '2Gi',
    'agent.keepMetrics': Object.keys(metricsOfEdges),
  };
  const fleet = await deployFleet([
    { ...central, path: 'Pulumi.cluster-01.yaml' },
    { ...edgeRaw(part), path: 'Pulumi.cluster-02.yaml' },
  ]);
  const stack = releases(fleet[1]?.resources ?? []).find(
    ({ release }) => release.name === 'kube-prometheus-stack',
  );
  const { prometheus } = stack?.release.values as unknown as { prometheus: { prometheusSpec: AgentSpec } };
  agent = prometheus.prometheusSpec;
  exported = fleet[1]?.outputs.value;
}, 60_000);

describe("an edge's agents", () => {
  it('keep the samples of the outage that the centre promises', () => {
    // 5 h and 30 m, and four times that.
    expect(agent.additionalArgs).toEqual([
      { name: 'storage.agent.retention.max-time', value: '5h30m' },
      { name: 'storage.agent.wal-truncate-frequency', value: '22h' },
    ]);
  });

  it('hold a restart back for as long', () => {
    const [backlog] = agent.containers;
    expect(backlog?.readinessProbe.exec.command.join(' ')).toContain('now - since > 18000');
  });

  it('get the time to read the log of all that they scrape, sent or not', () => {
    // One and a half periods of 22 h at 10 000 samples a second, four segments, the checkpoint twice; at 20
    // MB/s, twice.
    const log = 1.5 * 22 * 3600 * 10_000 * 8.2 + 4 * 128 * 2 ** 20 + 2 * 300_000 * 45;
    expect(agent.maximumStartupDurationSeconds).toBe(Math.ceil(log / 10e6));
  });

  it('have the shards that send the backlog of the series that the centre plans', () => {
    // 3000 samples a second × (1 + 5 h / 1 h) are 18 000; a shard sends 2000 each 0.25 s, 8000 a second.
    expect(agent.remoteWrite.map(({ queueConfig }) => queueConfig)).toMatchObject([
      { minShards: 3, maxShards: 3 },
    ]);
  });

  it('have volumes that the next preview knows', () => {
    expect(exported).toMatchObject({
      deployed: { storageClass: 'fast', volumes: { 'agent.storage': '24Gi' } },
    });
  });

  it('write to the centre, and trust and show what their Secret holds', () => {
    const secret = 'remote-write-tls';
    expect(agent.remoteWrite).toMatchObject([
      {
        url: 'https://thanos-receiver.monitoring.example.org:19291/api/v1/receive',
        tlsConfig: {
          ca: { secret: { name: secret, key: 'ca.crt' } },
          cert: { secret: { name: secret, key: 'tls.crt' } },
          keySecret: { name: secret, key: 'tls.key' },
        },
      },
    ]);
  });
});
