import {
  dashboardConfigMap,
  dashboardFaults,
  deployedJson,
  mostBytes,
  readDashboards,
  type DashboardFile,
} from '../../../components/grafana/dashboards';

const file = (name: string, dashboard: object = {}, folder = 'Team Blue'): DashboardFile => ({
  folder,
  name,
  json: JSON.stringify({ uid: name, title: name, panels: [], ...dashboard }),
});

describe('a folder of dashboards', () => {
  it('is taken with every file in it, of ours and of the teams', () => {
    expect(readDashboards().map(({ folder, name }) => `${folder}/${name}`)).toEqual(
      expect.arrayContaining(['Monitoring/fleet', 'Monitoring/edge', 'Monitoring/thanos']),
    );
    expect(dashboardFaults([file('orders'), file('payments')])).toEqual([]);
  });

  it.each<[string, DashboardFile[], string]>([
    ['no JSON', [{ ...file('orders'), json: '{' }], 'Team Blue/orders.json: is no JSON'],
    [
      'the form that Grafana 13 exports, and refuses to read from a file',
      [
        {
          ...file('orders'),
          json: '{"apiVersion":"dashboard.grafana.app/v2","spec":{"title":"Orders","elements":{}}}',
        },
      ],
      'Team Blue/orders.json: has no panels: only the classic form (v1) can be provisioned',
    ],
    [
      'no uid',
      [file('orders', { uid: undefined })],
      'Team Blue/orders.json needs a uid of at most 40 characters, so that links to it last',
    ],
    [
      'a uid that Grafana has no room for',
      [file('orders', { uid: 'x'.repeat(41) })],
      'Team Blue/orders.json needs a uid of at most 40 characters, so that links to it last',
    ],
    ['no title', [file('orders', { title: '' })], 'Team Blue/orders.json has no title'],
    [
      'a uid twice, in whatever folders',
      [file('orders', { uid: 'a' }), file('payments', { uid: 'a' }, 'Team Red')],
      'Team Red/payments.json has the uid of Team Blue/orders.json',
    ],
    [
      'a title twice in one folder',
      [file('orders', { title: 'A' }), file('payments', { title: 'A' })],
      'Team Blue/payments.json has the title of Team Blue/orders.json',
    ],
    [
      'more than an object of Kubernetes holds',
      [file('orders', { description: 'x'.repeat(mostBytes) })],
      'Team Blue/orders.json is larger than an object may be (1 MiB)',
    ],
    [
      'a name that is no name of an object',
      [file('Orders')],
      `Team Blue/Orders.json: letters, digits, "-", "_" and spaces in the folder's name, a-z, 0-9 and "-" in the file's`,
    ],
    [
      'the folder of the chart’s own',
      [file('orders', {}, 'kube-prometheus-stack')],
      'kube-prometheus-stack/orders.json: kube-prometheus-stack is the folder of the chart’s own',
    ],
  ])('is refused with %s, since Grafana would then show no dashboard at all', (_, files, fault) => {
    expect(dashboardFaults(files)).toEqual([fault]);
  });

  it('may have a title twice in two folders', () => {
    expect(
      dashboardFaults([file('orders', { title: 'A' }), file('orders-2', { title: 'A' }, 'Team Red')]),
    ).toEqual([]);
  });
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
