import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { certificateEnd } from '../../../observability/rules/certificates';
import { freshFor } from '../../../observability/rules/edges';
import { headSeries } from '../../../observability/rules/plan';
import type { DashboardSpec } from '../dashboard';
import { runbook, to, toRow } from '../links';
import { atLeast, falling, rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { age, chosen, chosenTenant, firing, job, lag, outageUsed } from '../queries';
import { top } from './fleet-numbers';
import { seriesTable, tablePanel } from '../table';

const day = 24 * 3600;

const yesOrNo: ValueMapping[] = [
  { type: MappingType.ValueToText, options: { '1': { text: 'Yes' }, '0': { text: 'No' } } },
];

const seriesShare = `label_replace(max by (tenant) (${headSeries}{${chosenTenant}}) / max by (tenant) (thanos_receive_head_series_limit{${chosenTenant}}), "cluster", "$1", "tenant", "(.+)")`;

/** A client certificate is an edge's, whose name stands in its own; those of servers are the centre's. */
const certificates = `min by (cluster) (
label_replace(${certificateEnd}{kind="client",certificate=~"client ($cluster)"}, "cluster", "$1", "certificate", "client (.+)")
or
${certificateEnd}{kind="server",${chosen}}
) - time()`;

const firingCount = (severity: string) => `count by (cluster) (${firing(severity)}) or 0 * (${age})`;

const clusters = tablePanel(
  {
    title: 'How is each cluster?',
    description:
      'A row for each cluster that sends or may send. Empty: it never has, or the number does not apply to the centre. The name leads to its way to the centre.',
    unit: 'none',
    key: {
      label: 'cluster',
      name: 'Cluster',
      links: [toRow('edge', 'Its way to the centre'), toRow('kubernetes-cluster', 'Its Kubernetes')],
    },
    worst: ['Critical', 'Warnings'],
    links: [to('edge', 'The way to the centre'), to('capacity', 'Room that is left')],
    width: 24,
  },
  [
    {
      name: 'Alive',
      expr: `(${age}) < bool ${freshFor}`,
      unit: 'none',
      mappings: yesOrNo,
      thresholds: atLeast(1),
      width: 80,
    },
    { name: 'Newest sample', expr: age, unit: 's', thresholds: rising(freshFor, 540) },
    {
      name: 'Outage used',
      expr: outageUsed,
      unit: 'percentunit',
      decimals: 0,
      thresholds: rising(0.25, 0.75),
    },
    { name: 'Sending late by', expr: lag('cluster'), unit: 's', thresholds: rising(60, freshFor) },
    {
      name: 'Series of limit',
      expr: `max by (cluster) (${seriesShare})`,
      unit: 'percentunit',
      decimals: 0,
      thresholds: rising(0.6, 0.8),
    },
    { name: 'Critical', expr: firingCount('critical'), unit: 'none', thresholds: zeroIsGood(), width: 110 },
    {
      name: 'Warnings',
      expr: firingCount('warning'),
      unit: 'none',
      thresholds: zeroIsGood('orange'),
      width: 110,
    },
    {
      name: 'Certificate ends in',
      expr: certificates,
      unit: 'dtdurations',
      thresholds: falling(7 * day, 30 * day),
    },
  ],
);

/** The first page: in ten seconds, whether the fleet is well, and if not, which cluster. */
export const fleet: DashboardSpec = {
  name: 'fleet',
  title: 'Fleet',
  description: 'Whether all clusters are well, and which is not. From here to everything else.',
  rows: [
    { title: 'All clusters', panels: [...top, clusters] },
    {
      title: 'What happened',
      panels: [
        curvePanel(
          {
            title: 'How old is the newest sample of each cluster?',
            description: `Healthy is below ${freshFor} s. A straight rise is silence, a sawtooth comes and goes.`,
            unit: 's',
            min: 0,
            thresholds: rising(freshFor, 540),
            links: [to('edge', 'The way to the centre'), runbook('EdgeSamplesLate')],
            width: 12,
          },
          [{ expr: age, legend: '{{cluster}}' }],
        ),
        curvePanel(
          {
            title: 'How many samples does each edge bring?',
            description: 'Samples a second that Receive has taken. Half as many is mostly one agent of two.',
            unit: 'cps',
            min: 0,
            links: [to('thanos', 'What Receive does with them')],
            width: 12,
          },
          [
            {
              expr: `sum by (tenant) (rate(thanos_receive_write_samples_sum{${job.router},${chosenTenant},code="200"}[$__rate_interval]))`,
              legend: '{{tenant}}',
            },
          ],
        ),
        seriesTable(
          {
            title: 'Which alerts fire?',
            description: 'Those that wake somebody or wait for the morning, each once for each cluster.',
            unit: 'none',
            links: [to('alertmanager-overview', 'Who was told')],
            width: 24,
            noValue: 'none',
          },
          { severity: 'Severity', alertname: 'Alert', cluster: 'Cluster' },
          'Number',
          `count by (severity, alertname, cluster) (${firing('critical|warning')})`,
        ),
      ],
    },
  ],
};
