import type { Variable } from '../../../proof/queries/dashboard';
import { chosen } from '../../../proof/queries/variables';

const times = { range: 3600, step: 30, scrapeInterval: 30 };

const query = (name: string, text: string, rest: Partial<Variable> = {}): Variable => ({
  name,
  type: 'query',
  query: text,
  ...rest,
});

/** Fills variables; the API has these values for everything, and what it was asked is kept. */
async function filled(variables: Variable[], found: string[]) {
  const asked: unknown[] = [];
  const { values } = await chosen(variables, new Map([['cluster', 'c']]), times, (...question) => {
    asked.push(question);
    return Promise.resolve(found);
  });
  return { values: Object.fromEntries(values), asked };
}

describe('the variables of a dashboard', () => {
  it('are asked for with those before them, the cluster as it is given', async () => {
    const { values, asked } = await filled(
      [
        query('cluster', 'label_values(up, cluster)'),
        query('node', 'label_values(a{cluster="$cluster",b=~"x,y"}, node)'),
        query('pod', 'label_values(b{node="$node"},pod)'),
        query('job', 'label_values(job)'),
      ],
      ['n1', 'n2'],
    );
    expect(values).toEqual({ cluster: ['c'], node: ['n1'], pod: ['n1'], job: ['n1'] });
    expect(asked).toEqual([
      ['node', 'a{cluster="c",b=~"x,y"}'],
      ['pod', 'b{node="n1"}'],
      ['job', undefined],
    ]);
  });

  it.each<[string, Partial<Variable>, string[]]>([
    ['all, by the text for it', { includeAll: true, allValue: '.+' }, ['.+']],
    ['all', { includeAll: true }, ['a', 'b']],
    ['what is remembered', { includeAll: true, current: { value: ['b'] } }, ['b']],
    ['all again, where that is not there', { includeAll: true, current: { value: 'gone' } }, ['a', 'b']],
    ['the first where one must be chosen', { current: { value: '' } }, ['a']],
    ['what its expression takes', { regex: '/(b)/' }, ['b']],
  ])('have %s', async (_, rest, value) => {
    expect((await filled([query('x', 'label_values(x)', rest)], ['a', 'b'])).values).toEqual({ x: value });
  });

  it.each([
    ['namespace', ['a', 'monitoring', 'monitoring-node'], 'monitoring'],
    ['pod', ['admission-create-x', 'prom-agent-x-0', 'prom-agent-x-1'], 'prom-agent-x-0'],
    ['workload', ['grafana', 'prometheus-x'], 'prometheus-x'],
    ['pod', ['a', 'b'], 'a'],
  ])('have, where one %s must be chosen of %j, what is on every cluster', async (name, found, value) => {
    const { values } = await filled([query(name, `label_values(${name})`)], found);
    expect(values).toEqual({ [name]: [value] });
  });

  it('are empty where there is no value', async () => {
    const all = query('y', 'label_values(y)', { includeAll: true });
    expect((await filled([query('x', 'label_values(x)'), all], [])).values).toEqual({ x: [''], y: [''] });
  });

  it('have what the dashboard says where nothing is asked, and no value for a datasource', async () => {
    const { values } = await filled(
      [
        { name: 'source', type: 'datasource', query: 'prometheus' },
        { name: 'a', type: 'custom', query: '1,2', current: { value: '2' } },
        { name: 'b', type: 'custom', query: '1,2', current: { value: ['$__all'] } },
        { name: 'c', type: 'interval', query: '1m,5m' },
      ],
      [],
    );
    expect(values).toEqual({ a: ['2'], b: ['1', '2'], c: ['1m'] });
  });

  it('are refused where they ask in another way', async () => {
    await expect(filled([query('x', 'query_result(up)')], [])).rejects.toThrow(
      'the variable x asks query_result(up); only label_values is known here',
    );
  });
});
