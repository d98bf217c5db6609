import { Expression } from '../../../tools/rules/expression';
import { unfoundedInhibitions } from '../../../tools/rules/inhibitions';
import { checks, findings } from '../../../tools/rules/lint';
import type { RenderedGroup, RenderedRule } from '../../../tools/rules/rendered';

const group = (rules: RenderedRule[], evaluator: RenderedGroup['evaluator'] = 'ruler'): RenderedGroup => ({
  name: 'g',
  evaluator,
  interval: '1m',
  rules,
});

/** What a check finds in one rule. */
function found(check: string, rule: Partial<RenderedRule>, evaluator?: RenderedGroup['evaluator']): string[] {
  const { [check]: asked } = checks;
  if (!asked) throw new Error(`no check is named ${check}`);
  const all = { alert: 'A', expr: 'up == 0', ...rule };
  return findings(asked, {
    groups: [group([all], evaluator), group([{ record: 'job:up:sum', expr: 'up' }])],
    scrapeInterval: '30s',
    centre: 'centre',
    knownMetrics: new Set(['up', 'a', 'b']),
  });
}

describe('a match finds one series', () => {
  const check = 'a match finds one series';

  it.each([
    'a / b',
    'max by (x) (a) / on (x) max by (x) (b)',
    'max by (x) (a) / on (x, y) min(b)',
    'a * on (x) group_left () max by (x) (b)',
    'max by (x) (a) * on (x) group_right () b',
    'a > 1 and on (x) b',
    'a > 1 unless on () b',
    'a / on (x) group_left () (max by (x) (a) - on (x) max by (x) (b))',
    'a > on () group_left () scalar(b)',
  ])('%s does', (expr) => {
    expect(found(check, { expr })).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['a / on (x) b', ['a', 'b']],
    ['max by (x) (a) / on (x) b', ['b']],
    ['max by (x, y) (a) / on (x) max by (x) (b)', ['max by (x, y) (a)']],
    ['a * on (x) group_left () b', ['b']],
    ['a * on (x) group_right () b', ['a']],
    ['rate(a[5m]) > on () max without (x) (b)', ['rate(a[5m])', 'max without (x) (b)']],
  ])('%s may find two', (expr, sides) => {
    expect(
      found(check, { expr }).map((line) => line.replace(/^g, A: (.*) may have two series.*$/, '$1')),
    ).toEqual(sides);
  });
});

describe('alerts compare', () => {
  it.each([
    'up == 0',
    'absent(up{job="x"})',
    '(a > 1) and on (job) b',
    'a > 1 unless on () b',
    '(a > 1 or b > 2)',
    'a and b > 1',
    'count by (cluster) (a > 1)',
    'topk(3, a > 1)',
    'label_replace(a > 1, "job", "x", "", "")',
  ])('%s does', (expr) => {
    expect(found('alerts compare', { expr })).toEqual([]);
  });

  it.each([
    'sum by (cluster) (a)',
    'up',
    'rate(a[5m])',
    'a > bool 1',
    'a > 1 or b',
    'a unless b > 1',
    'a / b',
    'label_replace(a, "job", "x", "", "")',
  ])('%s does not', (expr) => {
    expect(found('alerts compare', { expr })).toEqual([
      'g, A: it compares with nothing: it fires whatever its metric says',
    ]);
  });

  it('is not asked of the Watchdog, which always fires', () => {
    expect(found('alerts compare', { alert: 'Watchdog', expr: 'vector(1)' })).toEqual([]);
  });
});

