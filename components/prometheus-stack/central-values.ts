import type { CentralConfig } from '../../config/central';
import { kubernetesResources } from '../../config/scalars';
import type { Duration } from '../../config/units';
import { replacedAlerts } from '../../observability/rules/replaced';
import { imageReference } from '../../versions';
import { fullVolume } from '../foundation/full-volume';
import type { SecretKeyRef } from '../foundation/references';
import { endByLifecycle } from '../foundation/start-gate';
import { grafanaValues, type GrafanaValuesArgs } from '../grafana/values';
import { chartPods, prometheusClaim } from './addresses';
import { alertmanagerFile } from './alertmanager-config';
import { mountedSecrets } from './alertmanager-secret-files';
import { alertmanagerTemplates, templateFile } from './alertmanager-templates';
import { centralControlPlane } from './control-plane';
import { rulesOfPrometheus } from './prometheus-rules';
import type { CentralValues } from './values-types';
import {
  sharedValues,
  chartDisruptionBudget,
  prometheusSpec,
  startupTime,
  volumeClaim,
  type ClusterParts,
  type NamespaceNames,
} from './shared-values';

/**
 * Time after its start in which Alertmanager sends nothing: longer than the Ruler and Prometheus take to send
 * each alert again (1 min), since it knows only then what explains what. The operator makes
 * `--dispatch.start-delay` of it.
 */
const secondsBeforeSending = 90;

/**
 * Where the sidecar finds its objstore.yml. Given the Secret itself, the operator would hand it over as an
 * environment variable and write that into the arguments, where every process of the node that may see others
 * reads it: node-exporter may.
 */
const objstoreFolder = '/etc/thanos/objstore';

export interface CentralValuesArgs {
  namespaces: NamespaceNames;
  cluster: Pick<CentralConfig['cluster'], 'label' | 'environment' | 'storageClass'>;
  prometheus: CentralConfig['prometheus'];
  /** Time to read Prometheus' log at a start: `prometheusStartup` in capacity/startup.ts. */
  startup: Duration;
  controlPlane: CentralConfig['controlPlane'];
  parts: ClusterParts;
  /** Whether a Ruler evaluates the rules that are not for this Prometheus. */
  ruler: boolean;
  alertmanager: CentralConfig['alertmanager'];
  grafana: Omit<GrafanaValuesArgs, 'namespace' | 'storageClass'>;
  /** URLs of Query and Grafana for people, for the links in alerts. */
  queryUrl: string;
  grafanaUrl: string;
  /** The sidecar's objstore.yml. */
  objectStorage: SecretKeyRef;
  thanosImage: { repository: string; tag: string };
}

/**
 * Alerts of the chart that are left out: those that ours take the place of, and one more on a bare `absent`,
 * which is false over all clusters as long as one of them has the series.
 */
const disabledAlerts: Record<string, true> = Object.fromEntries(
  [...Object.keys(replacedAlerts), 'etcdHighNumberOfLeaderChanges'].map((alert) => [alert, true] as const),
);

/**
 * Values of kube-prometheus-stack on the central cluster: Prometheus with sidecar, Alertmanager, Grafana,
 * exporters.
 *
 * Secrets appear by name only. Objects that must exist before the release: the namespaces, the objstore
 * Secret, and those of `components/grafana`.
 */
export function centralValues(args: CentralValuesArgs): CentralValues {
  const { namespaces, cluster, prometheus, alertmanager, objectStorage, thanosImage } = args;
  const whenFull = fullVolume(
    { name: prometheusClaim, path: '/prometheus' },
    endByLifecycle(chartPods.prometheus.ports.http),
  );
  return {
    ...sharedValues(namespaces, prometheus.scrapeInterval, args.parts),
    ...centralControlPlane(args.controlPlane),
    defaultRules: {
      disabled: disabledAlerts,
      // Two of its six records sum over all clusters, and nothing of the chart reads any of them.
      rules: { kubePrometheusNodeRecording: false },
      // Most of the chart's aggregations keep `cluster` by themselves.
      additionalAggregationLabels: ['cluster'],
    },
    // Dashboards of operating systems that no node runs.
    nodeExporter: { operatingSystems: { aix: { enabled: false }, darwin: { enabled: false } } },
    prometheus: {
      podDisruptionBudget: chartDisruptionBudget(prometheus.replicas),
      thanosService: { enabled: true },
      thanosServiceMonitor: { enabled: true },
      prometheusSpec: {
        ...prometheusSpec(cluster, prometheus.scrapeInterval),
        ...(args.ruler ? { ruleSelector: rulesOfPrometheus } : { ruleSelectorNilUsesHelmValues: false }),
        replicas: prometheus.replicas,
        evaluationInterval: prometheus.scrapeInterval.toString(),
        externalUrl: args.queryUrl,
        retention: prometheus.retention.toString(),
        retentionSize: prometheus.retentionSize.thanos,
        // The sidecar uploads blocks of 2 h; a block compacted here would overlap with what Compact makes of
        // them.
        disableCompaction: true,
        resources: kubernetesResources(prometheus.resources),
        storageSpec: volumeClaim(cluster.storageClass, prometheus.storage),
        ...startupTime(args.startup),
        // The sidecar reads it at its start alone: without a new pod it would keep the old keys.
        podMetadata: { annotations: { [`checksum/${objectStorage.name}`]: objectStorage.checksum } },
        volumes: [
          { name: objectStorage.name, secret: { secretName: objectStorage.name } },
          ...whenFull.volumes,
        ],
        initContainers: whenFull.initContainers,
        volumeMounts: whenFull.volumeMounts,
        thanos: {
          image: imageReference(thanosImage),
          version: thanosImage.tag,
          logFormat: 'json',
          resources: kubernetesResources(prometheus.sidecarResources),
          volumeMounts: [{ name: objectStorage.name, mountPath: objstoreFolder }],
          objectStorageConfigFile: `${objstoreFolder}/${objectStorage.key}`,
        },
      },
    },
    alertmanager: {
      config: alertmanagerFile(alertmanager),
      templateFiles: { [templateFile]: alertmanagerTemplates(args.grafanaUrl) },
      podDisruptionBudget: chartDisruptionBudget(alertmanager.replicas),
      serviceAccount: { automountServiceAccountToken: false },
      alertmanagerSpec: {
        replicas: alertmanager.replicas,
        automountServiceAccountToken: false,
        secrets: mountedSecrets(alertmanager),
        minReadySeconds: secondsBeforeSending,
        // By default anybody who may write an AlertmanagerConfig anywhere in the cluster may add routes and
        // receivers.
        alertmanagerConfigNamespaceSelector: {
          matchExpressions: [named(alertmanager.configNamespaces)],
        },
        // The operator's default adds `namespace="…"` to all of them, which no alert about a cluster has.
        alertmanagerConfigMatcherStrategy: { type: 'OnNamespaceExceptForAlertmanagerNamespace' },
        logFormat: 'json',
        resources: kubernetesResources(alertmanager.resources),
        storage: volumeClaim(cluster.storageClass, alertmanager.storage),
      },
    },
    grafana: grafanaValues({
      ...args.grafana,
      namespace: namespaces.monitoring,
      storageClass: cluster.storageClass,
    }),
  } satisfies CentralValues;
}

/** Selects namespaces by their names; with none, none: every namespace has this label. */
const named = (namespaces: readonly string[]) =>
  namespaces.length > 0
    ? { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: namespaces }
    : { key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' as const };
