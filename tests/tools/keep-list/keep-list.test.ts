import { keepList, type Dashboard, type Rule } from '../../../tools/keep-list/keep-list';
import { metricsOfEdges } from '../../../observability/rules/edge-metrics';
import { ruleGroups } from '../../../observability/rules/groups';
import { ruleFacts } from '../../../stacks/rule-facts';
import { centralConfig } from '../../support/stack-configs';

const rule = (expr: string, record?: string): Rule => ({
  source: 'rules',
  expr,
  ...(record !== undefined && { record }),
});
/** What the configuration of every edge asks for. */
const needed = Object.keys(metricsOfEdges);
const dashboard = (...expressions: string[]): Dashboard => ({
  source: 'dashboard',
  json: JSON.stringify({ panels: expressions.map((expr) => ({ targets: [{ expr }] })) }),
});

describe('the metrics that an edge must send', () => {
  it('are those of rules and dashboards, sorted, each once', () => {
    const { metrics, unclear } = keepList([rule('up == 0'), rule('c > b')], [dashboard('a', 'b')]);
    expect(metrics).toEqual([...needed, 'a', 'b', 'c'].sort());
    expect(unclear).toEqual([]);
  });

  it('are those that a recorded one is made of, over several rules', () => {
    const rules = [
      rule('sum(rate(a[5m]))', 'job:a:rate'),
      rule('max(job:a:rate) / b', 'a:ratio'),
      rule('a:ratio > 1'),
    ];
    expect(keepList(rules, [dashboard('a:ratio', 'job:a:rate')]).metrics).toEqual(
      [...needed, 'a', 'b'].sort(),
    );
  });

  it('have also a recorded one without a colon, which a target may have as well', () => {
    expect(keepList([rule('sum(a)', 'b')], [dashboard('b')]).metrics).toEqual([...needed, 'a', 'b'].sort());
  });

  it('are not the alerts themselves', () => {
    expect(keepList([], [dashboard('ALERTS{alertstate="firing"} * ALERTS_FOR_STATE')]).metrics).toEqual(
      needed,
    );
  });

  it('are at least what the configuration of an edge asks for', () => {
    expect(keepList([], []).metrics).toEqual(Object.keys(metricsOfEdges));
  });

  it('come with everything that somebody must look at', () => {
    const broken: Dashboard = { source: 'broken', json: '{' };
    expect(
      keepList([rule('a +')], [broken, dashboard('{job="x"}'), { source: 'empty', json: '{}' }]),
    ).toEqual({
      metrics: [...needed, 'a'].sort(),
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
    const rules = ruleGroups(ruleFacts(centralConfig()))
      .filter(({ evaluator }) => evaluator === 'ruler')
      .flatMap((group) => group.rules);
    const { metrics, unclear } = keepList(
      rules.map((each) => rule(each.expr, 'record' in each ? each.record : undefined)),
      [],
    );
    expect(unclear).toEqual([]);
    expect(Object.keys(metricsOfEdges)).toEqual(metrics);
  });
});
