import { keepList, type Dashboard, type Rule } from '../../../tools/keep-list/keep-list';
import { metricsOfEdges } from '../../../observability/rules/edge-metrics';
import { ruleGroups } from '../../../observability/rules/groups';
import { centralConfig } from '../../support/stack-configs';

const rule = (expr: string, record?: string): Rule => ({
  source: 'rules',
  expr,
  ...(record !== undefined && { record }),
});
const dashboard = (...expressions: string[]): Dashboard => ({
  source: 'dashboard',
  json: JSON.stringify({ panels: expressions.map((expr) => ({ targets: [{ expr }] })) }),
});

describe('the metrics that an edge must send', () => {
  it('are those of rules and dashboards, sorted, each once', () => {
    expect(keepList([rule('up == 0'), rule('c > b')], [dashboard('a', 'b')])).toEqual({
      metrics: ['a', 'b', 'c', 'up'],
      unclear: [],
    });
  });

  it('are those that a recorded one is made of, over several rules', () => {
    const rules = [
      rule('sum(rate(a[5m]))', 'job:a:rate'),
      rule('max(job:a:rate) / b', 'a:ratio'),
      rule('a:ratio > 1'),
    ];
    expect(keepList(rules, [dashboard('a:ratio', 'job:a:rate')]).metrics).toEqual(['a', 'b', 'up']);
  });

  it('have also a recorded one without a colon, which a target may have as well', () => {
    expect(keepList([rule('sum(a)', 'b')], [dashboard('b')]).metrics).toEqual(['a', 'b', 'up']);
  });

  it('are not the alerts themselves', () => {
    expect(keepList([], [dashboard('ALERTS{alertstate="firing"} * ALERTS_FOR_STATE')]).metrics).toEqual([
      'up',
    ]);
  });

  it('are at least what the configuration of an edge asks for', () => {
    expect(keepList([], []).metrics).toEqual(Object.keys(metricsOfEdges));
  });

  it('come with everything that somebody must look at', () => {
    const broken: Dashboard = { source: 'broken', json: '{' };
    expect(
      keepList([rule('a +')], [broken, dashboard('{job="x"}'), { source: 'empty', json: '{}' }]),
    ).toEqual({
      metrics: ['a', 'up'],
      unclear: [
        { source: 'rules', expression: 'a +', why: 'does not parse' },
        { source: 'broken', why: 'is no JSON' },
        {
          source: 'dashboard',
          expression: '{job="x"}',
          why: '{job="x"} gives no names that can be listed',
        },
        { source: 'empty', why: 'is no dashboard with panels or rows: there may be queries of another form' },
      ],
    });
  });
});

describe('the metrics without which an edge is refused', () => {
  it('are those that the rules over all clusters read', () => {
    const rules = ruleGroups(centralConfig())
      .filter(({ evaluator }) => evaluator === 'ruler')
      .flatMap((group) => group.rules);
    const { metrics, unclear } = keepList(
      rules.map(({ expr }) => rule(expr)),
      [],
    );
    expect(unclear).toEqual([]);
    expect(Object.keys(metricsOfEdges)).toEqual(metrics);
  });
});
