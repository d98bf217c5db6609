import { compared, recorded, rowsOf, type Place, type Seen } from '../../../proof/queries/list';

const seen = (query: string, where: Place, empty: boolean, dashboard = 'D'): Seen => ({
  dashboard,
  panel: 'P',
  query,
  where,
  empty,
});

const text = `# head
D	P	A	both	control plane not scraped: etcd
D	P	B	edge	nothing failed
`;

const names = (all: readonly { query: string; where: string }[]) => all.map((one) => one.query + one.where);

describe('the list of empty queries', () => {
  it('is five columns, the last the reason', () => {
    expect(rowsOf(text)).toEqual([
      { dashboard: 'D', panel: 'P', query: 'A', where: 'both', reason: 'control plane not scraped: etcd' },
      { dashboard: 'D', panel: 'P', query: 'B', where: 'edge', reason: 'nothing failed' },
    ]);
  });

  it.each(['D\tP\tA\tboth', 'D\tP\tA\tnowhere\tx', 'D\tP\tA\tedge\tx\ty'])('refuses %j', (line) => {
    expect(() => rowsOf(line)).toThrow(line);
  });

  it('holds where what is listed is empty, and nothing else', () => {
    const all = [
      seen('A', 'centre', true),
      seen('A', 'edge', true),
      seen('B', 'edge', true),
      seen('C', 'edge', false),
    ];
    const { holding, ...rest } = compared(rowsOf(text), all);
    expect(names(holding)).toEqual(['Acentre', 'Aedge', 'Bedge']);
    expect(rest).toEqual({ unlisted: [], stale: [], passed: [] });
  });

  it('differs in what is empty and not listed, by cluster', () => {
    const all = [...['A', 'B'].map((query) => seen(query, 'edge', true)), seen('B', 'centre', true)];
    expect(names(compared(rowsOf(text), all).unlisted)).toEqual(['Bcentre']);
  });

  it('is stale where a query answers or is gone, unless its reason is one that passes', () => {
    const { stale, passed } = compared(rowsOf(text), [seen('A', 'centre', false), seen('B', 'edge', false)]);
    expect(names(stale)).toEqual(['Acentre', 'Aedge']);
    expect(names(passed)).toEqual(['Bedge']);
    expect(names(compared(rowsOf(text), [seen('C', 'edge', false)]).stale)).toContain('Bedge');
  });

  it('says nothing of dashboards that were not asked', () => {
    expect(compared(rowsOf(text), [seen('A', 'edge', false, 'E')]).stale).toEqual([]);
  });

  it('is written with what is new, without what is stale, one row where both are alike', () => {
    const rows = rowsOf(text);
    const all = [
      seen('A', 'centre', false),
      seen('A', 'edge', true),
      seen('B', 'edge', false),
      seen('C', 'edge', true),
      seen('C', 'centre', true),
    ];
    expect(recorded(text, compared(rows, all))).toBe(`# head
D	P	A	edge	control plane not scraped: etcd
D	P	B	edge	nothing failed
D	P	C	both	?
`);
  });
});
