import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartDashboards } from '../../../components/grafana/chart-dashboards';
import { ourFolder, readDashboards } from '../../../components/grafana/dashboards';
import { committedAlerting } from '../../../proof/rules/lint';
import { checks, type Around, type DashboardJson } from '../../../tools/dashboards/checks';
import { jsonFiles } from '../../../tools/dashboards/json-files';
import { uids } from '../../../tools/dashboards/links';
import { knownMetrics } from '../../../tools/rules/known-metrics';

const project = join(__dirname, '..', '..', '..');
const folder = join(project, 'observability', 'dashboards', ourFolder);

const ours = readDashboards().filter((file) => file.folder === ourFolder);

const around = (): Around => {
  const rules = committedAlerting().flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return {
    metrics: new Set([
      ...knownMetrics(readFileSync(join(project, 'tests', 'rules', 'metrics.tsv'), 'utf8')).map(
        ({ name }) => name,
      ),
      ...rules.flatMap(({ record }) => record ?? []),
      'ALERTS',
    ]),
    runbooks: new Set(
      readdirSync(join(project, 'docs', 'runbooks')).map((file) => file.replace(/\.md$/, '')),
    ),
    uids: new Set(Object.values(uids)),
  };
};

describe('our committed dashboards', () => {
  it('are what they are built from (if the difference is wanted: npm run dashboards)', () => {
    expect(readdirSync(folder).sort()).toEqual([...jsonFiles().keys()].sort());
    for (const [file, text] of jsonFiles()) expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });

  it('are the four of the mission, and those of the fleet', () => {
    expect(ours.map(({ json }) => (JSON.parse(json) as DashboardJson).title).sort()).toEqual([
      'Alertmanager Overview',
      'Capacity',
      'Edge',
      'Fleet',
      'Kubernetes Cluster Monitoring',
      'Node Exporter Full',
      'Prometheus Stats',
      'Thanos',
    ]);
  });

  it('have uids that the chart has not', () => {
    expect(Object.values(uids).filter((uid) => uid in chartDashboards)).toEqual([]);
  });

  it.each(Object.entries(checks))('%s', (_, check) => {
    const surroundings = around();
    const found = ours.flatMap(({ name, json }) =>
      check(JSON.parse(json) as DashboardJson, surroundings).map((what) => `${name}: ${what}`),
    );
    expect(found).toEqual([]);
  });

  it('are in the classic form, which a file may have', () => {
    for (const { json } of ours) {
      expect(JSON.parse(json)).toMatchObject({
        schemaVersion: expect.any(Number) as number,
        editable: false,
      });
    }
  });

  it('are not loaded into the program: it reads them as files', () => {
    for (const layer of ['components', 'stacks', 'observability', 'checks', 'contract']) {
      const files = readdirSync(join(project, layer), { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.ts'),
      );
      for (const file of files) {
        expect(readFileSync(join(project, layer, file), 'utf8')).not.toContain('grafana-foundation-sdk');
      }
    }
    expect(existsSync(join(project, 'observability', 'dashboards', ourFolder, 'fleet.json'))).toBe(true);
  });
});

describe('a check of dashboards', () => {
  const panel = (change: object = {}, target: object = {}): DashboardJson['panels'][number] => ({
    type: 'timeseries',
    title: 'Is it up?',
    description: 'Whether it answers.',
    datasource: { uid: 'prometheus' },
    links: [{ title: 'Fleet', url: '/d/monitoring-fleet?x' }],
    fieldConfig: { defaults: { unit: 'none' } },
    targets: [
      {
        refId: 'A',
        expr: 'sum by (cluster) (up{cluster=~"$cluster"})',
        legendFormat: '{{cluster}}',
        datasource: { uid: 'prometheus' },
        ...target,
      },
    ],
    ...change,
  });
  const dashboard = (...panels: DashboardJson['panels']): DashboardJson => ({
    uid: 'x',
    title: 'X',
    panels,
    templating: {
      list: [
        {
          name: 'cluster',
          type: 'query',
          multi: true,
          includeAll: true,
          query: 'label_values(up, cluster)',
          datasource: { uid: 'prometheus' },
        },
      ],
    },
  });
  const surroundings: Around = {
    metrics: new Set(['up']),
    runbooks: new Set(['EdgeSilent']),
    uids: new Set(['monitoring-fleet']),
  };
  const found = (title: string, of: DashboardJson) => checks[title]?.(of, surroundings);

  it.each(Object.keys(checks))('"%s" finds nothing in a good one', (title) => {
    expect(found(title, dashboard(panel()))).toEqual([]);
  });

  const joined = [{ id: 'joinByField', options: { byField: 'cluster' } }];
  const all = 'each panel has a title, a description, a unit, a query and a next place';
  const link = 'links lead to a dashboard or a runbook';
  it.each<[string, DashboardJson, string]>([
    [
      'a match finds one series',
      dashboard(panel({}, { expr: 'sum(up / on (cluster) max by (cluster) (up{cluster=~"$cluster"}))' })),
      '"Is it up?" A: up may have two series for the same (cluster), as after a rollout: aggregate it by these',
    ],
    [all, dashboard(panel({ title: '' })), '"" has no title'],
    [all, dashboard(panel({ description: '' })), '"Is it up?" does not say what its numbers are'],
    [all, dashboard(panel({ fieldConfig: { defaults: {} } })), '"Is it up?" has no unit'],
    [all, dashboard(panel({ links: [] })), '"Is it up?" leads nowhere'],
    [all, dashboard(panel({ targets: [] })), '"Is it up?" asks nothing'],
    [
      'each panel is of a kind that lasts',
      dashboard(panel({ type: 'state-timeline' })),
      '"Is it up?" is a state-timeline; use bargauge, stat, table, timeseries',
    ],
    ['no question is asked twice', dashboard(panel(), panel()), '"Is it up?" is asked twice'],
    [
      'all is asked of Thanos Query',
      dashboard(panel({}, { datasource: { uid: 'other' } })),
      '"Is it up?" A: another datasource',
    ],
    [
      'all is asked of Thanos Query',
      { ...dashboard(panel()), templating: { list: [{ name: 'cluster', type: 'query' }] } },
      'the variable cluster asks another datasource',
    ],
    [
      'every query parses',
      dashboard(panel({}, { expr: 'sum by (cluster (up)' })),
      '"Is it up?" A: does not parse: sum by (cluster (up)',
    ],
    [
      'every metric exists',
      dashboard(panel({}, { expr: 'thanos_receive_head_series' })),
      '"Is it up?" A: thanos_receive_head_series is in tests/rules/metrics.tsv nowhere',
    ],
    [
      'variables are those that are asked for',
      dashboard(panel({}, { expr: 'up{cluster=~"$cluster",pod=~"$pod"}' })),
      'there is no variable pod',
    ],
    [
      'variables are those that are asked for',
      dashboard(panel({}, { expr: 'up' })),
      'nothing asks for the variable cluster',
    ],
    [
      'several clusters can be chosen',
      dashboard(panel({}, { expr: 'up{cluster="$cluster"}' })),
      '"Is it up?" A: asks with = for a variable with several values; use =~',
    ],
    ['several clusters can be chosen', { panels: [panel()] }, 'has no choice of the cluster'],
    [
      'legends name labels that there are',
      dashboard(panel({}, { legendFormat: '{{pod}}' })),
      '"Is it up?" A: its legend names pod, which its expression does not keep',
    ],
    [
      'columns of a table join by its key',
      dashboard(panel({ transformations: joined }, { expr: 'sum by (cluster, pod) (up)' })),
      '"Is it up?" A: the labels of a column are cluster, pod and not cluster alone',
    ],
    [
      'columns of a table join by its key',
      dashboard(
        panel(
          { transformations: joined },
          { expr: '(sum by (cluster) (up) or 0 * max by (cluster, pod) (up)) > bool 1' },
        ),
      ),
      '"Is it up?" A: the labels of a column are cluster, pod and not cluster alone',
    ],
    [
      link,
      dashboard(panel({ links: [{ title: 'x', url: 'https://runbooks.invalid/NoSuchAlert.md' }] })),
      '"Is it up?" leads to https://runbooks.invalid/NoSuchAlert.md, which is neither a dashboard of ours nor a runbook',
    ],
    [
      link,
      dashboard(panel({ links: [{ title: 'x', url: '/d/gone?x' }] })),
      '"Is it up?" leads to /d/gone?x, which is neither a dashboard of ours nor a runbook',
    ],
  ])('"%s" says what is wrong (%#)', (title, bad, what) => {
    expect(found(title, bad)).toEqual([what]);
  });
});
