import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosen, job, lag, perSecond } from '../queries';

const agent = `${chosen},${job.prometheus}`;

/** All clusters are the centre too, whose servers have a log but send nothing. */
const ofAgents = `and on (cluster, pod) prometheus_agent_active_series{${agent}}`;

/** What an edge's agents do: steps 1 to 3 of a sample's way. */
export const scrape: Row = {
  title: '1. What it scrapes',
  panels: [
    curvePanel(
      {
        title: 'Which targets are down?',
        description:
          'Targets that did not answer their last scrape, by job. What is not there at all is not counted.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [to('prometheus-stats', 'The agents themselves'), runbook('TargetsGone')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: `count by (cluster, job) (up{${chosen}} == 0) and on (cluster) prometheus_agent_active_series{${agent}}`,
          legend: '{{cluster}} {{job}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many series does each agent have?',
        description: 'In its log now. Each of the agents scrapes everything.',
        unit: 'short',
        min: 0,
        links: [to('capacity', 'Room for more')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_agent_active_series{${agent}})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many samples does each agent scrape?',
        description: 'Samples a second that went into its log.',
        unit: 'cps',
        min: 0,
        links: [to('prometheus-stats', 'The agents themselves')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, pod', `prometheus_agent_samples_appended_total{${agent}}`),
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
  ],
};

export const log: Row = {
  title: '2. What it keeps: the log',
  panels: [
    curvePanel(
      {
        title: 'How large is the log?',
        description: 'On the volume of each agent. It grows while nothing can be sent.',
        unit: 'bytes',
        min: 0,
        links: [runbook('EdgeLogVolumeFilling')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_tsdb_wal_storage_size_bytes{${agent}} ${ofAgents})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many segments has it still to read?',
        description:
          'Segments of the log, of 128 MiB at most, that the sender has not come to. Healthy is 0 or 1.',
        unit: 'short',
        min: 0,
        thresholds: rising(2, 10),
        links: [runbook('EdgeRemoteWriteBehind')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_tsdb_wal_segment_current{${agent}}) - on (cluster, pod) min by (cluster, pod) (prometheus_wal_watcher_current_segment{${agent}})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Can it write its log?',
        description: 'Writes that failed. What is scraped meanwhile is lost, unless the other agent has it.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood(),
        links: [runbook('EdgeLogWritesFailing')],
        width: 8,
      },
      [
        {
          expr: `sum by (cluster, pod) (increase(prometheus_tsdb_wal_writes_failed_total{${agent}}[$__rate_interval]) ${ofAgents})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
  ],
};

export const queue: Row = {
  title: '3. What waits: the queue',
  panels: [
    curvePanel(
      {
        title: 'How late does each agent send?',
        description: 'Between the scrape and what has been sent. It comes by the way that it tells of.',
        unit: 's',
        min: 0,
        thresholds: rising(60, 120),
        links: [runbook('EdgeRemoteWriteBehind')],
        width: 8,
      },
      [{ expr: lag('cluster, pod'), legend: '{{cluster}} {{pod}}' }],
    ),
    curvePanel(
      {
        title: 'Are there enough shards?',
        description: 'Parallel senders: how many the agent wants, and how many it may have.',
        unit: 'short',
        min: 0,
        links: [runbook('EdgeRemoteWriteBehind')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_remote_storage_shards_desired{${chosen}})`,
          legend: '{{cluster}} {{pod}} wants',
        },
        {
          expr: `max by (cluster) (prometheus_remote_storage_shards_max{${chosen}})`,
          legend: '{{cluster}} may have',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many samples wait in memory?',
        description: 'Read from the log and not yet answered for. A full queue stops reading the log.',
        unit: 'short',
        min: 0,
        links: [runbook('EdgeRemoteWriteBehind')],
        width: 8,
      },
      [
        {
          expr: `max by (cluster, pod) (prometheus_remote_storage_samples_pending{${chosen}})`,
          legend: '{{cluster}} {{pod}}',
        },
      ],
    ),
  ],
};
