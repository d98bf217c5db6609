import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { job, perSecond, quantile } from '../queries';

const asked = `${job.query},handler=~"query|query_range"`;
const missed = perSecond('cache', `querier_cache_misses_total{${job.queryFrontend}}`);
const got = perSecond('cache', `querier_cache_gets_total{${job.queryFrontend}}`);

/** What people, Grafana and the Ruler ask, and what stands behind the answers. */
export const query: Row = {
  title: 'Query',
  panels: [
    curvePanel(
      {
        title: 'How many queries are answered?',
        description: 'Queries a second, by answer. 4xx is a query that is wrong, 5xx one that failed.',
        unit: 'reqps',
        min: 0,
        stacked: true,
        links: [runbook('ThanosQueryErrors')],
        width: 8,
      },
      [{ expr: perSecond('handler, code', `http_requests_total{${asked}}`), legend: '{{handler}} {{code}}' }],
    ),
    curvePanel(
      {
        title: 'How long does a query take?',
        description: 'One in ten, and one in a hundred, takes longer. Query gives up after two minutes.',
        unit: 's',
        min: 0,
        thresholds: rising(5, 15),
        links: [runbook('ThanosQuerySlow')],
        width: 8,
      },
      [
        {
          expr: quantile(0.99, 'handler', `http_request_duration_seconds_bucket{${asked}}`),
          legend: '{{handler}} one in 100',
        },
        {
          expr: quantile(0.9, 'handler', `http_request_duration_seconds_bucket{${asked}}`),
          legend: '{{handler}} one in 10',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which StoreAPIs does Query know?',
        description:
          'By kind, for the Query that knows fewest. One that is missing is not asked, and answers lack what it has, without an error.',
        unit: 'short',
        min: 0,
        links: [runbook('ThanosQueryStoreMissing'), runbook('ThanosQueryEndpointsUnresolved')],
        width: 8,
      },
      [
        {
          expr: `min by (store_type) (sum by (pod, store_type) (thanos_store_nodes_grpc_connections{${job.query}}))`,
          legend: '{{store_type}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Are there places for more queries?',
        description: 'Share of the places for queries at once that is taken. At 100 % they wait.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.7, 0.9),
        links: [runbook('ThanosGateFull')],
        width: 8,
      },
      [
        {
          expr: `max by (pod) (thanos_query_concurrent_gate_queries_in_flight{${job.query}}) / max by (pod) (thanos_query_concurrent_gate_queries_max{${job.query}})`,
          legend: '{{pod}}',
        },
        {
          expr: `max by (pod) (thanos_bucket_store_series_gate_queries_in_flight{${job.store}}) / max by (pod) (thanos_bucket_store_series_gate_queries_max{${job.store}})`,
          legend: '{{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How much does query-frontend’s cache save?',
        description: 'Share of the parts of range queries that it had. New times are never in it.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        links: [to('capacity', 'Its memory')],
        width: 8,
      },
      [{ expr: `1 - ${missed} / ${got}`, legend: '{{cache}}' }],
    ),
    curvePanel(
      {
        title: 'Which calls between the parts fail?',
        description: 'gRPC answers other than OK, a second. Canceled is mostly somebody who left a page.',
        unit: 'reqps',
        min: 0,
        links: [runbook('ThanosGrpcErrors')],
        width: 8,
      },
      [
        {
          expr: perSecond('job, grpc_code', `grpc_server_handled_total{${job.thanos},grpc_code!="OK"}`),
          legend: '{{job}} {{grpc_code}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which parts do not answer?',
        description: 'Pods of Thanos that did not answer their last scrape.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood(),
        links: [runbook('ThanosDown'), runbook('ThanosReplicaMissing')],
        noValue: 'none',
        width: 12,
      },
      [{ expr: `count by (job) (up{${job.thanos}} == 0)`, legend: '{{job}}' }],
    ),
    curvePanel(
      {
        title: 'How far back do people look?',
        description: 'The range of queries over time: one in two, and one in a hundred, is longer.',
        unit: 's',
        min: 0,
        links: [to('capacity', 'What is kept')],
        width: 12,
      },
      [
        {
          expr: quantile(
            0.99,
            '',
            `thanos_query_range_requested_timespan_duration_seconds_bucket{${job.query}}`,
          ),
          legend: 'one in 100',
        },
        {
          expr: quantile(
            0.5,
            '',
            `thanos_query_range_requested_timespan_duration_seconds_bucket{${job.query}}`,
          ),
          legend: 'one in 2',
        },
      ],
    ),
  ],
};
