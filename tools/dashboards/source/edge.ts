import { newestSampleAge } from '../../../observability/rules/edges';
import { promisedOutage } from '../../../observability/rules/plan';
import { variable, type DashboardSpec, type Row } from '../dashboard';
import { runbook, to } from '../links';
import { falling, rising } from '../panel';
import { barsPanel, numberPanel } from '../panels';
import { chosen, outageUsed, ours, volumeFull } from '../queries';
import { log, queue, scrape } from './edge-agent';
import { answered, refused, requests } from './edge-requests';

const logs = `${chosen},${ours},persistentvolumeclaim=~"prom-agent-.+"`;
const fill = `max by (cluster, persistentvolumeclaim) (${volumeFull(logs)})`;

const promise: Row = {
  title: 'The promise: how long may it be away?',
  panels: [
    numberPanel(
      {
        title: 'How long is promised?',
        description: 'monitoring:outage of the central stack: what agents keep while they cannot send.',
        unit: 's',
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [{ expr: `max(${promisedOutage})`, legend: 'promised' }],
    ),
    barsPanel(
      {
        title: 'How much of it is used up?',
        description:
          'The age of the newest sample that has arrived, against the promise. At 100 % the agents begin to lose samples.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        decimals: 0,
        thresholds: rising(0.25, 0.75),
        links: [runbook('EdgeSilent')],
        width: 7,
        height: 4,
      },
      [{ expr: outageUsed, legend: '{{cluster}}' }],
    ),
    barsPanel(
      {
        title: 'How long until samples are lost?',
        description: 'What is left of the promise, if nothing arrives from now on.',
        unit: 's',
        decimals: 1,
        min: 0,
        thresholds: falling(3600, 3 * 3600),
        links: [runbook('EdgeSilent')],
        width: 7,
        height: 4,
      },
      [
        {
          expr: `max(${promisedOutage}) - on () group_right () max by (cluster) (${newestSampleAge}{${chosen}})`,
          legend: '{{cluster}}',
        },
      ],
    ),
    barsPanel(
      {
        title: 'How full is each log volume?',
        description: 'It fills and empties by design. Only a volume that is full loses samples.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        decimals: 0,
        thresholds: rising(0.75, 0.9),
        links: [runbook('EdgeLogVolumeFilling')],
        width: 6,
        height: 4,
      },
      [{ expr: fill, legend: '{{cluster}} {{persistentvolumeclaim}}' }],
    ),
  ],
};

/** For who was woken because of an edge: follow a sample, and see at which step it stops. */
export const edge: DashboardSpec = {
  name: 'edge',
  title: 'Edge',
  description: 'The way of the samples of one cluster, or several, to the centre, step by step.',
  variables: [variable('cluster', 'Edge', 'label_values(prometheus_agent_active_series, cluster)')],
  rows: [promise, scrape, log, queue, requests, answered, refused],
};
