import { parseMetrics, total } from '../../../proof/lab/metrics';

describe('a page of metrics', () => {
  const metrics = parseMetrics(
    [
      '# HELP a_total Help.',
      'a_total{code="200 OK",b="}"} 3',
      'a_total{code="500"} 1e+03',
      'a_total_more 7',
      'b 2',
      '',
    ].join('\n'),
  );

  it('keeps series apart by their labels', () => {
    expect([...metrics]).toEqual([
      ['a_total{code="200 OK",b="}"}', 3],
      ['a_total{code="500"}', 1000],
      ['a_total_more', 7],
      ['b', 2],
    ]);
  });

  it('adds up the series of one name', () => {
    expect([total(metrics, 'a_total'), total(metrics, 'b'), total(metrics, 'c')]).toEqual([1003, 2, 0]);
  });
});
