import { grafanaValues } from '../../../components/grafana/values';
import { centralConfig } from '../../support/stack-configs';

const values = grafanaValues({
  grafana: centralConfig().grafana,
  namespace: 'monitoring',
  storageClass: 'longhorn',
  host: 'grafana.example.org',
  admin: { secretName: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
  query: { secretName: 'frontend', userKey: 'user', passwordKey: 'password', checksum: 'c0ffee' },
  datasourcesChecksum: 'beef',
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

  it('asks for 100m and 256Mi and may take a core and 1Gi', () => {
    expect(values.resources).toEqual({
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '1', memory: '1Gi' },
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

  it('restarts when its datasources or their password change: it reads them at its start only', () => {
    expect(values.podAnnotations).toEqual({
      'checksum/query-credentials': 'c0ffee',
      'checksum/datasources': 'beef',
    });
  });

  it('starts after its sidecars have written every datasource and every dashboard', () => {
    const native = (port: number) => ({
      restartPolicy: 'Always',
      startupProbe: { httpGet: { path: '/healthz', port }, periodSeconds: 2, failureThreshold: 150 },
    });
    expect(values.sidecar.datasources).toMatchObject({ initDatasources: true, ...native(8082) });
    expect(values.sidecar.dashboards).toMatchObject({ initDashboards: true, ...native(8084) });
  });

  it('is never called by a sidecar, which the administrator’s changed password would lock out', () => {
    expect(values.sidecar.datasources.skipReload).toBe(true);
    expect(values.sidecar.dashboards.skipReload).toBe(true);
  });

  it('has sidecars that list, since their watch may stop without an error, and that are started anew', () => {
    expect(values.sidecar.datasources.watchMethod).toBe('SLEEP');
    expect(values.sidecar.dashboards.watchMethod).toBe('SLEEP');
    expect(values.sidecar.livenessProbe).toEqual({
      exec: { command: ['sh', '-c', 'wget -q -O /dev/null "http://127.0.0.1:$HEALTH_PORT/healthz"'] },
      periodSeconds: 30,
      timeoutSeconds: 10,
      failureThreshold: 4,
    });
  });

  it('shows the fleet first, and the chart’s dashboards in a folder of their own', () => {
    expect(values['grafana.ini'].dashboards).toEqual({
      default_home_dashboard_path: '/tmp/dashboards/Monitoring/fleet.json',
    });
    expect(values.sidecar.dashboards.annotations).toEqual({ grafana_folder: 'kube-prometheus-stack' });
  });

  it('is reached by HTTPS and calls nobody outside', () => {
    expect(values['grafana.ini']).toMatchObject({
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
