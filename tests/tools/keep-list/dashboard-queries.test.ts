import { dashboardQueries } from '../../../tools/keep-list/dashboard-queries';

const prometheus = { type: 'prometheus', uid: '$source' };
const loki = { type: 'loki', uid: 'x' };

const dashboard = {
  annotations: {
    list: [
      { name: 'by type', datasource: prometheus, expr: 'annotation_a' },
      { name: 'newer', datasource: prometheus, target: { expr: 'annotation_b' } },
      { name: 'logs', datasource: loki, expr: 'logs_a' },
    ],
  },
  templating: {
    list: [
      { name: 'source', type: 'datasource', query: 'prometheus' },
      { name: 'logs', type: 'datasource', query: 'loki' },
      { name: 'pod', type: 'query', datasource: prometheus, query: 'label_values(variable_a, pod)' },
      { name: 'labels', type: 'query', datasource: prometheus, query: 'label_values(namespace)' },
      { name: 'stream', type: 'query', datasource: loki, query: 'label_values(logs_b, pod)' },
      { name: 'metric', type: 'custom', query: 'a,b' },
    ],
  },
  panels: [
    { type: 'text' },
    {
      datasource: prometheus,
      targets: [{ expr: 'panel_a' }, { expr: 'panel_b', hide: true }, { expr: ' ' }],
    },
    { type: 'row', panels: [{ datasource: prometheus, targets: [{ expr: 'folded_a' }] }] },
    {
      datasource: { type: 'datasource', uid: '-- Mixed --' },
      targets: [
        { datasource: loki, expr: 'logs_c' },
        { datasource: prometheus, expr: 'mixed_a' },
        { datasource: { type: '__expr__', uid: '__expr__' }, expression: '$A * 2' },
      ],
    },
    { datasource: '$source', targets: [{ expr: 'by_variable_a' }] },
    { datasource: '${logs}', targets: [{ expr: 'logs_d' }] },
    { datasource: null, targets: [{ expr: 'default_a' }] },
    { datasource: 'Some name', targets: [{ expr: 'by_name_a' }] },
  ],
};

describe('the queries of a dashboard', () => {
  it('are those of panels, annotations and variables that ask Prometheus', () => {
    expect(dashboardQueries(dashboard)).toEqual({
      expressions: [
        'annotation_a',
        'annotation_b',
        'panel_a',
        'panel_b',
        'folded_a',
        'mixed_a',
        'by_variable_a',
        'default_a',
        'by_name_a',
        'variable_a',
      ],
      values: new Map([['metric', ['a', 'b']]]),
      unclear: [],
    });
  });

  it('are found in the rows of an older dashboard', () => {
    const rows = [{ panels: [{ datasource: 'x', targets: [{ expr: 'a' }] }] }];
    expect(dashboardQueries({ rows })).toEqual({ expressions: ['a'], values: new Map(), unclear: [] });
  });

  it('are incomplete where a panel is kept in Grafana', () => {
    const panels = [
      { libraryPanel: { uid: 'x', name: 'Load' } },
      { libraryPanel: { uid: 'y' }, targets: [] },
    ];
    expect(dashboardQueries({ panels }).unclear).toEqual([
      'shows the library panel "Load", which is kept in Grafana',
    ]);
  });

  it.each([[[]], ['text'], [{ elements: { a: { spec: { expr: 'a' } } } }]])(
    'may be incomplete in %j, which is no dashboard of a known form',
    (value) => {
      expect(dashboardQueries(value).unclear).toEqual([
        'is no dashboard with panels or rows: there may be queries of another form',
      ]);
    },
  );
});
