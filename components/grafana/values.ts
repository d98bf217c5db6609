import type { Input } from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { kubernetesResources, type ContainerResources } from '../../config/scalars';
import type { CredentialsSecret } from '../foundation/references';
import { firstPage, folderAnnotation, folderOfChart, ourFolder } from './dashboards';
import { passwordVariable, userVariable } from './datasources';

export interface GrafanaValuesArgs {
  grafana: CentralConfig['grafana'];
  /** Where the sidecars look for dashboards and datasources. */
  namespace: string;
  storageClass: string;
  /** Name of the host under which people reach it, by HTTPS. */
  host: string;
  admin: CredentialsSecret;
  /** Query-frontend's credentials, and a checksum of them: Grafana reads them at its start only. */
  query: CredentialsSecret & { checksum: Input<string> };
  /** Checksum of the datasources' file, which Grafana reads at its start only. */
  datasourcesChecksum: string;
  /** The Role that lets the sidecars read ConfigMaps. */
  role: string;
}

interface SecretVariable {
  secretKeyRef: { name: Input<string>; key: string };
}

/** Everything we set below `grafana` in kube-prometheus-stack. */
export interface GrafanaValues {
  admin: { existingSecret: Input<string>; userKey: string; passwordKey: string };
  envValueFrom: Record<string, SecretVariable>;
  podAnnotations: { 'checksum/query-credentials': Input<string>; 'checksum/datasources': string };
  'grafana.ini': {
    server: { root_url: string; domain: string };
    security: { cookie_secure: true };
    analytics: { check_for_updates: false; check_for_plugin_updates: false; reporting_enabled: false };
    plugins: { preinstall_disabled: true };
    news: { news_feed_enabled: false };
    dashboards: { default_home_dashboard_path: string };
  };
  persistence: {
    enabled: true;
    storageClassName: string;
    size: string;
    annotations: Record<string, string>;
  };
  deploymentStrategy: { type: 'Recreate' };
  resources: ContainerResources;
  initChownData: { enabled: false };
  testFramework: { enabled: false };
  containerSecurityContext: { readOnlyRootFilesystem: true };
  extraEmptyDirMounts: Mount[];
  rbac: { namespaced: true; useExistingRole: string };
  sidecar: {
    resources: ContainerResources;
    securityContext: { readOnlyRootFilesystem: true };
    livenessProbe: Probe & { exec: { command: string[] } };
    dashboards: Native<{ initDashboards: true }> & {
      searchNamespace: string;
      resource: 'configmap';
      folderAnnotation: string;
      annotations: Record<string, string>;
      provider: { foldersFromFilesStructure: true };
      multicluster: { global: { enabled: true } };
      extraMounts: Mount[];
    };
    datasources: Native<{ initDatasources: true }> & {
      defaultDatasourceEnabled: false;
      searchNamespace: string;
      resource: 'configmap';
      extraMounts: Mount[];
    };
  };
}

interface Probe {
  periodSeconds: number;
  timeoutSeconds?: number;
  failureThreshold: number;
}

/** What makes a sidecar one that Kubernetes starts before Grafana, and waits for. */
type Native<Init> = Init & {
  restartPolicy: 'Always';
  startupProbe: Probe & { httpGet: { path: '/healthz'; port: number } };
  watchMethod: 'SLEEP';
  skipReload: true;
};

interface Mount {
  name: string;
  mountPath: string;
}

/** Ports of the sidecars' health page; they share the pod's address. */
const healthPorts = { datasources: 8082, dashboards: 8084 };

/**
 * A sidecar that is there before Grafana: an init container that goes on running (Kubernetes from 1.29), and
 * healthy as soon as it has written every file once. Grafana reads its datasources at its start and never
 * again by itself, so a sidecar that is later leaves it without any.
 *
 * It lists every minute instead of watching: the watch of k8s-sidecar 2.10.1 can stop for ever without an
 * error, and its health page goes on answering 200 (kiwigrid/k8s-sidecar#621).
 *
 * It asks Grafana for nothing: the call that reloads needs the administrator's password, and fails as soon as
 * somebody changes it in Grafana. Grafana looks for new dashboards itself, every 30 s; for other datasources
 * it is restarted.
 */
