import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosen, job, perSecond } from '../queries';

const own = `${chosen},${job.prometheus}`;

/** What each Prometheus takes in: servers and agents. */
export const scraping: Row = {
  title: 'Scraping',
  panels: [
    curvePanel(
      {
        title: 'How many series are there?',
        description: 'In the head of a server, in the log of an agent.',
        unit: 'short',
        min: 0,
        links: [to('capacity', 'Room for more')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_tsdb_head_series{${own}})`,
          legend: '{{cluster}} {{pod}}',
        },
        {
          expr: `max by (cluster, pod) (prometheus_agent_active_series{${own}})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many samples are taken in?',
        description: 'Samples a second.',
        unit: 'cps',
        min: 0,
        links: [to('capacity', 'Room for more')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_tsdb_head_samples_appended_total{${own}}`),
          legend: '{{cluster}} {{pod}}',
        },
        {
          expr: perSecond('cluster, pod', `prometheus_agent_samples_appended_total{${own}}`),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which targets are slow?',
        description: 'Seconds that a scrape takes, the ten slowest jobs. It is given up after ten seconds.',
        unit: 's',
        min: 0,
        thresholds: rising(5, 9),
        links: [runbook('TargetsGone')],
        width: 8,
      },
      [
        {
          expr: `topk(10, max by (cluster, job) (scrape_duration_seconds{${chosen}}))`,
          legend: '{{cluster}} {{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which jobs bring most series?',
        description: 'Samples of one scrape after relabelling, the ten largest jobs.',
        unit: 'short',
        min: 0,
        stacked: true,
        links: [to('capacity', 'Against the limits')],
        width: 8,
      },
      [
        {
          expr: `topk(10, sum by (cluster, job) (scrape_samples_post_metric_relabeling{${chosen}}))`,
          legend: '{{cluster}} {{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which series come and go?',
        description:
          'New series a second, the ten largest jobs. Series that do not last cost as much as those that do.',
        unit: 'cps',
        min: 0,
        links: [to('capacity', 'Room for more')],
        width: 8,
      },
      [
        {
          expr: `topk(10, sum by (cluster, job) (sum_over_time(scrape_series_added{${chosen}}[5m])) / 300)`,
          legend: '{{cluster}} {{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which samples are not taken?',
        description: 'Samples of targets that came twice, out of order or out of bounds, a second.',
        unit: 'cps',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('NodeClockOff')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster', `prometheus_target_scrapes_sample_duplicate_timestamp_total{${own}}`),
          legend: '{{cluster}} twice',
        },
        {
          expr: perSecond('cluster', `prometheus_target_scrapes_sample_out_of_order_total{${own}}`),
          legend: '{{cluster}} out of order',
        },
        {
          expr: perSecond('cluster', `prometheus_target_scrapes_sample_out_of_bounds_total{${own}}`),
          legend: '{{cluster}} out of bounds',
        },
      ],
    ),
  ],
};
