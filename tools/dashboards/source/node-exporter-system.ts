import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { perSecond } from '../queries';
import { device, node } from './node-exporter-queries';

const by = 'cluster, instance';
const legend = '{{cluster}} {{instance}}';

/** What goes over the lines of a node, and what is lost on them. */
export const network: Row = {
  title: 'Network',
  panels: [
    curvePanel(
      {
        title: 'How much goes over the line?',
        description: 'Bytes a second: in above, out below. Interfaces of pods are left out.',
        unit: 'Bps',
        links: [to('kubernetes-cluster', 'Pods')],
        width: 12,
      },
      [
        {
          expr: perSecond(`${by}, device`, `node_network_receive_bytes_total{${device}}`),
          legend: `${legend} {{device}} in`,
        },
        {
          expr: perSecond(`${by}, device`, `node_network_transmit_bytes_total{${device}}`),
          legend: `${legend} {{device}} out`,
          below: true,
        },
      ],
    ),
    curvePanel(
      {
        title: 'What is lost on the line?',
        description: 'Packets a second with errors, or dropped.',
        unit: 'pps',
        min: 0,
        thresholds: rising(1, 100),
        links: [to('kubernetes-cluster', 'Pods')],
        width: 12,
      },
      ['receive_errs', 'transmit_errs', 'receive_drop', 'transmit_drop'].map((what) => ({
        expr: perSecond(by, `node_network_${what}_total{${device}}`),
        legend: `${legend} ${what.replace('_', ' ')}`,
      })),
    ),
    curvePanel(
      {
        title: 'Is anything sent again?',
        description: 'Share of TCP segments that were sent once more: a line that loses, or is full.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.01, 0.05),
        links: [to('edge', 'The way to the centre')],
        width: 8,
      },
      [
        {
          expr: `${perSecond(by, `node_netstat_Tcp_RetransSegs{${node}}`)} / ${perSecond(by, `node_netstat_Tcp_OutSegs{${node}}`)}`,
          legend,
        },
      ],
    ),
    curvePanel(
      {
        title: 'Is there room for connections?',
        description: 'Share of the connection table in use. When it is full new connections are dropped.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.75, 0.9),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 8,
      },
      [
        {
          expr: `max by (${by}) (node_nf_conntrack_entries{${node}} / node_nf_conntrack_entries_limit{${node}})`,
          legend,
        },
      ],
    ),
    curvePanel(
      {
        title: 'How many connections are there?',
        description: 'TCP connections that are open, and those that wait to be forgotten.',
        unit: 'short',
        min: 0,
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 8,
      },
      [
        { expr: `max by (${by}) (node_netstat_Tcp_CurrEstab{${node}})`, legend: `${legend} open` },
        { expr: `max by (${by}) (node_sockstat_TCP_tw{${node}})`, legend: `${legend} waiting` },
      ],
    ),
  ],
};

/** What the kernel counts besides. */
export const system: Row = {
  title: 'System',
  panels: [
    curvePanel(
      {
        title: 'Do processes hang?',
        description:
          'Processes that run, and those that are blocked: mostly by a disk or a network filesystem.',
        unit: 'short',
        min: 0,
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 8,
      },
      [
        { expr: `max by (${by}) (node_procs_running{${node}})`, legend: `${legend} run` },
        { expr: `max by (${by}) (node_procs_blocked{${node}})`, legend: `${legend} blocked` },
      ],
    ),
    curvePanel(
      {
        title: 'Are there file handles left?',
        description: 'Share of the handles of the whole node that are open.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.7, 0.9),
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 8,
      },
      [{ expr: `max by (${by}) (node_filefd_allocated{${node}} / node_filefd_maximum{${node}})`, legend }],
    ),
    curvePanel(
      {
        title: 'How often is a processor handed over?',
        description: 'Context switches and interrupts a second.',
        unit: 'ops',
        min: 0,
        links: [to('kubernetes-cluster', 'The cluster')],
        width: 8,
      },
      [
        { expr: perSecond(by, `node_context_switches_total{${node}}`), legend: `${legend} switches` },
        { expr: perSecond(by, `node_intr_total{${node}}`), legend: `${legend} interrupts` },
      ],
    ),
    curvePanel(
      {
        title: 'How far is the clock off?',
        description: 'From the clock of the node that scrapes it. Five minutes ahead, and Receive refuses.',
        unit: 's',
        thresholds: rising(5, 15),
        links: [runbook('NodeClockOff')],
        width: 12,
      },
      [
        {
          expr: `max by (${by}) (abs(node_time_seconds{${node}} - timestamp(node_time_seconds{${node}})))`,
          legend,
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which clocks does nobody set?',
        description: 'Nodes whose kernel says that nothing sets its clock (NTP).',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [runbook('NodeClockOff')],
        noValue: 'none',
        width: 12,
      },
      [{ expr: `count by (${by}) (node_timex_sync_status{${node}} == 0)`, legend }],
    ),
  ],
};