const native = <const Init extends object>(init: Init, port: number): Native<Init> => ({
  ...init,
  restartPolicy: 'Always',
  // Five minutes for the API server to answer: after that the pod starts again.
  startupProbe: { httpGet: { path: '/healthz', port }, periodSeconds: 2, failureThreshold: 150 },
  watchMethod: 'SLEEP',
  skipReload: true,
});

/**
 * The chart has one for both sidecars, and no port of theirs has a name; each knows its own as HEALTH_PORT.
 * Two minutes: a process that hangs is no hurry, since Grafana keeps what it has.
 */
const livenessProbe = {
  exec: { command: ['sh', '-c', 'wget -q -O /dev/null "http://127.0.0.1:$HEALTH_PORT/healthz"'] },
  periodSeconds: 30,
  timeoutSeconds: 10,
  failureThreshold: 4,
};

/** Where Grafana and the sidecars write temporary files, since their root filesystem is read-only. */
const temporary: Mount = { name: 'tmp', mountPath: '/tmp' };

const variable = (name: Input<string>, key: string): SecretVariable => ({ secretKeyRef: { name, key } });

/**
 * Values of the chart's Grafana: one replica with a volume, the chart's dashboards, and no datasource of the
 * chart's own: ours come as a ConfigMap (`datasources.ts`), and so do our dashboards (`dashboards.ts`).
 *
 * It calls nobody outside: no update checks, no statistics, no plugin downloads, no news.
 */
export const grafanaValues = (args: GrafanaValuesArgs): GrafanaValues => ({
  admin: {
    existingSecret: args.admin.secretName,
    userKey: args.admin.userKey,
    passwordKey: args.admin.passwordKey,
  },
  envValueFrom: {
    [userVariable]: variable(args.query.secretName, args.query.userKey),
    [passwordVariable]: variable(args.query.secretName, args.query.passwordKey),
  },
  podAnnotations: {
    'checksum/query-credentials': args.query.checksum,
    'checksum/datasources': args.datasourcesChecksum,
  },
  'grafana.ini': {
    server: { root_url: `https://${args.host}/`, domain: args.host },
    security: { cookie_secure: true },
    analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
    plugins: { preinstall_disabled: true },
    news: { news_feed_enabled: false },
    // Where the sidecar writes it, below the chart's default folder.
    dashboards: { default_home_dashboard_path: `/tmp/dashboards/${ourFolder}/${firstPage}.json` },
  },
  persistence: {
    enabled: true,
    storageClassName: args.storageClass,
    size: args.grafana.storage.kubernetes,
    // Dashboards that people made themselves survive an uninstalled release.
    annotations: { 'helm.sh/resource-policy': 'keep' },
  },
  // The volume can be attached to one node only: a rolling update would wait for itself.
  deploymentStrategy: { type: 'Recreate' },
  resources: kubernetesResources(args.grafana.resources),
  // Runs as root, and fsGroup does the same.
  initChownData: { enabled: false },
  // A test Pod without any security context.
  testFramework: { enabled: false },
  containerSecurityContext: { readOnlyRootFilesystem: true },
  extraEmptyDirMounts: [temporary],
  // The chart's own Role also reads every Secret of the namespace.
  rbac: { namespaced: true, useExistingRole: args.role },
  sidecar: {
    resources: kubernetesResources(args.grafana.sidecars.resources),
    securityContext: { readOnlyRootFilesystem: true },
    livenessProbe,
    dashboards: {
      ...native({ initDashboards: true }, healthPorts.dashboards),
      searchNamespace: args.namespace,
      resource: 'configmap',
      folderAnnotation,
      annotations: { [folderAnnotation]: folderOfChart },
      provider: { foldersFromFilesStructure: true },
      // A choice of the cluster on every dashboard.
      multicluster: { global: { enabled: true } },
      extraMounts: [temporary],
    },
    datasources: {
      ...native({ initDatasources: true }, healthPorts.datasources),
      defaultDatasourceEnabled: false,
      searchNamespace: args.namespace,
      resource: 'configmap',
      extraMounts: [temporary],
    },
  },
});
