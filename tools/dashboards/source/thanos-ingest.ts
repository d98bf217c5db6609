import { headSeries } from '../../../observability/rules/plan';
import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, statusColours, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosenTenant, job, perSecond, quantile } from '../queries';

/** Of all edges: the HTTP metrics of Receive do not know the edge (edge-requests.ts). */
const writes = `${job.router},handler="receive"`;

/** What edges write, and whether it reaches the ingestors. */
export const ingest: Row = {
  title: 'Ingest: Receive',
  panels: [
    curvePanel(
      {
        title: 'How many samples come in?',
        description: 'Samples a second that were taken, by edge.',
        unit: 'cps',
        min: 0,
        stacked: true,
        links: [to('edge', 'One edge')],
        width: 8,
      },
      [
        {
          expr: perSecond(
            'tenant',
            `thanos_receive_write_samples_sum{${job.router},${chosenTenant},code="200"}`,
          ),
          legend: '{{tenant}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which share of the requests is not taken?',
        description: 'Of all edges, by answer: 5xx is the centre’s fault, 409, 413 and 429 an edge’s.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.001, 0.01),
        links: [runbook('ThanosReceiveErrors'), runbook('IngestBudgetBurning')],
        colours: statusColours,
        width: 8,
      },
      [
        {
          expr: `${perSecond('code', `http_requests_total{${writes},code!~"2.."}`)} / on () group_left () sum(rate(http_requests_total{${writes}}[$__rate_interval]))`,
          legend: '{{code}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does a write take?',
        description:
          'Of all edges: one in two, and one in a hundred, takes longer. From 30 s on agents send it again.',
        unit: 's',
        min: 0,
        thresholds: rising(2, 10),
        links: [runbook('ThanosReceiveSlow')],
        width: 8,
      },
      [
        { expr: quantile(0.99, '', `http_request_duration_seconds_bucket{${writes}}`), legend: 'one in 100' },
        { expr: quantile(0.5, '', `http_request_duration_seconds_bucket{${writes}}`), legend: 'one in 2' },
      ],
    ),
    curvePanel(
      {
        title: 'Do routers reach the ingestors?',
        description:
          'Requests that were passed on, and writes that a majority of their copies has confirmed.',
        unit: 'reqps',
        min: 0,
        links: [runbook('ThanosReceiveNoQuorum')],
        width: 8,
      },
      [
        {
          expr: perSecond('result', `thanos_receive_forward_requests_total{${job.router}}`),
          legend: 'passed on: {{result}}',
        },
        {
          expr: perSecond('result', `thanos_receive_replications_total{${job.router}}`),
          legend: 'confirmed: {{result}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Are there places for more writes?',
        description: 'Share of the places for requests at once that is taken, by router. At 100 % they wait.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.7, 0.9),
        links: [runbook('ThanosGateFull')],
        width: 8,
      },
      [
        {
          expr: `max by (pod) (thanos_receive_write_request_concurrent_gate_write_requests_in_flight{${job.router}}) / max by (pod) (thanos_receive_write_request_concurrent_gate_write_requests_max{${job.router}})`,
          legend: '{{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many series are in the heads?',
        description: 'By edge, each counted once however often it is stored.',
        unit: 'short',
        min: 0,
        stacked: true,
        links: [to('capacity', 'Room for more'), runbook('EdgeSeriesNearLimit')],
        width: 8,
      },
      [{ expr: `max by (tenant) (${headSeries}{${chosenTenant}})`, legend: '{{tenant}}' }],
    ),
    curvePanel(
      {
        title: 'What is wrong with the ring and the limits?',
        description: 'Files that routers could not read, and counts of series that they could not get.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [
          runbook('ThanosReceiveRingNotRead'),
          runbook('ThanosReceiveLimitsNotRead'),
          runbook('ThanosReceiveSeriesUncounted'),
        ],
        width: 12,
      },
      [
        {
          expr: `sum(increase(thanos_receive_hashrings_file_errors_total{${job.router}}[$__rate_interval]))`,
          legend: 'ring not read',
        },
        {
          expr: `sum(increase(thanos_receive_limits_config_reload_err_total{${job.router}}[$__rate_interval]))`,
          legend: 'limits not read',
        },
        {
          expr: `sum(increase(thanos_receive_metamonitoring_failed_queries_total{${job.router}}[$__rate_interval]))`,
          legend: 'series not counted',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Do samples come late?',
        description:
          'Samples a second older than the newest of their series: what agents send after an outage.',
        unit: 'cps',
        min: 0,
        links: [to('edge', 'Which edge catches up')],
        width: 12,
      },
      [
        {
          expr: perSecond(
            'tenant',
            `prometheus_tsdb_head_out_of_order_samples_appended_total{${job.ingestor},${chosenTenant}}`,
          ),
          legend: '{{tenant}}',
        },
      ],
    ),
  ],
};
