import { absenceRules, addresses, serviceMonitor } from '../../../examples/consumer/objects';

const central = {
  tenants: ['cluster-02', 'cluster-03'],
  planned: { series: {}, scrapeInterval: '45s' },
  queryUrl: 'https://thanos-query.example',
  grafanaUrl: 'https://grafana.example',
};

describe('the example of a consumer', () => {
  it('is scraped as often as the centre is sized for', () => {
    expect(serviceMonitor(central)).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
      endpoints: [{ port: 'metrics', interval: '45s' }],
    });
  });

  it('has an alert for each edge, with a query that can be opened', () => {
    const [group] = absenceRules(central).groups;
    expect(group?.rules.map(({ labels: { cluster } }) => cluster)).toEqual(['cluster-02', 'cluster-03']);
    expect(group?.rules[0]).toEqual({
      alert: 'ShopAbsent',
      expr: 'absent(up{job="shop", cluster="cluster-02"} == 1)',
      for: '10m',
      labels: { severity: 'warning', team: 'shop', cluster: 'cluster-02' },
      annotations: {
        summary: 'No shop answers in cluster-02',
        query:
          'https://thanos-query.example/graph?g0.expr=absent(up%7Bjob%3D%22shop%22%2C%20cluster%3D%22cluster-02%22%7D%20%3D%3D%201)',
        dashboards: 'https://grafana.example',
      },
    });
  });

  it('publishes addresses and nothing else', () => {
    expect(addresses(central)).toEqual({
      QUERY_URL: 'https://thanos-query.example',
      GRAFANA_URL: 'https://grafana.example',
    });
  });
});
