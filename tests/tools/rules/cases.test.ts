import { promtoolFiles, readCases, uncovered } from '../../../tools/rules/cases';
import { knownMetrics, recorded } from '../../../tools/rules/known-metrics';

const text = `
- alert: A
  groups: [g]
  fires: [{ when: it is up, series: { 'up{job="x"}': 0x40 }, at: 5m, labels: [{ job: x }] }]
  silent: [{ when: it is down, series: {}, at: 6m }]
  nodata: { is: firing, since: nothing is up }
`;

describe('cases of alerts', () => {
  it('are three kinds of tests of promtool, about the labels that they name', () => {
    const [file] = promtoolFiles(readCases(text), (group) => `/rules/${group}.yaml`);
    expect(file?.rule_files).toEqual(['/rules/g.yaml']);
    expect(file?.tests).toMatchObject([
      {
        input_series: [{ series: 'up{job="x"}', values: '0x40' }],
        promql_expr_test: [
          {
            expr: 'group by (job) (ALERTS{alertname="A",alertstate="firing"})',
            eval_time: '5m',
            exp_samples: [{ labels: '{job="x"}', value: 1 }],
          },
        ],
      },
      { promql_expr_test: [{ eval_time: '6m', exp_samples: [] }] },
      { input_series: [], promql_expr_test: [{ exp_samples: [{ labels: '{}', value: 1 }] }] },
    ]);
  });

  it('lack a kind, or are of no alert: that is said', () => {
    expect(() => readCases(text.replace(/ {2}silent:.*\n/, ''))).toThrow();
    expect(() => readCases(text.replace(/ {2}nodata:.*\n/, ''))).toThrow();
    expect(uncovered(readCases(text), ['B'])).toEqual([
      'B has no cases in tests/rules',
      'no rule has the alert A',
    ]);
    expect(uncovered(readCases(text + text), ['A'])).toEqual(['A has cases twice']);
  });
});

describe('the recorded list of metrics', () => {
  const list = '# head\na\tsource\tx 1.0\nb\tsource\ty 1.0\nold\tsource\tz 1.0\n';

  it('gets what a run has shown, keeps what it has not, and drops what no rule reads', () => {
    expect(recorded(list, ['b', 'a', 'unknown'], new Map([['a', ['job-2', 'job-1']]]))).toBe(
      '# head\na\trun\tjob-1, job-2\nb\tsource\ty 1.0\n',
    );
  });

  it('says for each how it is known', () => {
    expect(knownMetrics(list).map(({ name }) => name)).toEqual(['a', 'b', 'old']);
    expect(() => knownMetrics('a\n')).toThrow('"a": name, run or source, and where, with tabs between');
  });
});
