import { metricNamesWith } from '../../../tools/keep-list/grafana-variables';

const values = new Map([
  ['metric', ['a', 'b']],
  ['limit', ['5', '0.5']],
  ['ratio', ['c / d']],
  ['broken', ['a b']],
]);

describe('the metrics of an expression with variables', () => {
  it.each<[string, string[]]>([
    ['a{pod=~"$pod", job="${job:regex}", node="[[node]]"}', ['a']],
    ['rate(a[$__rate_interval]) + rate(b[$window]) + rate(c[${window}s])', ['a', 'b', 'c']],
    ['max_over_time(a[${__range_s}s:$step])', ['a']],
    ['rate(a[[[window]]])', ['a']],
    ['a offset $ago + b offset -${ago:raw} + c @ ${__from:date:seconds} + d @ $at', ['a', 'b', 'c', 'd']],
    ['sum by ($label, ${labels:csv}) (a{$label="x"})', ['a']],
    ['$aggregation by (job) (a)', ['a']],
    ['${aggregation}_over_time(a[$__interval])', ['a']],
    ['topk($limit, a) > 1000 / $__interval_ms', ['a']],
    ['label_replace(a, "x", "$1", "y", "(.*)")', ['a']],
    // A bracket in a label's value is no range.
    ['a{x=~"[$x"} / b{y=~"z]"}', ['a', 'b']],
    ['rate($metric{job="x"}[5m])', ['a', 'b']],
    ['[[metric]]_${metric:raw}_total', ['a_a_total', 'b_b_total']],
    ['{__name__=~"${metric:pipe}|c"}', ['a', 'b', 'c']],
    ['sum($ratio)', ['c', 'd']],
  ])('%s', (expression, names) => {
    expect(metricNamesWith(values, expression)).toEqual({ names, unclear: [] });
  });

  it.each<[string, string[], string[]]>([
    ['a + $unknown', ['a'], ['the values of $unknown are not in the dashboard']],
    ['a_${unknown}_total', [], ['the values of $unknown are not in the dashboard']],
    ['{__name__=~"a_$unknown.*"}', [], ['{__name__=~"a_$unknown.*"} gives no names that can be listed']],
    ['a{$filters}', ['a'], ['does not parse']],
    ['$broken', ['a', 'b'], ['with a b: does not parse']],
  ])('%s leaves something to be looked at', (expression, names, unclear) => {
    expect(metricNamesWith(values, expression)).toEqual({ names, unclear });
  });
});
