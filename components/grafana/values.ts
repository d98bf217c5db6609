import type { Input } from '@pulumi/pulumi';
import type { CentralConfig } from '../../config/central';
import { kubernetesResources, type ContainerResources } from '../../config/scalars';
import type { CredentialsSecret } from '../foundation/references';
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
  podAnnotations: { 'checksum/query-credentials': Input<string> };
  'grafana.ini': {
    server: { root_url: string; domain: string };
    security: { cookie_secure: true };
    analytics: { check_for_updates: false; check_for_plugin_updates: false; reporting_enabled: false };
    plugins: { preinstall_disabled: true };
    news: { news_feed_enabled: false };
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
    dashboards: {
      searchNamespace: string;
      resource: 'configmap';
      folderAnnotation: string;
      annotations: Record<string, string>;
      provider: { foldersFromFilesStructure: true };
      multicluster: { global: { enabled: true } };
      extraMounts: Mount[];
    };
    datasources: {
      defaultDatasourceEnabled: false;
      searchNamespace: string;
      resource: 'configmap';
      extraMounts: Mount[];
    };
  };
}

interface Mount {
  name: string;
  mountPath: string;
}

/** Annotation of a dashboard's ConfigMap: the folder in which Grafana shows it. */
export const folderAnnotation = 'grafana_folder';

// The sidecars (Python) hold the state of one watch each; the chart sets no resources on them.
const sidecarResources: ContainerResources = {
  requests: { cpu: '10m', memory: '96Mi' },
  limits: { cpu: '100m', memory: '192Mi' },
};

/** Where Grafana and the sidecars write temporary files, since their root filesystem is read-only. */
const temporary: Mount = { name: 'tmp', mountPath: '/tmp' };

const variable = (name: Input<string>, key: string): SecretVariable => ({ secretKeyRef: { name, key } });

/**
 * Values of the chart's Grafana: one replica with a volume, the chart's dashboards, and no datasource of the
 * chart's own: ours come as a ConfigMap (`datasources.ts`).
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
  podAnnotations: { 'checksum/query-credentials': args.query.checksum },
  'grafana.ini': {
    server: { root_url: `https://${args.host}/`, domain: args.host },
    security: { cookie_secure: true },
    analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
    plugins: { preinstall_disabled: true },
    news: { news_feed_enabled: false },
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
    resources: sidecarResources,
    securityContext: { readOnlyRootFilesystem: true },
    dashboards: {
      searchNamespace: args.namespace,
      resource: 'configmap',
      folderAnnotation,
      annotations: { [folderAnnotation]: 'Kubernetes' },
      provider: { foldersFromFilesStructure: true },
      // A choice of the cluster on every dashboard.
      multicluster: { global: { enabled: true } },
      extraMounts: [temporary],
    },
    datasources: {
      defaultDatasourceEnabled: false,
      searchNamespace: args.namespace,
      resource: 'configmap',
      extraMounts: [temporary],
    },
  },
});
