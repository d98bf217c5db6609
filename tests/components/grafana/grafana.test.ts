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
    const { metadata, data } = (await grafana()).inputs('kubernetes:core/v1:ConfigMap') as {
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
          jsonData: { httpMethod: 'POST', timeInterval: '30s', prometheusType: 'Thanos' },
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

  it('is the right to read ConfigMaps, and no Secret', async () => {
    expect((await grafana()).inputs('kubernetes:rbac.authorization.k8s.io/v1:Role')).toMatchObject({
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
  });
});
