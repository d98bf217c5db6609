import type { Labels } from '../samples/query-client';

/** Size of a made cluster. */
export interface ClusterShape {
  nodes: number;
  /** Pods of a node, each with two containers. */
  podsOfNode: number;
}

/** A series and its value, so many seconds after the beginning. */
export interface MadeSeries {
  labels: Labels;
  valueAt: (seconds: number) => number;
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const steady = (value: number) => () => value;
const counting = (perSecond: number) => (seconds: number) => seconds * perSecond;

const bounds = ['0.05', '0.1', '0.2', '0.4', '0.6', '0.8', '1', '1.5', '3', '5', '30', '+Inf'];

type Row = [name: string, labels: Labels, valueAt: MadeSeries['valueAt']];

/** The buckets of a histogram, cumulative. */
const buckets = (name: string, labels: Labels, perSecond: number): Row[] =>
  bounds.map((le, i) => [name, { ...labels, le }, counting((perSecond * (i + 1)) / bounds.length)]);

/** Several metrics of the same labels. */
const each = (names: readonly string[], labels: Labels, valueAt: MadeSeries['valueAt']): Row[] =>
  names.map((name) => [name, labels, valueAt]);

/**
 * Series of a Kubernetes cluster that kube-prometheus-stack's rules read, under their real names and labels
 * and in the proportions of a cluster: of nodes, pods, containers and the API server, which are nearly all of
 * what the rules go through. Nothing is there that no rule reads, and all is well in it.
 */
export function clusterSeries({ nodes, podsOfNode }: ClusterShape): MadeSeries[] {
  const rows: Row[] = [
    ...apiServer(),
    ...upTo(nodes).flatMap((node) => [
      ...exporterOfNode(node),
      ...kubelet(node),
      ...stateOfNode(node),
      ...upTo(podsOfNode).flatMap((pod) => podRows(node, pod)),
    ]),
  ];
  return rows.map(([name, labels, valueAt]) => ({ labels: { __name__: name, ...labels }, valueAt }));
}

function apiServer(): Row[] {
  const labels = { job: 'apiserver', instance: '192.0.2.1:6443', namespace: 'default' };
  const requests = ['LIST', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((verb) =>
    upTo(20).map((i) => ({
      ...labels,
      verb,
      scope: i % 3 === 0 ? 'cluster' : i % 3 === 1 ? 'namespace' : 'resource',
      resource: `resource-${i}`,
    })),
  );
  return [
    ['up', labels, steady(1)],
    ...requests.flatMap((one): Row[] => [
      ...['200', '201', '404', '503'].map((code): Row => [
        'apiserver_request_total',
        { ...one, code },
        counting(code === '200' ? 5 : 0.01),
      ]),
      ['apiserver_request_sli_duration_seconds_count', one, counting(5)],
      ...buckets('apiserver_request_sli_duration_seconds_bucket', one, 5),
    ]),
  ];
}

function exporterOfNode(node: number): Row[] {
  const labels = { job: 'node-exporter', instance: `192.0.2.${node}:9100`, node: `node-${node}` };
  const disk = { ...labels, device: '/dev/sda1', fstype: 'ext4' };
  const modes = ['idle', 'iowait', 'irq', 'nice', 'softirq', 'steal', 'system', 'user'];
  const packets = ['receive', 'transmit'].flatMap((way) =>
    ['bytes', 'packets', 'errs', 'drop'].map((what) => `node_network_${way}_${what}_total`),
  );
  return [
    ['up', labels, steady(1)],
    ['node_uname_info', { ...labels, nodename: `node-${node}` }, steady(1)],
    ...upTo(8).flatMap((cpu) =>
      modes.map((mode): Row => [
        'node_cpu_seconds_total',
        { ...labels, cpu: String(cpu), mode },
        counting(mode === 'idle' ? 0.8 : 0.03),
      ]),
    ),
    ...['MemTotal', 'MemAvailable', 'MemFree', 'Buffers', 'Cached', 'Slab'].map((what, i): Row => [
      `node_memory_${what}_bytes`,
      labels,
      steady((32 - 4 * i) * 2 ** 30),
    ]),
    ...['/', '/var', '/boot'].flatMap((mountpoint): Row[] => [
      ...each(
        ['node_filesystem_size_bytes', 'node_filesystem_files'],
        { ...disk, mountpoint },
        steady(100e9),
      ),
      ...each(
        ['node_filesystem_avail_bytes', 'node_filesystem_files_free'],
        { ...disk, mountpoint },
        steady(70e9),
      ),
      ['node_filesystem_readonly', { ...disk, mountpoint }, steady(0)],
    ]),
    ...['eth0', 'eth1', 'lxc0', 'lxc1'].flatMap((device) =>
      packets.map((name): Row => [
        name,
        { ...labels, device },
        counting(/bytes|packets/.test(name) ? 5000 : 0),
      ]),
    ),
    ...each(
      ['node_disk_io_time_seconds_total', 'node_disk_io_time_weighted_seconds_total'],
      { ...labels, device: 'sda' },
      counting(0.05),
    ),
    ...each(['node_load1', 'node_timex_sync_status', 'node_filefd_allocated'], labels, steady(1)),
    ...each(['node_timex_offset_seconds', 'node_timex_maxerror_seconds'], labels, steady(0.001)),
    ['node_filefd_maximum', labels, steady(1e6)],
    ['node_vmstat_pgmajfault', labels, counting(1)],
  ];
}

function kubelet(node: number): Row[] {
  const labels = {
    job: 'kubelet',
    instance: `192.0.2.${node}:10250`,
    node: `node-${node}`,
    metrics_path: '/metrics',
    namespace: 'kube-system',
  };
  const volumes = upTo(3).map((i) => ({
    ...labels,
    namespace: 'shop',
    persistentvolumeclaim: `data-${node}-${i}`,
  }));
  return [
    ['up', labels, steady(1)],
    ['kubelet_node_name', labels, steady(1)],
    ['kubelet_running_pods', labels, steady(30)],
    ...buckets('kubelet_pleg_relist_duration_seconds_bucket', labels, 1),
    ...buckets('kubelet_pod_worker_duration_seconds_bucket', labels, 1),
    ...volumes.flatMap((volume) => [
      ...each(['kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_inodes'], volume, steady(100e9)),
      ...each(
        ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_inodes_free'],
        volume,
        steady(70e9),
      ),
      ...each(['kubelet_volume_stats_used_bytes', 'kubelet_volume_stats_inodes_used'], volume, steady(30e9)),
    ]),
  ];
}

const state = { job: 'kube-state-metrics', instance: '192.0.2.250:8080' };

function stateOfNode(node: number): Row[] {
  const labels = { ...state, node: `node-${node}` };
  return [
    ['kube_node_info', labels, steady(1)],
    ['kube_node_role', { ...labels, role: 'worker' }, steady(1)],
    ['kube_node_spec_unschedulable', labels, steady(0)],
    ...['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'].flatMap((condition) =>
      ['true', 'false', 'unknown'].map((status): Row => [
        'kube_node_status_condition',
        { ...labels, condition, status },
        steady((status === 'true') === (condition === 'Ready') && status !== 'unknown' ? 1 : 0),
      ]),
    ),
    ...['kube_node_status_allocatable', 'kube_node_status_capacity'].flatMap((name) =>
      ['cpu', 'memory', 'pods'].map((resource): Row => [
        name,
        { ...labels, resource },
        steady(resource === 'memory' ? 32 * 2 ** 30 : 100),
      ]),
    ),
  ];
}

function podRows(node: number, index: number): Row[] {
  const [namespace, workload] = [`team-${index % 5}`, `app-${node}-${index}`];
  const replicaset = `${workload}-5d9c7b`;
  const pod = `${replicaset}-x2k4q`;
  const labels = { ...state, namespace, pod, uid: `${node}-${index}` };
  const deployment = { ...state, namespace, deployment: workload };
  const cadvisor = {
    job: 'kubelet',
    instance: `192.0.2.${node}:10250`,
    node: `node-${node}`,
    metrics_path: '/metrics/cadvisor',
    namespace,
    pod,
  };
  return [
    ['kube_pod_info', { ...labels, node: `node-${node}` }, steady(1)],
    ['kube_pod_owner', { ...labels, owner_kind: 'ReplicaSet', owner_name: replicaset }, steady(1)],
    [
      'kube_replicaset_owner',
      { ...state, namespace, replicaset, owner_kind: 'Deployment', owner_name: workload },
      steady(1),
    ],
    ...['Running', 'Pending', 'Failed', 'Succeeded', 'Unknown'].map((phase): Row => [
      'kube_pod_status_phase',
      { ...labels, phase },
      steady(phase === 'Running' ? 1 : 0),
    ]),
    ...['true', 'false', 'unknown'].map((condition): Row => [
      'kube_pod_status_ready',
      { ...labels, condition },
      steady(condition === 'true' ? 1 : 0),
    ]),
    ...each(
      [
        'kube_deployment_metadata_generation',
        'kube_deployment_status_observed_generation',
        'kube_deployment_spec_replicas',
        'kube_deployment_status_replicas_available',
        'kube_deployment_status_replicas_updated',
      ],
      deployment,
      steady(1),
    ),
    ...['app', 'proxy'].flatMap((container): Row[] => [
      ...['kube_pod_container_resource_requests', 'kube_pod_container_resource_limits'].flatMap((name) =>
        ['cpu', 'memory'].map((resource): Row => [
          name,
          { ...labels, container, resource, node: `node-${node}` },
          steady(resource === 'cpu' ? 0.1 : 2 ** 27),
        ]),
      ),
      [
        'container_cpu_usage_seconds_total',
        { ...cadvisor, container, image: 'registry.example.org/app:1' },
        counting(0.05),
      ],
      ...each(
        [
          'container_memory_working_set_bytes',
          'container_memory_rss',
          'container_memory_cache',
          'container_memory_swap',
        ],
        { ...cadvisor, container, image: 'registry.example.org/app:1' },
        steady(2 ** 26),
      ),
      ...each(
        ['container_cpu_cfs_periods_total', 'container_cpu_cfs_throttled_periods_total'],
        { ...cadvisor, container },
        counting(0.1),
      ),
    ]),
  ];
}
