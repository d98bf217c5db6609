import { parse } from 'yaml';
import { Grafana } from '../../../components/grafana/grafana';
import { Duration } from '../../../config/units';
import { register } from '../../support/mocks';

const grafana = () =>
  register(() => {
    new Grafana(
      'grafana',
      {
        namespace: 'monitoring',
        datasources: {
          queryUrl: 'http://thanos-query-frontend:9090',
          alertmanagerUrl: 'http://alertmanager:9093',
          scrapeInterval: Duration.parse('30s'),
        },
        dashboards: [
          {
            folder: 'Team Blue',
            name: 'orders',
            json: '{ "uid": "orders", "title": "Orders", "panels": [] }',
          },
        ],
        runbooks: 'docs/runbooks',
      },
      {},
    );
  });

describe('what Grafana needs at its start', () => {
  it('is a password of its administrator that nobody chose', async () => {
    const registered = await grafana();
    expect(registered.inputs('random:index/randomPassword:RandomPassword')).toMatchObject({
      length: 32,
      special: false,
    });
    expect(registered.inputs('kubernetes:core/v1:Secret', 'grafana-admin')).toMatchObject({
      metadata: { name: 'grafana-admin', namespace: 'monitoring' },
      stringData: { 'admin-user': 'admin' },
    });
    expect(registered.secrets('kubernetes:core/v1:Secret', 'grafana-admin').join()).toContain(
      'admin-password',
    );
  });

  it('is the datasource Thanos Query, the default, with user and password from its environment', async () => {
    const { metadata, data } = (await grafana()).inputs(
      'kubernetes:core/v1:ConfigMap',
      'grafana-datasources',
    ) as {
      metadata: object;
      data: Record<string, string>;
    };
    expect(metadata).toEqual({
      name: 'grafana-datasources',
      namespace: 'monitoring',
      labels: { grafana_datasource: '1' },
    });
    expect(parse(data['datasources.yaml'] ?? '')).toEqual({
      apiVersion: 1,
      datasources: [
        {
          name: 'Thanos Query',
          uid: 'prometheus',
          type: 'prometheus',
          access: 'proxy',
          url: 'http://thanos-query-frontend:9090',
          isDefault: true,
          editable: false,
          basicAuth: true,
          basicAuthUser: '$THANOS_QUERY_USER',
          secureJsonData: { basicAuthPassword: '$THANOS_QUERY_PASSWORD' },
          jsonData: {
            httpMethod: 'POST',
            timeInterval: '30s',
            prometheusType: 'Thanos',
            // What is older than the raw retention is there at any zoom.
            customQueryParameters: 'max_source_resolution=auto',
          },
        },
        {
          name: 'Alertmanager',
          uid: 'alertmanager',
          type: 'alertmanager',
          access: 'proxy',
          url: 'http://alertmanager:9093',
          editable: false,
          jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
        },
      ],
    });
  });

  it('is a ConfigMap for each dashboard of the repository, with the label and the folder', async () => {
    expect(
      (await grafana()).inputs('kubernetes:core/v1:ConfigMap', 'dashboard-team-blue-orders'),
    ).toMatchObject({
      metadata: {
        name: 'dashboard-team-blue-orders',
        namespace: 'monitoring',
        labels: { grafana_dashboard: '1' },
        annotations: { grafana_folder: 'Team Blue' },
      },
      data: { 'orders.json': '{"uid":"orders","title":"Orders","panels":[]}' },
    });
  });

  it('is the right to read ConfigMaps, and no Secret', async () => {
    expect((await grafana()).inputs('kubernetes:rbac.authorization.k8s.io/v1:Role')).toMatchObject({
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
  });
});
