import type { Input } from '@pulumi/pulumi';
import type { ContainerResources } from '../../config/scalars';
import type { fullVolume } from '../foundation/full-volume';
import type { GrafanaValues } from '../grafana/values';
import type { ScrapeClass } from './application-labels';
import type { AlertmanagerFile } from './alertmanager-config';
import type { ExternalLabels } from './external-labels';

/** A PersistentVolumeClaim as the Prometheus operator takes it. */
export interface VolumeClaim {
  volumeClaimTemplate: {
    spec: {
      storageClassName: string;
      accessModes: ['ReadWriteOnce'];
      resources: { requests: { storage: string } };
    };
  };
}

export interface PodDisruptionBudget {
  enabled: boolean;
  minAvailable: number;
  /** The chart's default is AlwaysAllow: a pod that is not Ready may go, whatever `minAvailable` says. */
  unhealthyPodEvictionPolicy?: 'AlwaysAllow' | 'IfHealthyBudget';
}

/** What the specs of Prometheus and Prometheus Agent share, as far as we set it. */
interface PrometheusSpec {
  replicas: number;
  externalLabels: ExternalLabels;
  replicaExternalLabelName: string;
  scrapeInterval: string;
  serviceDiscoveryRole: 'EndpointSlice';
  scrapeClasses: ScrapeClass[];
  serviceMonitorSelectorNilUsesHelmValues: false;
  podMonitorSelectorNilUsesHelmValues: false;
  probeSelectorNilUsesHelmValues: false;
  scrapeConfigSelectorNilUsesHelmValues: false;
  logFormat: 'json';
  resources: ContainerResources;
  storageSpec: VolumeClaim;
  /** Seconds until the log must have been read; left out: the operator's 900. */
  maximumStartupDurationSeconds?: number;
}

type WhenFull = ReturnType<typeof fullVolume>;

export interface PrometheusServerSpec extends PrometheusSpec {
  ruleSelectorNilUsesHelmValues?: false;
  ruleSelector?: { matchLabels: Record<string, string> };
  evaluationInterval: string;
  externalUrl: string;
  retention: string;
  retentionSize: string;
  disableCompaction: true;
  podMetadata: { annotations: Record<string, Input<string>> };
  initContainers: WhenFull['initContainers'];
  volumes: ({ name: string; secret: { secretName: string } } | WhenFull['volumes'][number])[];
  volumeMounts: WhenFull['volumeMounts'];
  thanos: {
    image: string;
    version: string;
    logFormat: 'json';
    resources: ContainerResources;
    volumeMounts: [{ name: string; mountPath: string }];
    objectStorageConfigFile: string;
  };
}

interface SecretKey {
  name: string;
  key: string;
}

export interface RemoteWrite {
  name: string;
  url: Input<string>;
  messageVersion: 'V1.0';
  remoteTimeout: string;
  tlsConfig: {
    minVersion: 'TLS13';
    ca: { secret: SecretKey };
    cert: { secret: SecretKey };
    keySecret: SecretKey;
  };
  queueConfig: {
    capacity: number;
    maxSamplesPerSend: number;
    minShards: number;
    maxShards: number;
    batchSendDeadline: string;
    minBackoff: string;
    maxBackoff: string;
    retryOnRateLimit: true;
  };
  writeRelabelConfigs?: [{ action: 'keep'; sourceLabels: ['__name__']; regex: string }];
}

/** A container that the operator puts beside the agent's own. */
export interface BacklogContainer {
  name: string;
  image: string;
  command: string[];
  readinessProbe: {
    exec: { command: string[] };
    periodSeconds: number;
    timeoutSeconds: number;
    failureThreshold: number;
  };
  resources: ContainerResources;
  securityContext: {
    allowPrivilegeEscalation: false;
    readOnlyRootFilesystem: true;
    capabilities: { drop: ['ALL'] };
  };
}

export interface PrometheusAgentSpec extends PrometheusSpec {
  containers: [BacklogContainer];
  additionalArgs: { name: string; value: string }[];
  remoteWrite: RemoteWrite[];
}

/** The chart's names of the parts of a control plane. */
export type ControlPlaneKey = 'kubeScheduler' | 'kubeControllerManager' | 'kubeEtcd' | 'kubeProxy';

/** Whether a part is scraped at all. */
export interface Scraped {
  enabled: boolean;
}

/** A part whose rules and dashboards are there, scraped in this cluster or not. */
export interface ScrapedWithRules {
  enabled: true;
  service: { enabled: boolean };
  serviceMonitor: { enabled: boolean };
}

/** The chart's values that are the same in every cluster (`shared-values.ts`). */
export interface SharedValues {
  crds: { enabled: false };
  kubelet: { serviceMonitor: { cAdvisorInterval: string } };
  'prometheus-node-exporter': {
    namespaceOverride: string;
    resources: ContainerResources;
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } };
    containerSecurityContext: { allowPrivilegeEscalation: false; capabilities: { drop: ['ALL'] } };
  };
  'kube-state-metrics': { collectorsExclude: ['secrets']; resources: ContainerResources };
  prometheusOperator: {
    kubeletEndpointsEnabled: false;
    kubeletEndpointSliceEnabled: true;
    resources: ContainerResources;
    prometheusConfigReloader: { resources: ContainerResources };
    admissionWebhooks: { patch: { resources: ContainerResources } };
  };
}

/** Everything we set in kube-prometheus-stack on the central cluster; no other key compiles. */
export interface CentralValues extends SharedValues, Record<ControlPlaneKey, ScrapedWithRules> {
  defaultRules: {
    disabled: Record<string, true>;
    rules: { kubePrometheusNodeRecording: false };
    additionalAggregationLabels: ['cluster'];
  };
  nodeExporter: { operatingSystems: Record<'aix' | 'darwin', { enabled: false }> };
  prometheus: {
    podDisruptionBudget: PodDisruptionBudget;
    thanosService: { enabled: true };
    thanosServiceMonitor: { enabled: true };
    prometheusSpec: PrometheusServerSpec;
  };
  alertmanager: {
    config: AlertmanagerFile;
    templateFiles: Record<string, string>;
    podDisruptionBudget: PodDisruptionBudget;
    serviceAccount: { automountServiceAccountToken: false };
    alertmanagerSpec: {
      replicas: number;
      automountServiceAccountToken: false;
      secrets: string[];
      minReadySeconds: number;
      alertmanagerConfigNamespaceSelector: {
        matchExpressions: (
          | { key: string; operator: 'In'; values: readonly string[] }
          | { key: string; operator: 'DoesNotExist' }
        )[];
      };
      alertmanagerConfigMatcherStrategy: { type: 'OnNamespaceExceptForAlertmanagerNamespace' };
      logFormat: 'json';
      resources: ContainerResources;
      storage: VolumeClaim;
    };
  };
  grafana: GrafanaValues;
}

/** Everything we set in kube-prometheus-stack on an edge cluster. */
export interface EdgeValues extends SharedValues, Record<ControlPlaneKey, Scraped> {
  defaultRules: { create: false };
  alertmanager: { enabled: false };
  grafana: { enabled: false };
  prometheus: {
    agentMode: true;
    podDisruptionBudget: PodDisruptionBudget;
    prometheusSpec: PrometheusAgentSpec;
  };
}
