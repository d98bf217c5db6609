import type { Row } from '../dashboard';
import { to } from '../links';
import { rising } from '../panel';
import { curvePanel } from '../panels';
import { perSecond } from '../queries';
import { filesystem, node } from './node-exporter-queries';

const legend = '{{cluster}} {{instance}} {{device}}';
const disk = `${node},device!~"loop.+|ram.+|sr.+"`;

/** Seconds that one operation took. */
const latency = (kind: 'read' | 'write') => {
  const operations = { read: 'node_disk_reads_completed_total', write: 'node_disk_writes_completed_total' }[
    kind
  ];
  return `rate(node_disk_${kind}_time_seconds_total{${disk}}[$__rate_interval]) / (rate(${operations}{${disk}}[$__rate_interval]) > 0)`;
};

/** Space, and the work of the disks. */
export const disks: Row = {
  title: 'Disks',
  panels: [
    curvePanel(
      {
        title: 'How full is each filesystem?',
        description: 'Without those that the kernel makes up.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.9),
        links: [to('capacity', 'Volumes')],
        width: 12,
      },
      [
        {
          expr: `max by (cluster, instance, mountpoint) (1 - node_filesystem_avail_bytes{${filesystem}} / node_filesystem_size_bytes{${filesystem}})`,
          legend: '{{cluster}} {{instance}} {{mountpoint}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Are there inodes left?',
        description: 'Share of the inodes in use: a filesystem without any is full, whatever room it has.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.9),
        links: [to('capacity', 'Volumes')],
        width: 12,
      },
      [
        {
          expr: `max by (cluster, instance, mountpoint) (1 - node_filesystem_files_free{${filesystem}} / (node_filesystem_files{${filesystem}} > 0))`,
          legend: '{{cluster}} {{instance}} {{mountpoint}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which disks are busy?',
        description:
          'Share of the time with at least one operation under way. A fast disk does many at once, and is not full at 100 %.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.8, 0.95),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 12,
      },
      [
        {
          expr: perSecond('cluster, instance, device', `node_disk_io_time_seconds_total{${disk}}`),
          legend,
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does an operation take?',
        description: 'The mean, with the wait in the queue.',
        unit: 's',
        min: 0,
        thresholds: rising(0.05, 0.5),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 12,
      },
      [
        { expr: latency('read'), legend: `${legend} read` },
        { expr: latency('write'), legend: `${legend} write` },
      ],
    ),
    curvePanel(
      {
        title: 'How much is read and written?',
        description: 'Bytes a second: read above, written below.',
        unit: 'Bps',
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 12,
      },
      [
        {
          expr: perSecond('cluster, instance, device', `node_disk_read_bytes_total{${disk}}`),
          legend: `${legend} read`,
        },
        {
          expr: perSecond('cluster, instance, device', `node_disk_written_bytes_total{${disk}}`),
          legend: `${legend} written`,
          below: true,
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many operations?',
        description: 'Operations a second: reads above, writes below.',
        unit: 'iops',
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 12,
      },
      [
        {
          expr: perSecond('cluster, instance, device', `node_disk_reads_completed_total{${disk}}`),
          legend: `${legend} read`,
        },
        {
          expr: perSecond('cluster, instance, device', `node_disk_writes_completed_total{${disk}}`),
          legend: `${legend} write`,
          below: true,
        },
      ],
    ),
  ],
};
