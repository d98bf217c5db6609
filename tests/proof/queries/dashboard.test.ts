import { askedDashboard } from '../../../proof/queries/dashboard';

const prometheus = { type: 'prometheus', uid: '$source' };
const mixed = { type: 'datasource', uid: '-- Mixed --' };

const asked = (dashboard: object) => askedDashboard(JSON.stringify(dashboard));

describe('the queries of a dashboard', () => {
  it('are those of its panels, in rows or not, that ask Prometheus', () => {
    const dashboard = asked({
      title: 'X',
      time: { from: 'now-15m' },
      panels: [
        { title: 'a', datasource: prometheus, targets: [{ refId: 'B', expr: 'a', instant: true }] },
        {
          type: 'row',
          title: 'row',
          panels: [
            {
              title: 'b',
              datasource: mixed,
              repeat: 'pod',
              targets: [
                { datasource: { type: 'loki' }, expr: 'logs' },
                { datasource: prometheus, expr: 'b' },
                { datasource: prometheus, expr: ' ' },
              ],
            },
          ],
        },
        { type: 'text', title: 'c' },
      ],
    });
    expect(dashboard).toEqual({
      title: 'X',
      range: 900,
      variables: [],
      panels: 2,
      queries: [
        { panel: 'a', query: 'B', expr: 'a', instant: true },
        { panel: 'b', query: 'B', expr: 'b', instant: false, repeat: 'pod' },
      ],
    });
  });

  it('are found in the rows of an older dashboard, which looks back six hours', () => {
    const { queries, range } = asked({
      rows: [{ panels: [{ title: 'a', datasource: prometheus, targets: [{ expr: 'a' }] }] }],
    });
    expect(queries).toEqual([{ panel: 'a', query: 'A', expr: 'a', instant: false }]);
    expect(range).toBe(21_600);
  });

  it('are told apart where two panels have one title, and names stay on one line', () => {
    const panel = { title: 'a\tb', datasource: prometheus, targets: [{ refId: 'A', expr: 'a' }] };
    expect(asked({ panels: [panel, panel, panel] }).queries.map((query) => query.panel)).toEqual([
      'a b',
      'a b (2)',
      'a b (3)',
    ]);
  });

  it('are curves where both are asked for', () => {
    const targets = [{ expr: 'a', instant: true, range: true }];
    expect(asked({ panels: [{ datasource: prometheus, targets }] }).queries[0]?.instant).toBe(false);
  });
});
