import { fullVolume } from '../../../components/foundation/full-volume';
import { endByLifecycle } from '../../../components/foundation/start-gate';
import { prometheusClaim } from '../../../components/prometheus-stack/addresses';
import { centralValues, type CentralValuesArgs } from '../../../components/prometheus-stack/central-values';
import { Duration, Quantity } from '../../../config/units';
import { images } from '../../../versions';
import { fullAlertmanager } from '../../../proof/rules/alertmanager/full';
import { centralConfig } from '../../support/stack-configs';
import { centralExample } from './example';

const values = centralValues(centralExample);
const spec = values.prometheus.prometheusSpec;

describe('Prometheus on the central cluster', () => {
  it('runs twice, told apart by prometheus_replica', () => {
    expect([spec.replicas, spec.replicaExternalLabelName]).toEqual([2, 'prometheus_replica']);
  });

  it('names its own samples by cluster and environment', () => {
    expect(spec.externalLabels).toEqual({ cluster: 'cluster-01-central', environment: 'production' });
  });

  it('keeps 15 days or 2 GiB on 3Gi, whichever is less', () => {
    expect([spec.retention, spec.retentionSize]).toEqual(['15d', '2GiB']);
    expect(spec.storageSpec).toEqual({
      volumeClaimTemplate: {
        spec: {
          storageClassName: 'longhorn',
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '3Gi' } },
        },
      },
    });
  });

  it('gets the time that its log takes to read, since who is killed before begins anew', () => {
    const usual = centralValues({ ...centralExample, startup: Duration.parse('15m') }).prometheus
      .prometheusSpec;
    expect(usual.maximumStartupDurationSeconds).toBeUndefined();
    expect(spec.maximumStartupDurationSeconds).toBe(16 * 60);
  });

  it('asks for 500m and 2Gi and may take 2 cores and 4Gi', () => {
    expect(spec.resources).toEqual({
      requests: { cpu: '500m', memory: '2Gi' },
      limits: { cpu: '2', memory: '4Gi' },
    });
  });

  it('uploads through a sidecar of the pinned Thanos, with the Secret by name', () => {
    expect(spec.thanos).toEqual({
      image: `quay.io/thanos/thanos:${images.thanos.tag}`,
      version: images.thanos.tag,
      logFormat: 'json',
      resources: {
        requests: { cpu: '50m', memory: '128Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
      volumeMounts: [{ name: 'thanos-s3-config', mountPath: '/etc/thanos/objstore' }],
      objectStorageConfigFile: '/etc/thanos/objstore/objstore.yml',
    });
    expect(spec.volumes[0]).toEqual({ name: 'thanos-s3-config', secret: { secretName: 'thanos-s3-config' } });
    expect(spec.disableCompaction).toBe(true);
  });

  it('ends before its volume is full, is not started on a full one, and keeps a ballast for it', () => {
    const whenFull = fullVolume({ name: prometheusClaim, path: '/prometheus' }, endByLifecycle(9090));
    expect(spec.initContainers).toEqual(whenFull.initContainers);
    expect(spec.volumeMounts).toEqual(whenFull.volumeMounts);
    expect(spec.volumes.slice(1)).toEqual(whenFull.volumes);
  });

  it('restarts when that Secret changes', () => {
    expect(spec.podMetadata).toEqual({ annotations: { 'checksum/thanos-s3-config': 'decade' } });
  });

  it('evaluates the rules that are for it, of any namespace, and without a Ruler all', () => {
    expect(spec.ruleSelector).toEqual({ matchLabels: { 'evaluated-by': 'prometheus' } });
    expect(Object.keys(spec)).not.toContain('ruleSelectorNilUsesHelmValues');
    const alone = centralValues({ ...centralExample, ruler: false }).prometheus.prometheusSpec;
    expect(alone.ruleSelectorNilUsesHelmValues).toBe(false);
    expect(Object.keys(alone)).not.toContain('ruleSelector');
  });

  it('takes monitors of every release', () => {
    expect(spec).toMatchObject({
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    });
  });

  it('scrapes and evaluates every 30 s, cAdvisor too', () => {
    expect([
      spec.scrapeInterval,
      spec.evaluationInterval,
      values.kubelet.serviceMonitor.cAdvisorInterval,
    ]).toEqual(['30s', '30s', '30s']);
  });

  it('leads from an alert to Query', () => {
    expect(spec.externalUrl).toBe('https://thanos-query.example.org');
  });

  it('scrapes of its own control plane what the configuration says, and has the rules of every part', () => {
    const of = (controlPlane: Partial<CentralValuesArgs['controlPlane']>) => {
      const made = centralValues({
        ...centralExample,
        controlPlane: { ...centralExample.controlPlane, ...controlPlane },
      });
      return [made.kubeScheduler, made.kubeControllerManager, made.kubeEtcd, made.kubeProxy];
    };
    const part = (enabled: boolean) => ({
      enabled: true,
      service: { enabled },
      serviceMonitor: { enabled },
    });
    expect(of({})).toEqual([part(false), part(false), part(false), part(false)]);
    expect(of({ scheduler: true })).toEqual([part(true), part(false), part(false), part(false)]);
    expect(of({ controllerManager: true })).toEqual([part(false), part(true), part(false), part(false)]);
    expect(of({ etcd: true })).toEqual([part(false), part(false), part(true), part(false)]);
    expect(of({ kubeProxy: true })).toEqual([part(false), part(false), part(false), part(true)]);
  });

  it('has no alert that fires for ever where a part of no cluster can be scraped', () => {
    expect(values.defaultRules.disabled).toMatchObject({
      KubeAPIDown: true,
      KubeSchedulerDown: true,
      KubeControllerManagerDown: true,
      KubeProxyDown: true,
      etcdHighNumberOfLeaderChanges: true,
    });
  });

  it('may be drained pod by pod, and a single replica at once', () => {
    const single = centralValues({
      ...centralExample,
      prometheus: { ...centralExample.prometheus, replicas: 1 },
    });
    expect(values.prometheus.podDisruptionBudget).toEqual({ enabled: true, minAvailable: 1 });
    expect(single.prometheus.podDisruptionBudget).toEqual({ enabled: false, minAvailable: 1 });
  });
});

