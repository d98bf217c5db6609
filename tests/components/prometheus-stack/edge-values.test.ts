import fc from 'fast-check';
import { backlogContainer } from '../../../components/prometheus-stack/agent-backlog';
import { edgeValues, keepRegex } from '../../../components/prometheus-stack/edge-values';
import { Duration } from '../../../config/units';
import { edgeExample } from './example';

const values = edgeValues(edgeExample);
const spec = values.prometheus.prometheusSpec;

describe('Prometheus Agent on an edge cluster', () => {
  it('runs twice in agent mode, with its log on a volume of 20Gi', () => {
    expect(values.prometheus.agentMode).toBe(true);
    expect(values.prometheus.podDisruptionBudget).toEqual({
      enabled: true,
      minAvailable: 1,
      unhealthyPodEvictionPolicy: 'IfHealthyBudget',
    });
    expect(spec.replicas).toBe(2);
    expect(spec.storageSpec.volumeClaimTemplate.spec).toEqual({
      storageClassName: 'longhorn',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '20Gi' } },
    });
  });

  it('scrapes of the control plane what the configuration says', () => {
    const parts = ({ kubeScheduler, kubeControllerManager, kubeEtcd, kubeProxy }: typeof values) =>
      [kubeScheduler, kubeControllerManager, kubeEtcd, kubeProxy].map(({ enabled }) => enabled);
    expect(parts(values)).toEqual([false, false, false, false]);
    const controlPlane = { scheduler: true, controllerManager: false, etcd: true, kubeProxy: false };
    expect(parts(edgeValues({ ...edgeExample, controlPlane }))).toEqual([true, false, true, false]);
  });

  it('names its samples by cluster, environment and replica', () => {
    expect(spec.externalLabels).toEqual({ cluster: 'cluster-02', environment: 'production' });
    expect(spec.replicaExternalLabelName).toBe('prometheus_replica');
  });

  it('keeps the samples of an outage of 6 h', () => {
    expect(spec.additionalArgs).toEqual([
      { name: 'storage.agent.retention.max-time', value: '6h30m' },
      { name: 'storage.agent.wal-truncate-frequency', value: '26h' },
    ]);
  });

  it('gets the time that its log takes to read, since who is killed before begins anew', () => {
    const usual = edgeValues({ ...edgeExample, startup: Duration.parse('15m') }).prometheus.prometheusSpec;
    expect(usual.maximumStartupDurationSeconds).toBeUndefined();
    expect(spec.maximumStartupDurationSeconds).toBe(17 * 60);
  });

  it('writes to the centre in the version Thanos reads, identified by its certificate', () => {
    expect(spec.remoteWrite).toEqual([
      {
        name: 'thanos-receiver',
        url: 'https://thanos-receiver.example.org:19291/api/v1/receive',
        messageVersion: 'V1.0',
        remoteTimeout: '30s',
        tlsConfig: {
          minVersion: 'TLS13',
          ca: { secret: { name: 'remote-write-tls', key: 'ca.crt' } },
          cert: { secret: { name: 'remote-write-tls', key: 'tls.crt' } },
          keySecret: { name: 'remote-write-tls', key: 'tls.key' },
        },
        queueConfig: {
          capacity: 10_000,
          maxSamplesPerSend: 2000,
          minShards: 2,
          maxShards: 2,
          batchSendDeadline: '5s',
          minBackoff: '30ms',
          maxBackoff: '5s',
          retryOnRateLimit: true,
        },
      },
    ]);
  });

  it('sends everything unless the metrics are listed, then those alone', () => {
    const agent = { ...edgeExample.agent, keepMetrics: ['up', 'node_load1', 'kube_pod_info'] };
    const [all] = spec.remoteWrite;
    const [listed] = edgeValues({ ...edgeExample, agent }).prometheus.prometheusSpec.remoteWrite;
    expect(all).not.toHaveProperty('writeRelabelConfigs');
    expect(listed).toEqual({
      ...all,
      writeRelabelConfigs: [
        { action: 'keep', sourceLabels: ['__name__'], regex: 'kube_pod_info|node_load1|up' },
      ],
    });
  });

  it('is Ready only while it has nothing to lose', () => {
    expect(spec.containers).toEqual([
      backlogContainer(edgeExample.outage, edgeExample.agent.backlog.resources),
    ]);
  });

  it('leaves rules, Alertmanager and Grafana to the central cluster', () => {
    expect([values.defaultRules, values.alertmanager, values.grafana]).toEqual([
      { create: false },
      { enabled: false },
      { enabled: false },
    ]);
  });

  it('has the exporters of every cluster', () => {
    expect(values['prometheus-node-exporter'].namespaceOverride).toBe('monitoring-node');
    expect(values.kubelet.serviceMonitor.cAdvisorInterval).toBe('30s');
  });
});

describe('the expression that keeps metrics', () => {
  const name = fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,5}$/);

  it('matches the names of the list and no others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), name, fc.nat(), (names, other, at) => {
        // As Prometheus anchors it.
        const kept = new RegExp(`^(?:${keepRegex(names)})$`, 's');
        const longer = `${names[at % names.length] ?? ''}${other}`;
        for (const text of [...names, other, longer]) expect(kept.test(text)).toBe(names.includes(text));
      }),
    );
  });

  it('is the same for another order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        expect(keepRegex([...names].reverse())).toBe(keepRegex(names));
      }),
    );
  });
});
