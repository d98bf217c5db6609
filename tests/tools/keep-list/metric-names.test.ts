import fc from 'fast-check';
import { metricNames } from '../../../tools/keep-list/metric-names';

describe('the metrics of an expression', () => {
  it.each<[string, string[]]>([
    ['up', ['up']],
    ['absent(up{cluster="cluster-02"})', ['up']],
    ['vector(1)', []],
    ['time() - 5m > 300', []],
    [
      'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))',
      ['http_requests_total'],
    ],
    ['a * on (namespace, pod) group_left (node) b unless ignoring (job) c', ['a', 'b', 'c']],
    ['max_over_time(sum(rate(a[5m]))[1h:1m]) offset -1d', ['a']],
    ['a @ end() or b @ 1700000000', ['a', 'b']],
    ['histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))', ['a_bucket']],
    // Keywords and functions are names too where they stand for a metric.
    ['sum(count) by (rate) + on (by) max', ['count', 'max']],
    ['label_replace(up, "pod", "$1", "instance", "(.*):.*")', ['up']],
    ['a # and b\n+ c', ['a', 'c']],
    ['a{text=\'or b\', other=`{c="d"}`}', ['a']],
    ['job:a:sum', ['job:a:sum']],
    ['{__name__="a"}', ['a']],
    ["{job='x', '__name__'='a'}", ['a']],
    ['{"a", job="x"}', ['a']],
    ['rate({__name__=~"a|b"}[5m])', ['a', 'b']],
    ['{__name__=~"^(?:a|b)$", __name__!="c"}', ['a', 'b']],
    ['info(a)', ['target_info', 'a']],
  ])('%s', (expression, names) => {
    expect(metricNames(expression)).toEqual({ names, unclear: [] });
  });

  it.each<[string, string[], string]>([
    ['{job="x"}', [], '{job="x"}'],
    ['a + {__name__=~"b.*"}', ['a'], '{__name__=~"b.*"}'],
    ['{__name__=~"a|(b|c)_d"}', [], '{__name__=~"a|(b|c)_d"}'],
    ['{__name__!="a"}', [], '{__name__!="a"}'],
    ['{__name__!~"a|b"}', [], '{__name__!~"a|b"}'],
    ['{"a.b"}', [], '{"a.b"}'],
  ])('%s leaves a selector to be looked at', (expression, names, selector) => {
    expect(metricNames(expression)).toEqual({
      names,
      unclear: [`${selector} gives no names that can be listed`],
    });
  });

  it.each<[string, string[]]>([
    ['', []],
    ['a{', ['a']],
    ['rate(a[5m) + b', ['a', 'b']],
    ['a $op b', ['a', 'op', 'b']],
    ['no_such_function(a[5m])', ['no_such_function', 'a']],
  ])('%j does not parse, and what may be a name is a name', (expression, names) => {
    expect(metricNames(expression)).toEqual({ names, unclear: ['does not parse'] });
  });

  it('is the same whatever is computed of it', () => {
    const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/).map((text) => `m${text}`);
    const around = fc.constantFrom<(inner: string) => string>(
      (inner) => `sum by (label) (${inner})`,
      (inner) => `(${inner}) / on (label) (${inner})`,
      (inner) => `max_over_time(${inner}[1h:5m])`,
      (inner) => `-(${inner}) offset 5m > bool 1`,
    );
    fc.assert(
      fc.property(name, fc.array(around, { maxLength: 4 }), (metric, wrappers) => {
        const expression = wrappers.reduce((inner, wrap) => wrap(inner), `rate(${metric}{label="a"}[5m])`);
        expect(metricNames(expression)).toEqual({ names: [metric], unclear: [] });
      }),
    );
  });
});