describe('Alertmanager', () => {
  it('runs twice with 1Gi each, without a token, and takes routes of its own namespace only, for all alerts', () => {
    expect(values.alertmanager).toMatchObject({
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      serviceAccount: { automountServiceAccountToken: false },
      alertmanagerSpec: {
        replicas: 2,
        automountServiceAccountToken: false,
        alertmanagerConfigNamespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['monitoring'] }],
        },
        alertmanagerConfigMatcherStrategy: { type: 'OnNamespaceExceptForAlertmanagerNamespace' },
        secrets: [],
        storage: {
          volumeClaimTemplate: {
            spec: { storageClassName: 'longhorn', resources: { requests: { storage: '1Gi' } } },
          },
        },
      },
    });
  });
});

describe('Alertmanager with receivers', () => {
  const { alertmanager } = centralConfig({ alertmanager: fullAlertmanager });
  const { alertmanager: told } = centralValues({ ...centralExample, alertmanager });

  it('mounts the Secrets that receivers name, and the one of the stack’s own keys', () => {
    expect(told.alertmanagerSpec.secrets).toEqual([
      'alertmanager-receivers',
      'mail',
      'shop-slack',
      'shop-teams',
    ]);
  });

  it('sends nothing after a start until every alert must have come again, which each sender does in a minute', () => {
    expect(told.alertmanagerSpec.minReadySeconds).toBe(90);
  });

  it('reads AlertmanagerConfigs of the namespaces that may have them', () => {
    expect(told.alertmanagerSpec.alertmanagerConfigNamespaceSelector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['monitoring', 'shop'] },
    ]);
    const nobody = centralValues({
      ...centralExample,
      alertmanager: { ...alertmanager, configNamespaces: [] },
    });
    const { alertmanagerSpec } = nobody.alertmanager;
    expect(alertmanagerSpec.alertmanagerConfigNamespaceSelector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' },
    ]);
  });

  it('has the texts of messages beside its configuration, with links to Grafana', () => {
    expect(Object.keys(told.templateFiles)).toEqual(['monitoring.tmpl']);
    expect(told.config.templates).toEqual(['/etc/alertmanager/config/*.tmpl']);
    expect(told.templateFiles['monitoring.tmpl']).toContain(
      'https://grafana.example.org/alerting/silence/new',
    );
  });
});

describe('the central values', () => {
  it('put node-exporter alone into the privileged namespace, with the rest of the restricted standard', () => {
    expect(values['prometheus-node-exporter']).toMatchObject({
      namespaceOverride: 'monitoring-node',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    });
  });

  it('let kube-state-metrics read no Secret', () => {
    expect(values['kube-state-metrics'].collectorsExclude).toEqual(['secrets']);
  });

  it('follow the configuration', () => {
    const larger = centralValues({
      ...centralExample,
      prometheus: { ...centralExample.prometheus, replicas: 3, storage: Quantity.parse('80Gi') },
    }).prometheus;
    expect(larger.prometheusSpec.replicas).toBe(3);
    expect(larger.podDisruptionBudget.minAvailable).toBe(2);
    expect(larger.prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage).toBe(
      '80Gi',
    );
  });

  it('are the same at every run', () => {
    expect(JSON.stringify(centralValues(centralExample))).toBe(JSON.stringify(values));
  });
});
