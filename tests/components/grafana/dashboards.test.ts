import { dashboardConfigMap, deployedJson, type DashboardFile } from '../../../components/grafana/dashboards';

const file = (name: string, dashboard: object = {}, folder = 'Team Blue'): DashboardFile => ({
  folder,
  name,
  json: JSON.stringify({ uid: name, title: name, panels: [], ...dashboard }),
});

describe('a deployed dashboard', () => {
  const json = JSON.stringify({
    panels: [
      {
        links: [
          { title: 'Runbook', url: 'https://runbooks.invalid/EdgeSilent.md' },
          { title: 'Fleet', url: '/d/monitoring-fleet' },
        ],
      },
    ],
  });

  it('leads to the runbooks of its stack', () => {
    expect(deployedJson(json, 'https://git.example.org/runbooks')).toBe(
      json.replace('https://runbooks.invalid', 'https://git.example.org/runbooks'),
    );
  });

  it('has no links to runbooks that are only a path in the repository', () => {
    expect(JSON.parse(deployedJson(json, 'docs/runbooks'))).toEqual({
      panels: [{ links: [{ title: 'Fleet', url: '/d/monitoring-fleet' }] }],
    });
  });

  it('is on one line, whatever its file is', () => {
    expect(deployedJson('{\n  "panels": [ ]\n}', 'docs/runbooks')).toBe('{"panels":[]}');
  });

  it('is found by its label and shown in its folder', () => {
    const { metadata, data } = dashboardConfigMap(file('orders'), {
      namespace: 'monitoring',
      runbooks: 'docs/runbooks',
    });
    expect(metadata).toEqual({
      name: 'dashboard-team-blue-orders',
      namespace: 'monitoring',
      labels: { grafana_dashboard: '1' },
      annotations: { grafana_folder: 'Team Blue' },
    });
    expect(Object.keys(data)).toEqual(['orders.json']);
  });
});
