import { grafanaValues } from '../../../components/grafana/values';
import { centralConfig } from '../../support/stack-configs';

const values = grafanaValues({
  grafana: centralConfig().grafana,
  namespace: 'monitoring',
  storageClass: 'longhorn',
  host: 'grafana.example.org',
  admin: { secretName: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
  query: { secretName: 'frontend', userKey: 'user', passwordKey: 'password', checksum: 'c0ffee' },
  role: 'grafana-sidecar',
});

describe('Grafana', () => {
  it('keeps 1Gi on a volume that outlives the release, and never runs twice on it', () => {
    expect(values.persistence).toEqual({
      enabled: true,
      storageClassName: 'longhorn',
      size: '1Gi',
      annotations: { 'helm.sh/resource-policy': 'keep' },
    });
    expect(values.deploymentStrategy).toEqual({ type: 'Recreate' });
  });

  it('asks for 100m and 256Mi and may take 200m and 512Mi', () => {
    expect(values.resources).toEqual({
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '200m', memory: '512Mi' },
    });
  });

  it('takes its secrets by reference', () => {
    expect(values.admin).toEqual({
      existingSecret: 'grafana-admin',
      userKey: 'admin-user',
      passwordKey: 'admin-password',
    });
    expect(values.envValueFrom).toEqual({
      THANOS_QUERY_USER: { secretKeyRef: { name: 'frontend', key: 'user' } },
      THANOS_QUERY_PASSWORD: { secretKeyRef: { name: 'frontend', key: 'password' } },
    });
  });

  it('restarts when the password of its datasource changes', () => {
    expect(values.podAnnotations).toEqual({ 'checksum/query-credentials': 'c0ffee' });
  });

  it('is reached by HTTPS and calls nobody outside', () => {
    expect(values['grafana.ini']).toEqual({
      server: { root_url: 'https://grafana.example.org/', domain: 'grafana.example.org' },
      security: { cookie_secure: true },
      analytics: { check_for_updates: false, check_for_plugin_updates: false, reporting_enabled: false },
      plugins: { preinstall_disabled: true },
      news: { news_feed_enabled: false },
    });
  });

  it('shows the chart’s dashboards, and has no datasource of the chart’s', () => {
    expect(values.sidecar.dashboards).toMatchObject({
      searchNamespace: 'monitoring',
      resource: 'configmap',
      folderAnnotation: 'grafana_folder',
    });
    expect(values.sidecar.datasources.defaultDatasourceEnabled).toBe(false);
  });

  it('writes nowhere but on its volumes, as no user but its own', () => {
    expect(values.containerSecurityContext).toEqual({ readOnlyRootFilesystem: true });
    expect(values.sidecar.securityContext).toEqual({ readOnlyRootFilesystem: true });
    expect(values.initChownData).toEqual({ enabled: false });
  });

  it('reads ConfigMaps by a Role of ours', () => {
    expect(values.rbac).toEqual({ namespaced: true, useExistingRole: 'grafana-sidecar' });
  });
});
