import { oneOf, rateRange, thanosParts, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';
import { noQuorum } from './thanos-parts';

/**
 * Fewest failed requests within the range that are worth a message: a share of few requests is noise, and of
 * none it is infinite.
 */
const floor = 5;

/** gRPC's codes for a server's fault; the others are the caller's. */
const serverFaults = 'Unknown|Internal|Unavailable|DataLoss|DeadlineExceeded|ResourceExhausted';

/** How Thanos' requests end, how long they take, and whether they wait for a place. */
export const thanosRequests = (facts: RuleFacts): RuleGroup => {
  const { query, queryFrontend, receiveRouter } = facts;
  const asked = `job=~"${oneOf([query.job, queryFrontend.job])}",handler=~"query|query_range|query-frontend"`;
  const written = `job="${receiveRouter.job}",handler="receive"`;
  const rpcs = `job=~"${oneOf(thanosParts(facts).map(({ job }) => job))}"`;
  const failing = (by: string, metric: string, all: string, failed: string, share: number) =>
    `sum by (${by}) (rate(${metric}{${all},${failed}}[${rateRange}]))
> ${share} *
sum by (${by}) (rate(${metric}{${all}}[${rateRange}]))
and
sum by (${by}) (increase(${metric}{${all},${failed}}[${rateRange}])) > ${floor}`;
  const slow = (quantile: number, all: string, seconds: number) =>
    `histogram_quantile(${quantile}, sum by (job, le) (rate(http_request_duration_seconds_bucket{${all}}[${rateRange}]))) > ${seconds}
and
sum by (job) (increase(http_request_duration_seconds_count{${all}}[${rateRange}])) > ${floor}`;
  return {
    name: 'thanos-requests',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'ThanosQueryErrors',
        // One in twenty: a dashboard of twenty panels shows one broken.
        expr: failing('job', 'http_requests_total', asked, 'code=~"5.."', 0.05),
        for: '5m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.job }} answers {{ $value | humanize }} queries a second with an error',
          description: 'People see failed panels, and the Ruler, which asks Query, fails with them.',
        },
      },
      {
        alert: 'ThanosReceiveErrors',
        // Agents try again, so a few errors cost nothing; half of all for three minutes is an edge that falls
        // behind. Without a quorum it is clear why, and told already.
        expr: `(
${failing('job', 'http_requests_total', written, 'code=~"5.."', 0.5)}
)
unless on ()
${noQuorum(facts)}`,
        for: '3m',
        labels: { severity: 'critical', explains: 'edges' },
        annotations: {
          summary: 'Receive answers {{ $value | humanize }} writes a second with an error, most of all',
          description: `Agents try again and keep what is not taken for ${facts.outage.toString()}.`,
        },
      },
      {
        alert: 'ThanosGrpcErrors',
        expr: failing(
          'job, grpc_method',
          'grpc_server_handled_total',
          rpcs,
          `grpc_code=~"${serverFaults}"`,
          0.05,
        ),
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary:
            '{{ $labels.job }} fails {{ $value | humanize }} calls of {{ $labels.grpc_method }} a second',
          description:
            'Who calls it: Query for Series, LabelNames and LabelValues; the routers for RemoteWrite.',
        },
      },
      {
        alert: 'ThanosQuerySlow',
        // An eighth of Query's timeout of 2 minutes; the Ruler has a minute for a whole group.
        expr: slow(0.9, `job="${query.job}",handler=~"query|query_range"`, 15),
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'One query in ten takes longer than {{ $value | humanizeDuration }}',
          description: 'Dashboards wait, and rules of the Ruler may not be ready within their interval.',
        },
      },
      {
        alert: 'ThanosReceiveSlow',
        // A third of the 30 s after which an agent gives a request up and sends it again.
        expr: slow(0.99, written, 10),
        for: '10m',
        labels: { severity: 'warning' },
        annotations: {
          summary: 'One write in a hundred takes longer than {{ $value | humanizeDuration }}',
          description: 'Beyond 30 seconds agents send the same again, which makes it worse.',
        },
      },
      ...gates(facts),
    ],
  };
};

/**
 * Requests wait for a place when as many are under way as the memory was reckoned for. Nine tenths on average
 * over the range is a queue; ten minutes of it is no peak.
 */
const gates = (facts: RuleFacts): AlertingRule[] =>
  (
    [
      [facts.query, 'thanos_query_concurrent_gate_queries', 'queries of people, Grafana and the Ruler'],
      [facts.store, 'thanos_bucket_store_series_gate_queries', 'requests for what is in the bucket'],
      [
        facts.receiveRouter,
        'thanos_receive_write_request_concurrent_gate_write_requests',
        'writes of all edges',
      ],
    ] as const
  ).map(([{ job }, gate, what]) => ({
    alert: 'ThanosGateFull',
    expr: `max by (job, pod) (avg_over_time(${gate}_in_flight{job="${job}"}[${rateRange}])) / max by (job, pod) (${gate}_max{job="${job}"}) > 0.9`,
    for: '10m',
    labels: { severity: 'warning', part: job },
    annotations: {
      summary: '{{ $labels.pod }} is full: {{ $value | humanizePercentage }} of its places are taken',
      description: `These wait: ${what}.`,
    },
  }));
