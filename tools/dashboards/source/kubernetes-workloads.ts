import type { Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel } from '../panels';
import { chosen, perSecond, quantile, volumeFull } from '../queries';

/** What keeps workloads from running, and how the cluster's own parts answer. */
export const workloads: Row = {
  title: 'What stands in the way?',
  panels: [
    curvePanel(
      {
        title: 'Which containers restart?',
        description: 'Within an hour, the ten highest.',
        unit: 'short',
        min: 0,
        links: [to('capacity', 'Killed for memory?'), runbook('MemoryNearLimit')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: `topk(10, sum by (cluster, namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${chosen}}[1h])) > 0)`,
          legend: '{{cluster}} {{namespace}}/{{pod}} {{container}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which containers wait, and for what?',
        description: 'CrashLoopBackOff, ImagePullBackOff and the like.',
        unit: 'short',
        min: 0,
        thresholds: zeroIsGood('orange'),
        links: [to('fleet', 'Alerts')],
        noValue: 'none',
        width: 8,
      },
      [
        {
          expr: `sum by (cluster, namespace, reason) (kube_pod_container_status_waiting_reason{${chosen}})`,
          legend: '{{cluster}} {{namespace}} {{reason}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which volumes fill up?',
        description: 'The ten fullest.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.9),
        links: [runbook('VolumeFilling')],
        width: 8,
      },
      [
        {
          expr: `topk(10, max by (cluster, namespace, persistentvolumeclaim) (${volumeFull(chosen)}))`,
          legend: '{{cluster}} {{namespace}} {{persistentvolumeclaim}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How long does the API server take?',
        description: 'One request in a hundred takes longer, without those that watch.',
        unit: 's',
        min: 0,
        thresholds: rising(1, 5),
        links: [to('fleet', 'All clusters')],
        width: 8,
      },
      [
        {
          expr: quantile(
            0.99,
            'cluster, verb',
            `apiserver_request_duration_seconds_bucket{${chosen},verb!~"WATCH|CONNECT"}`,
          ),
          legend: '{{cluster}} {{verb}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Does DNS answer?',
        description:
          'Answers of CoreDNS a second, by code. SERVFAIL is its own fault, NXDOMAIN a name that is not there.',
        unit: 'reqps',
        min: 0,
        links: [to('fleet', 'All clusters')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster, rcode', `coredns_dns_responses_total{${chosen}}`),
          legend: '{{cluster}} {{rcode}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'How much goes over the network?',
        description: 'Bytes a second: what pods receive above, what they send below.',
        unit: 'Bps',
        links: [to('node-exporter-full', 'By node')],
        width: 8,
      },
      [
        {
          expr: perSecond('cluster', `container_network_receive_bytes_total{${chosen}}`),
          legend: '{{cluster}} in',
        },
        {
          expr: perSecond('cluster', `container_network_transmit_bytes_total{${chosen}}`),
          legend: '{{cluster}} out',
          below: true,
        },
      ],
    ),
  ],
};