describe('messages use only labels that the expression keeps', () => {
  const check = 'messages use only labels that the expression keeps';
  const says = (text: string) => ({ annotations: { summary: text } });

  it.each([
    ['sum by (job, cluster) (a) > 1', '{{ $labels.job }}'],
    ['a > 1', '{{ $labels.anything }}'],
    ['-sum by (job) (a) < 1', '{{ $labels.job }}'],
    ['absent(up{job="x"})', '{{ $labels.job }}'],
    ['a * on (cluster) group_left (team) b > 1', '{{ $labels.team }}'],
    ['label_replace(sum by (cluster) (a), "edge", "$1", "cluster", "(.*)") > 1', '{{ $labels.edge }}'],
  ])('%s keeps %s', (expr, text) => {
    expect(found(check, { expr, ...says(text) })).toEqual([]);
  });

  it.each([
    ['sum by (cluster) (a) > 1', 'job'],
    ['sum without (job) (a) > 1', 'job'],
    ['absent(up{job=~"x"})', 'job'],
    ['count(a) > 1', 'cluster'],
    ['histogram_quantile(0.9, a) > 1', 'le'],
    ['a / on (cluster) b > 1', 'pod'],
  ])('%s does not keep %s', (expr, label) => {
    expect(found(check, { expr, ...says(`{{ $labels.${label} }}`) })).toEqual([
      `g, A: summary reads the label ${label}, which its expression does not keep`,
    ]);
  });

  it('a label of the rule itself may be read, and the value stands in no label', () => {
    expect(
      found(check, {
        expr: 'count(a) > 1',
        labels: { team: 'x', size: '{{ $value }}' },
        ...says('{{ $labels.team }}'),
      }),
    ).toEqual(['g, A: the label size has the value in it']);
  });
});

describe('nothing loses the label cluster', () => {
  const check = 'nothing loses the label cluster';

  it('holds for what is summed up by cluster, or is of a cluster that is named', () => {
    expect(found(check, { expr: 'sum by (cluster) (rate(a[5m])) > 1' })).toEqual([]);
    expect(found(check, { expr: 'vector(1)', labels: { cluster: 'centre' } })).toEqual([]);
  });

  it('finds a sum over clusters, a match across them, and a result that does not say of which', () => {
    expect(found(check, { expr: 'sum by (job) (a) > 1' })).toEqual([
      'g, A: sum by (job) (a) loses the label cluster',
      'g, A: its result has no label cluster',
    ]);
    expect(found(check, { expr: 'a > on (job) b' })).toEqual([
      'g, A: a > on (job) b matches across clusters',
      'g, A: its result has no label cluster',
    ]);
  });

  it('reads an expression that begins with a comment, as many of the chart do', () => {
    expect(found(check, { expr: '# Why.\nmax_over_time(a[5m]) == 0' })).toEqual([]);
    expect(found(check, { expr: '# Why.\nsum(a) > 1' })).toEqual([
      'g, A: sum(a) loses the label cluster',
      'g, A: its result has no label cluster',
    ]);
  });

  it('blames no sum for what its operand lacks already', () => {
    const wanted = 'sum by (cluster) (a or vector(0))';
    expect(found(check, { expr: `${wanted} > 1`, labels: { cluster: 'centre' } })).toEqual([]);
    expect(found(check, { expr: 'sum without (cluster) (a) > 1' })[0]).toBe(
      'g, A: sum without (cluster) (a) loses the label cluster',
    );
    expect(found(check, { expr: 'topk(3, a) > 1' })).toEqual([]);
  });

  it('is not asked of what the Prometheus evaluates over its own cluster', () => {
    expect(found(check, { expr: 'sum by (job) (a) > 1' }, 'prometheus')).toEqual([]);
  });
});

