import { anyCluster, variable, type DashboardSpec, type Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel, numberPanel } from '../panels';
import { filesystem, load, node } from './node-exporter-queries';
import { disks } from './node-exporter-disks';
import { network, system } from './node-exporter-system';
import { memory, processors } from './node-exporter-processors';

const by = 'cluster, instance';
const legend = '{{cluster}} {{instance}}';

const overview: Row = {
  title: 'Is the node well?',
  panels: [
    numberPanel(
      {
        title: 'Processors used',
        description: 'Of all chosen nodes; the busiest one.',
        unit: 'percentunit',
        decimals: 0,
        thresholds: rising(0.8, 0.95),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 4,
      },
      [{ expr: `max(instance:node_cpu_utilisation:rate5m{${node}})`, legend: 'used' }],
    ),
    numberPanel(
      {
        title: 'Memory used',
        description: 'Of all chosen nodes; the fullest one. What can be taken back counts as free.',
        unit: 'percentunit',
        decimals: 0,
        thresholds: rising(0.8, 0.95),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 4,
      },
      [{ expr: `max(instance:node_memory_utilisation:ratio{${node}})`, legend: 'used' }],
    ),
    numberPanel(
      {
        title: 'Fullest filesystem',
        description: 'Of all chosen nodes. From about 85 % on the kubelet evicts pods.',
        unit: 'percentunit',
        decimals: 0,
        thresholds: rising(0.8, 0.9),
        links: [to('capacity', 'Volumes')],
        width: 4,
      },
      [
        {
          expr: `max(1 - node_filesystem_avail_bytes{${filesystem}} / node_filesystem_size_bytes{${filesystem}})`,
          legend: 'used',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Load for each processor',
        description:
          'Processes that run or wait, over five minutes; the highest. Above 1 they wait for each other.',
        unit: 'none',
        decimals: 2,
        thresholds: rising(1, 2),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 4,
      },
      [
        {
          expr: load(5),
          legend: 'load',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Clock is off by',
        description:
          'From the clock of the node that scrapes it; the most. Five minutes ahead, and Receive refuses.',
        unit: 's',
        decimals: 1,
        thresholds: rising(5, 15),
        links: [runbook('NodeClockOff')],
        width: 4,
      },
      [
        {
          expr: `max(abs(node_time_seconds{${node}} - timestamp(node_time_seconds{${node}})))`,
          legend: 'off',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Last started',
        description: 'The node that was started last.',
        unit: 'dtdurations',
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [{ expr: `min(time() - node_boot_time_seconds{${node}})`, legend: 'ago' }],
    ),
  ],
};

const exporter: Row = {
  title: 'The exporter itself',
  panels: [
    curvePanel(
      {
        title: 'Which collectors fail?',
        description:
          'Collectors of node-exporter that could read their part within a day, and can not now. Panels over it have gaps. One that never could has nothing to read on this machine.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [to('prometheus-stats', 'Scraping')],
        noValue: 'none',
        width: 12,
      },
      [
        {
          expr: `count by (${by}, collector) (node_scrape_collector_success{${node}} == 0 and max_over_time(node_scrape_collector_success{${node}}[1d]) == 1)`,
          legend: `${legend} {{collector}}`,
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does it take?',
        description: 'Seconds for each node; a scrape is given up after ten.',
        unit: 's',
        min: 0,
        thresholds: rising(5, 9),
        links: [to('prometheus-stats', 'Scraping')],
        width: 12,
      },
      [{ expr: `scrape_duration_seconds{${node},job="node-exporter"}`, legend }],
    ),
  ],
};

/** The nodes of any cluster, one or several. */
export const nodeExporterFull: DashboardSpec = {
  name: 'node-exporter-full',
  title: 'Node Exporter Full',
  description: 'Processors, memory, disks, network and system of nodes, one or several, of any cluster.',
  variables: [
    anyCluster,
    variable('node', 'Node', 'label_values(node_uname_info{cluster=~"$cluster"}, instance)'),
  ],
  rows: [overview, processors, memory, disks, network, system, exporter],
};
