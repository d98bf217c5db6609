import { interpolated } from '../../../tools/dashboards/interpolation';

const given = { range: 21_600, step: 15, scrapeInterval: 30 };
const asked = (expr: string, values: Record<string, string[]> = {}) =>
  interpolated(expr, { ...given, values: new Map(Object.entries(values)) });

describe('a query with variables', () => {
  it.each(['up{cluster=~"$cluster"}', 'up{cluster=~"${cluster}"}', 'up{cluster=~"[[cluster]]"}'])(
    'has the value of its variable: %s',
    (expr) => {
      expect(asked(expr, { cluster: ['.+'] })).toBe('up{cluster=~".+"}');
    },
  );

  it('has several values as a group, each quoted', () => {
    expect(asked('up{cluster=~"$cluster"}', { cluster: ['a.b', 'c'] })).toBe('up{cluster=~"(a\\\\.b|c)"}');
  });

  it('has the times of Grafana: a rate looks back over four scrapes, or a step and a scrape', () => {
    expect(asked('rate(a[$__rate_interval]) + b[$__range:$__interval] / $__range_s')).toBe(
      'rate(a[120s]) + b[21600s:15s] / 21600',
    );
    expect(interpolated('[$__rate_interval]', { ...given, step: 300, values: new Map() })).toBe('[330s]');
  });

  it('keeps the groups of label_replace', () => {
    const expr = 'label_replace(up, "cluster", "$1", "tenant", "(.+)")';
    expect(asked(expr)).toBe(expr);
  });

  it('is refused with a variable that has no value', () => {
    expect(() => asked('up{pod="$pod"}')).toThrow('the variable pod has no value');
  });
});