describe('both sides of an operation can match', () => {
  const check = 'both sides of an operation can match';

  it.each([
    'a > 1 and on (job) sum by (job) (b)',
    'sum by (job) (a) / sum by (job) (b) > 1',
    'a{job="x"} > 1 unless on () b{job="y"}',
    'a{code="500"} / ignoring (code) b{code="200"} > 1',
  ])('%s can', (expr) => {
    expect(found(check, { expr })).toEqual([]);
  });

  it('finds the fault of the Thanos mixin: a series on one side, a sum on the other', () => {
    expect(found(check, { expr: 'a > 1 and sum by (job) (b) > 2' })).toEqual([
      'g, A: a > 1 and sum by (job) (b) > 2: its sides never match: one has the labels of its series, the other job',
    ]);
  });

  it.each([
    ['a > 1 and on (job) sum by (pod) (b)', 'only one has job'],
    ['a{job="x"} / b{job="y"} > 1', 'job is "x" or "y"'],
    ['sum by (job) (a) / sum by (pod) (b) > 1', 'one has the labels job, the other pod'],
  ])('%s cannot', (expr, why) => {
    expect(found(check, { expr }).every((line) => line.endsWith(`its sides never match: ${why}`))).toBe(true);
    expect(found(check, { expr })).toHaveLength(1);
  });
});

describe('ranges hold four samples', () => {
  const check = 'ranges hold four samples';

  it('holds from four scrapes on, and from four evaluations on for what is recorded', () => {
    expect(found(check, { expr: 'rate(a[2m]) > 1' })).toEqual([]);
    expect(found(check, { expr: 'avg_over_time(job:up:sum[4m]) > 1' })).toEqual([]);
  });

  it('finds what holds fewer', () => {
    expect(found(check, { expr: 'rate(a[1m]) > 1' })).toEqual([
      'g, A: a[1m] holds fewer than four samples, one every 30s',
    ]);
    expect(found(check, { expr: 'avg_over_time(job:up:sum[3m]) > 1' })).toEqual([
      'g, A: job:up:sum[3m] holds fewer than four samples, one every 1m',
    ]);
    expect(found(check, { expr: 'max_over_time(rate(a[5m])[10m:5m]) > 1' })).toEqual([
      'g, A: rate(a[5m])[10m:5m] holds fewer than four samples, one every 5m',
    ]);
  });
});

describe('every metric exists', () => {
  it('in the recorded list, or as what another rule records', () => {
    expect(found('every metric exists', { expr: 'a / job:up:sum > 1' })).toEqual([]);
  });

  it('finds one that no program has', () => {
    expect(found('every metric exists', { expr: 'thanos_receive_head_series > 1' })).toEqual([
      'g, A: thanos_receive_head_series is no metric of the recorded list (tests/rules/metrics.tsv)',
    ]);
  });
});

describe('inhibitions', () => {
  const groups = [
    group([{ alert: 'EdgeSilent', expr: 'up', labels: { severity: 'critical', explains: 'edges' } }]),
  ];

  it('need an alert on each side', () => {
    const [source, target] = ['explains = "edges"', 'alertname =~ "Edge.+"'];
    expect(unfoundedInhibitions([{ source_matchers: [source], target_matchers: [target] }], groups)).toEqual(
      [],
    );
    expect(
      unfoundedInhibitions(
        [{ source_matchers: ['explains = "edge"'], target_matchers: ['alertname = "Edge"'] }],
        groups,
      ),
    ).toEqual([
      'no alert matches the source explains = "edge"',
      'no alert matches the target alertname = "Edge"',
    ]);
  });

  it('are about each of the alerts that they list', () => {
    const listed = {
      source_matchers: ['alertname =~ "EdgeSilent|EdgeGone"', 'severity = "critical"'],
      target_matchers: ['alertname =~ "TargetDown|KubePodNotReady"', 'namespace = "monitoring"'],
    };
    expect(unfoundedInhibitions([listed], groups)).toEqual([
      'no alert matches the source alertname = "EdgeGone", severity = "critical"',
    ]);
  });

  it('may begin with the alert of the chart that is there for it', () => {
    const chart = {
      source_matchers: ['alertname = "InfoInhibitor"'],
      target_matchers: ['severity = "info"'],
    };
    expect(unfoundedInhibitions([chart], groups)).toEqual([]);
  });
});

it('an expression that does not parse is an error that shows it', () => {
  expect(() => new Expression('sum(')).toThrow('does not parse: sum(');
});
