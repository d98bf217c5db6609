import { Duration } from '../../config/units';
import { fresh, newestSampleAge } from './edges';
import type { RuleFacts } from './facts';
import type { AlertingRule, RecordingRule, RuleGroup } from './rule-group';

/**
 * Pairs of windows, and how many times faster than allowed the budget of 30 days burns in both: a long one
 * that is worth a message, and a short one that says it still goes on. 14.4 for an hour is 2 % of the budget,
 * 6 for six hours 5 %, 3 for a day 10 %, 1 for three days 10 %. (Numbers of the SRE workbook's chapter 5, as
 * sloth's google-30d.yaml has them.)
 */
const burns = [
  { severity: 'critical', long: '1h', short: '5m', factor: 14.4 },
  { severity: 'critical', long: '6h', short: '30m', factor: 6 },
  { severity: 'warning', long: '1d', short: '2h', factor: 3 },
  { severity: 'warning', long: '3d', short: '6h', factor: 1 },
] as const;

const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/**
 * Share of remote-write requests that must be taken: 43 minutes of a whole failure in 30 days, all of which
 * agents bridge.
 */
const ingestObjective = 0.999;

/**
 * Share of the time that the newest sample of an edge must be fresh: seven hours in 30 days, one promised
 * outage.
 */
const freshnessObjective = 0.99;

/**
 * Fewest requests within the long window. An agent sends one every 5 s at least, so an edge that works makes
 * 1440 in an hour: below a hundred nothing is deployed, and one error would be a fire.
 */
const requestFloor = 100;

/**
 * Fewest minutes of history within the long window, half of it: what is new has no budget to burn yet, and
 * one bad minute of its first hour would be a hundredth of three days.
 */
const historyFloor = (range: string): number => Duration.parse(range).seconds / 60 / 2;

const errorRatio = (range: string) => `receive:request_errors:ratio_rate${range}`;
const staleRatio = (range: string) => `cluster:stale:ratio_over${range}`;

/** What burns an objective's budget, as an expression that is above zero when a pair of windows does. */
const burning = (
  severity: string,
  ratio: (range: string) => string,
  budget: number,
  enough: (range: string) => string,
  and: 'and on ()' | 'and on (cluster)',
) =>
  burns
    .filter((burn) => burn.severity === severity)
    .map(({ long, short, factor }) => {
      const limit = Number((factor * budget).toPrecision(6));
      return `(${ratio(long)} > ${limit} ${and} ${ratio(short)} > ${limit} ${and} ${enough(long)})`;
    })
    .join('\nor\n');

/**
 * How many of the edges' requests the centre fails to take. 5xx only: what it refuses for a reason (409, 413,
 * 429) is an edge's, and has alerts of its own. Evaluated beside Receive, so it holds when queries do not.
 */
export const ingestObjectiveRules = (facts: RuleFacts): RuleGroup => {
  const written = `job="${facts.receiveRouter.job}",handler="receive"`;
  const record = (range: string): RecordingRule => ({
    record: errorRatio(range),
    expr: `(sum(rate(http_requests_total{${written},code=~"5.."}[${range}])) or vector(0))
/
sum(rate(http_requests_total{${written}}[${range}]))`,
  });
  const alert = (severity: 'critical' | 'warning', description: string): AlertingRule => ({
    alert: 'IngestBudgetBurning',
    expr: burning(
      severity,
      errorRatio,
      1 - ingestObjective,
      (range) =>
        `sum(increase(http_requests_total{${written}}[${range}])) > ${requestFloor} and on () count_over_time(${errorRatio('5m')}[${range}]) > ${historyFloor(range)}`,
      'and on ()',
    ),
    labels: { severity },
    annotations: {
      summary: '{{ $value | humanizePercentage }} of the writes of all edges fail',
      description,
    },
  });
  return {
    name: 'objective-ingest',
    evaluator: 'prometheus',
    interval: '1m',
    rules: [
      ...windows.map(record),
      alert(
        'critical',
        `The budget of 30 days (${percent(1 - ingestObjective)}) is gone within days at this rate.`,
      ),
      alert('warning', `The budget of 30 days (${percent(1 - ingestObjective)}) will not last.`),
    ],
  };
};

/**
 * How much of the time an edge's samples are fresh. While an edge is silent EdgeSilent says so, and this does
 * not: it tells of one that is late or comes and goes.
 */
export const freshnessObjectiveRules = ({ edges }: RuleFacts): RuleGroup => {
  const alert = (severity: 'critical' | 'warning'): AlertingRule => ({
    alert: 'EdgeFreshnessBudgetBurning',
    expr: `(
${burning(severity, staleRatio, 1 - freshnessObjective, (range) => `count_over_time(${fresh}[${range}]) > ${historyFloor(range)}`, 'and on (cluster)')}
)
and on (cluster)
${newestSampleAge} < 600`,
    // The short window still has the silence in it when an edge comes back.
    for: '5m',
    labels: { severity },
    annotations: {
      summary:
        'The samples of {{ $labels.cluster }} were late for {{ $value | humanizePercentage }} of the time',
      description: `They come and go, or lag. The budget of 30 days (${percent(1 - freshnessObjective)}) does not last at this rate.`,
    },
  });
  return {
    name: 'objective-freshness',
    evaluator: 'ruler',
    interval: '1m',
    rules:
      edges.length === 0
        ? []
        : [
            ...windows.map((range) => ({
              record: staleRatio(range),
              expr: `1 - avg_over_time(${fresh}[${range}])`,
            })),
            alert('critical'),
            alert('warning'),
          ],
  };
};

const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
