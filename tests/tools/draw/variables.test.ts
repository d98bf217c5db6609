import { checkClusters, choice, labelValues } from '../../../tools/draw/variables';

describe('the query of a variable', () => {
  it.each([
    ['label_values(up{job="a", x="b"}, cluster)', { label: 'cluster', selector: 'up{job="a", x="b"}' }],
    ['label_values(cluster)', { label: 'cluster' }],
  ])('%s', (query, asked) => {
    expect(labelValues({ name: 'cluster', query })).toEqual(asked);
    expect(labelValues({ name: 'cluster', query: { query } })).toEqual(asked);
  });

  it('is refused when it asks for something else', () => {
    expect(() => labelValues({ name: 'node', query: 'query_result(up)' })).toThrow(
      'the variable node asks query_result(up), which is no label_values(…)',
    );
  });
});

describe('what is chosen of a variable', () => {
  const variable = { name: 'cluster', label: 'Cluster', allValue: '.+' };

  it('is all at first, asked for as the dashboard says, and shown one by one', () => {
    expect(choice(variable, ['a', 'b'])).toEqual({
      name: 'cluster',
      label: 'Cluster',
      text: 'All (a, b)',
      values: ['.+'],
    });
  });

  it('is every value when the dashboard does not say how to ask for all', () => {
    expect(choice({ name: 'node' }, ['a', 'b'])).toMatchObject({ label: 'node', values: ['a', 'b'] });
  });

  it('is what is wanted', () => {
    expect(choice(variable, ['a', 'b', 'c'], ['a', 'b'])).toMatchObject({
      text: 'a + b',
      values: ['a', 'b'],
    });
  });
});

describe('clusters that are wanted', () => {
  it('may be known to one dashboard alone', () => {
    expect(() => {
      checkClusters(['centre'], ['centre', 'edge-1', 'edge-1']);
    }).not.toThrow();
  });

  it('are refused when no dashboard knows them', () => {
    expect(() => {
      checkClusters(['edge-1', 'egde-2'], ['edge-2', 'edge-1', 'edge-2']);
    }).toThrow('--cluster: there is no egde-2, only edge-1, edge-2.');
  });
});
