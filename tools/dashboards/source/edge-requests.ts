import { byTenant } from '../../../observability/rules/edge-answers';
import { headSeries } from '../../../observability/rules/plan';
import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, statusColours, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosen, chosenTenant, job, perSecond, quantile } from '../queries';

/**
 * Receive counts requests without their edge: its HTTP metrics take the tenant of a header, and ours is the
 * name of a certificate. By edge there are samples that it tried to write, and requests that it limited.
 */
const answers = `${job.router},handler="receive"`;
const written = `${job.router},${chosenTenant}`;

/** Between an edge and the centre: steps 4 to 6 of a sample's way. */
export const requests: Row = {
  title: '4. What it sends: requests',
  panels: [
    curvePanel(
      {
        title: 'How many samples does each agent send?',
        description: 'Samples a second in requests, with those that are sent again.',
        unit: 'cps',
        min: 0,
        links: [to('thanos', 'What Receive does with them')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_remote_storage_samples_total{${chosen}}`),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does one request take?',
        description:
          'One in a hundred takes longer, seen from the agent: with the line between. It gives up after 30 s.',
        unit: 's',
        min: 0,
        thresholds: rising(5, 25),
        links: [runbook('ThanosReceiveSlow')],
        width: 8,
      },
      [
        {
          expr: quantile(
            0.99,
            'cluster, pod',
            `prometheus_remote_storage_sent_batch_duration_seconds_bucket{${chosen}}`,
          ),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'What does it take of the line?',
        description: 'Bytes a second, compressed, without what TLS adds.',
        unit: 'Bps',
        min: 0,
        links: [to('capacity', 'Room for more')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_remote_storage_bytes_total{${chosen}}`),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
  ],
};

export const answered: Row = {
  title: '5. What the centre answers',
  panels: [
    curvePanel(
      {
        title: 'What does Receive answer?',
        description:
          '200: taken. 429: over its limit of series. 409: too old or in conflict. 413: too large. 5xx: the centre cannot take it, and it is sent again.',
        unit: 'reqps',
        min: 0,
        stacked: true,
        links: [to('thanos', 'Receive'), runbook('EdgeSamplesRefused'), runbook('EdgeLimited')],
        colours: statusColours,
        width: 8,
      },
      [
        {
          expr: perSecond('tenant, code', `${byTenant.answered}{${written}}`),
          legend: '{{tenant}} {{code}}',
        },
        {
          expr: perSecond('tenant', `${byTenant.limited}{${written}}`),
          legend: '{{tenant}} 429',
        },
        { expr: perSecond('tenant', `${byTenant.tooLarge}{${written}}`), legend: '{{tenant}} 413' },
      ],
    ),
    curvePanel(
      {
        title: 'How long does Receive take?',
        description:
          'One request in a hundred takes longer, without the line between; of all edges, since Receive does not say it of one.',
        unit: 's',
        min: 0,
        thresholds: rising(2, 10),
        links: [runbook('ThanosReceiveSlow')],
        width: 8,
      },
      [
        {
          expr: quantile(0.99, '', `http_request_duration_seconds_bucket{${answers}}`),
          legend: 'one in 100',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many series does it have, of its limit?',
        description: 'Counted as Receive counts them. At 100 % all of its requests are refused with 429.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.6, 0.8),
        links: [runbook('EdgeSeriesNearLimit')],
        width: 8,
      },
      [
        {
          expr: `max by (tenant) (${headSeries}{${chosenTenant}}) / max by (tenant) (thanos_receive_head_series_limit{${chosenTenant}})`,
          legend: '{{tenant}}',
        },
      ],
    ),
  ],
};

export const refused: Row = {
  title: '6. What was refused or lost',
  panels: [
    curvePanel(
      {
        title: 'Which samples did the agent lose?',
        description:
          'Refused for good, or given up before sending. They are nowhere else but with the other agent.',
        unit: 'cps',
        min: 0,
        thresholds: zeroIsGood(),
        links: [runbook('EdgeRemoteWriteFailing'), runbook('EdgeSamplesDropped')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_remote_storage_samples_failed_total{${chosen}}`),
          legend: '{{cluster}} {{pod}} refused',
        },
        {
          expr: perSecond(
            'cluster, pod, reason',
            `prometheus_remote_storage_samples_dropped_total{${chosen},reason!="dropped_series"}`,
          ),
          legend: '{{cluster}} {{pod}} {{reason}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which samples does it send again?',
        description: 'After an answer of 5xx or 429, or none. Nothing is lost by it.',
        unit: 'cps',
        min: 0,
        links: [runbook('EdgeRemoteWriteBehind')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_remote_storage_samples_retried_total{${chosen}}`),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which samples did the ingestors refuse?',
        description: 'Too old: from before the window of the outage. Out of bound: too far in the future.',
        unit: 'cps',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('EdgeSamplesRefused'), runbook('EdgeClockAhead')],
        width: 8,
      },
      [
        {
          expr: perSecond('tenant', `prometheus_tsdb_too_old_samples_total{${job.ingestor},${chosenTenant}}`),
          legend: '{{tenant}} too old',
        },
        {
          expr: perSecond(
            'tenant',
            `prometheus_tsdb_out_of_bound_samples_total{${job.ingestor},${chosenTenant}}`,
          ),
          legend: '{{tenant}} out of bound',
        },
      ],
    ),
  ],
};
