import type { DashboardSpec, Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising, zeroIsGood } from '../panel';
import { curvePanel, numberPanel } from '../panels';
import { chosen, countOf } from '../queries';
import { workloads } from './kubernetes-workloads';

/** Of each node whether it is ready; where there is none, nothing is known of the cluster. */
const ready = `kube_node_status_condition{${chosen},condition="Ready",status="true"}`;

const running = `${chosen},container!=""`;

/** Requests of running pods against what nodes have to give. */
const requested = (resource: string) =>
  `sum by (cluster) (kube_pod_container_resource_requests{${chosen},resource="${resource}"} and on (cluster, namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)) / sum by (cluster) (kube_node_status_allocatable{${chosen},resource="${resource}"})`;

const overview: Row = {
  title: 'Is the cluster well?',
  panels: [
    numberPanel(
      {
        title: 'Nodes that are not ready',
        description: 'Nodes whose condition Ready is false or unknown.',
        unit: 'none',
        thresholds: zeroIsGood(),
        links: [to('node-exporter-full', 'The nodes')],
        width: 4,
      },
      [
        {
          expr: countOf(`${ready} == 0`, ready),
          legend: 'not ready',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Pods that do not run',
        description: 'Pending, failed or unknown. Jobs that are done are not meant.',
        unit: 'none',
        thresholds: zeroIsGood('orange'),
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [
        {
          expr: `sum(kube_pod_status_phase{${chosen},phase=~"Pending|Failed|Unknown"})`,
          legend: 'pods',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Restarts in an hour',
        description: 'Restarts of all containers within the last hour.',
        unit: 'short',
        decimals: 0,
        thresholds: rising(1, 10),
        links: [to('capacity', 'Killed for memory?')],
        width: 4,
      },
      [
        {
          expr: `sum(increase(kube_pod_container_status_restarts_total{${chosen}}[1h]))`,
          legend: 'restarts',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Workloads not whole',
        description: 'Deployments, StatefulSets and DaemonSets with fewer pods available than asked for.',
        unit: 'none',
        thresholds: zeroIsGood('orange'),
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [
        {
          expr: [
            `kube_deployment_status_replicas_unavailable{${chosen}} > 0`,
            `kube_statefulset_status_replicas_ready{${chosen}} < kube_statefulset_replicas{${chosen}}`,
            `kube_daemonset_status_number_unavailable{${chosen}} > 0`,
          ]
            .map((bad) => `(${countOf(bad, ready)})`)
            .join(' + '),
          legend: 'workloads',
        },
      ],
    ),
    numberPanel(
      {
        title: 'Targets that are down',
        description: 'Targets that did not answer their last scrape.',
        unit: 'none',
        thresholds: zeroIsGood('orange'),
        links: [to('prometheus-stats', 'Scraping'), runbook('TargetsGone')],
        width: 4,
      },
      [{ expr: countOf(`up{${chosen}} == 0`, `up{${chosen}}`), legend: 'targets' }],
    ),
    numberPanel(
      {
        title: 'API requests that fail',
        description: 'Share of requests to the API servers that are answered with 5xx.',
        unit: 'percentunit',
        decimals: 2,
        thresholds: rising(0.01, 0.05),
        links: [to('fleet', 'All clusters')],
        width: 4,
      },
      [
        {
          expr: `(sum(rate(apiserver_request_total{${chosen},code=~"5.."}[5m])) or 0 * sum(rate(apiserver_request_total{${chosen}}[5m]))) / sum(rate(apiserver_request_total{${chosen}}[5m]))`,
          legend: '5xx',
        },
      ],
    ),
  ],
};

const resources: Row = {
  title: 'What is used, and what is asked for?',
  panels: [
    curvePanel(
      {
        title: 'How much of the processors is used?',
        description: 'Of all nodes of the cluster together.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.95),
        links: [to('node-exporter-full', 'By node')],
        width: 8,
      },
      [{ expr: `avg by (cluster) (instance:node_cpu_utilisation:rate5m{${chosen}})`, legend: '{{cluster}}' }],
    ),
    curvePanel(
      {
        title: 'How much of the memory is used?',
        description: 'Of all nodes of the cluster together; what can be taken back counts as free.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        thresholds: rising(0.8, 0.95),
        links: [to('node-exporter-full', 'By node')],
        width: 8,
      },
      [
        {
          expr: `1 - sum by (cluster) (node_memory_MemAvailable_bytes{${chosen}}) / sum by (cluster) (node_memory_MemTotal_bytes{${chosen}})`,
          legend: '{{cluster}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Is there room for more pods?',
        description: 'What pods ask for against what nodes have to give. At 100 % nothing more is scheduled.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.85, 1),
        links: [to('capacity', 'What is used of it')],
        width: 8,
      },
      [
        { expr: requested('cpu'), legend: '{{cluster}} processors' },
        { expr: requested('memory'), legend: '{{cluster}} memory' },
      ],
    ),
    curvePanel(
      {
        title: 'Which namespaces use the processors?',
        description: 'Cores in use, the ten highest.',
        unit: 'short',
        min: 0,
        stacked: true,
        links: [to('capacity', 'Against the limits')],
        width: 12,
      },
      [
        {
          expr: `topk(10, sum by (cluster, namespace) (node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m{${chosen}}))`,
          legend: '{{cluster}} {{namespace}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which namespaces use the memory?',
        description: 'Working set, the ten highest.',
        unit: 'bytes',
        min: 0,
        stacked: true,
        links: [to('capacity', 'Against the limits')],
        width: 12,
      },
      [
        {
          expr: `topk(10, sum by (cluster, namespace) (max by (cluster, namespace, pod, container) (container_memory_working_set_bytes{${running}})))`,
          legend: '{{cluster}} {{namespace}}',
        },
      ],
    ),
  ],
};

/** Kubernetes of any cluster, or of several side by side. */
export const kubernetesCluster: DashboardSpec = {
  name: 'kubernetes-cluster',
  title: 'Kubernetes Cluster Monitoring',
  description: 'Nodes, workloads, room and API server of one cluster, or of several side by side.',
  rows: [overview, resources, workloads],
};
