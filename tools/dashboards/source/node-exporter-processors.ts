import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising } from '../panel';
import { curvePanel } from '../panels';
import { load, node } from './node-exporter-queries';

const by = 'cluster, instance';
const legend = '{{cluster}} {{instance}}';

/** The processors and the memory of nodes, and who waits for them. */
export const processors: Row = {
  title: 'Processors',
  panels: [
    curvePanel(
      {
        title: 'What do the processors do?',
        description:
          'Cores in each state, of all chosen nodes. iowait waits for a disk; steal is taken by the host.',
        unit: 'short',
        min: 0,
        stacked: true,
        links: [to('kubernetes-cluster', 'By namespace')],
        width: 12,
      },
      [
        {
          expr: `sum by (mode) (rate(node_cpu_seconds_total{${node},mode!="idle"}[$__rate_interval]))`,
          legend: '{{mode}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which nodes are busy?',
        description: 'Share of its processors in use.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.95),
        links: [to('kubernetes-cluster', 'By namespace')],
        width: 12,
      },
      [{ expr: `instance:node_cpu_utilisation:rate5m{${node}}`, legend }],
    ),
    curvePanel(
      {
        title: 'How long is the queue for a processor?',
        description: 'Load of one, five and fifteen minutes for each processor; the highest node.',
        unit: 'short',
        min: 0,
        thresholds: rising(1, 2),
        links: [to('kubernetes-cluster', 'By namespace')],
        width: 12,
      },
      ([1, 5, 15] as const).map((minutes) => ({
        expr: load(minutes),
        legend: `${minutes} min`,
      })),
    ),
    curvePanel(
      {
        title: 'For what do processes wait?',
        description:
          'Share of the time in which at least one waits for a processor, for memory or for a disk (PSI); the highest node.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.2, 0.5),
        links: [to('capacity', 'Limits')],
        width: 12,
      },
      ['cpu', 'memory', 'io'].map((what) => ({
        expr: `max(rate(node_pressure_${what}_waiting_seconds_total{${node}}[$__rate_interval]))`,
        legend: what,
      })),
    ),
  ],
};

export const memory: Row = {
  title: 'Memory',
  panels: [
    curvePanel(
      {
        title: 'What is in the memory?',
        description: 'Of all chosen nodes. Cache and buffers are given back when somebody needs them.',
        unit: 'bytes',
        min: 0,
        stacked: true,
        links: [to('kubernetes-cluster', 'By namespace')],
        width: 8,
      },
      [
        {
          expr: `sum(node_memory_MemTotal_bytes{${node}}) - sum(node_memory_MemFree_bytes{${node}}) - sum(node_memory_Buffers_bytes{${node}}) - sum(node_memory_Cached_bytes{${node}}) - sum(node_memory_SReclaimable_bytes{${node}})`,
          legend: 'programs',
        },
        { expr: `sum(node_memory_Buffers_bytes{${node}})`, legend: 'buffers' },
        {
          expr: `sum(node_memory_Cached_bytes{${node}}) + sum(node_memory_SReclaimable_bytes{${node}})`,
          legend: 'cache',
        },
        { expr: `sum(node_memory_MemFree_bytes{${node}})`, legend: 'free' },
      ],
    ),
    curvePanel(
      {
        title: 'Which nodes run out of it?',
        description: 'Share of its memory that cannot be taken back.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.95),
        links: [to('capacity', 'Limits')],
        width: 8,
      },
      [{ expr: `instance:node_memory_utilisation:ratio{${node}}`, legend }],
    ),
    curvePanel(
      {
        title: 'Is anything killed, or read again?',
        description:
          'Processes that the kernel killed for memory within an hour, and major page faults a second: programs that were thrown out of memory and read again.',
        unit: 'short',
        min: 0,
        links: [runbook('MemoryNearLimit')],
        width: 8,
      },
      [
        {
          expr: `sum by (${by}) (increase(node_vmstat_oom_kill{${node}}[1h]))`,
          legend: `${legend} killed`,
        },
        {
          expr: `sum by (${by}) (rate(node_vmstat_pgmajfault{${node}}[$__rate_interval]))`,
          legend: `${legend} page faults`,
        },
      ],
    ),
  ],
};
