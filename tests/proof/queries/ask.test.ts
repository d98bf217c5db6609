import { askDashboard, type Query } from '../../../proof/queries/ask';
import type { AskedDashboard } from '../../../proof/queries/dashboard';

const datasource = { scrapeInterval: 30, besides: { max_source_resolution: 'auto' } };

const dashboard = (change: Partial<AskedDashboard> = {}): AskedDashboard => ({
  title: 'X',
  range: 3600,
  variables: [],
  panels: 1,
  queries: [],
  ...change,
});

/** Answers each expression as it is told, and keeps the questions. */
function query(answers: Record<string, string[]>) {
  const asked: unknown[] = [];
  const values = (expr: string) => {
    const found = answers[expr];
    if (!found) throw new Error(`no ${expr}`);
    return found;
  };
  const client: Query = {
    instant: async (expr, options) => {
      asked.push([expr, options]);
      return Promise.resolve(values(expr).map((value) => ({ metric: {}, value: [0, value] })));
    },
    range: async (...question) => {
      asked.push(question);
      return Promise.resolve(
        values(question[0]).map((value) => ({ metric: {}, values: [[0, value] as [number, string]] })),
      );
    },
    labelValues: (label) => Promise.resolve(values(label)),
  };
  return { client, asked };
}

const panel = (expr: string, rest = {}) => ({ panel: 'p', query: 'A', expr, instant: false, ...rest });

describe('asking a dashboard', () => {
  it('asks a curve from whole step to whole step, a number for now, both as the datasource does', async () => {
    const { client, asked } = query({ a: ['1'], b: ['1'] });
    const queries = [panel('a'), panel('b', { instant: true })];
    await askDashboard(client, dashboard({ queries }), 'c', 7205, datasource);
    expect(asked).toEqual([
      [
        'a',
        { start: 3600, end: 7200, step: 30 },
        { max_source_resolution: 'auto', partial_response: 'false' },
      ],
      ['b', { time: 7205, besides: { max_source_resolution: 'auto' } }],
    ]);
  });

  it.each<[string, string[], unknown]>([
    ['a number is something', ['NaN', '0'], 'something'],
    ['no series is nothing', [], 'nothing'],
    ['what is no number at all draws nothing', ['NaN'], 'nothing'],
  ])('%s', async (_, values, answer) => {
    const { client } = query({ a: values });
    const seen = await askDashboard(client, dashboard({ queries: [panel('a')] }), 'c', 0, datasource);
    expect(seen).toEqual([{ panel: 'p', query: 'A', expr: 'a', answer }]);
  });

  it('tells an error from nothing', async () => {
    const { client } = query({});
    const seen = await askDashboard(client, dashboard({ queries: [panel('a')] }), 'c', 0, datasource);
    expect(seen[0]?.answer).toEqual({ error: 'no a' });
  });

  it('tells of a variable that has no value, and of one that cannot be asked', async () => {
    const variable = { name: 'node', type: 'query', query: 'label_values(node)' };
    const asks = (answers: Record<string, string[]>) =>
      askDashboard(query(answers).client, dashboard({ variables: [variable] }), 'c', 0, datasource);
    expect(await asks({ node: [] })).toEqual([
      { panel: '(variables)', query: 'node', expr: '', answer: 'nothing', chosen: [''] },
    ]);
    expect(await asks({})).toEqual([
      { panel: '(variables)', query: '', expr: '', answer: { error: 'no node' } },
    ]);
  });

  it('asks a repeated panel for each value until one answers', async () => {
    const { client } = query({ 'a{p="x"}': [], 'a{p="y"}': ['1'], p: ['x', 'y', 'z'] });
    const variables = [{ name: 'p', type: 'query', query: 'label_values(p)', includeAll: true }];
    const queries = [panel('a{p="$p"}', { repeat: 'p' })];
    const seen = await askDashboard(client, dashboard({ variables, queries }), 'c', 0, datasource);
    expect(seen[1]?.answer).toBe('something');
  });
});
