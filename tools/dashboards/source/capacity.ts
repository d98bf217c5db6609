import { headSeries, plannedBucketGrowth, plannedMemory } from '../../../observability/rules/plan';
import type { DashboardSpec, Row } from '../dashboard';
import { runbook, to } from '../links';
import { rising } from '../panel';
import { barsPanel, curvePanel } from '../panels';
import { chosen, chosenTenant, job, ours } from '../queries';
import { volumes } from './capacity-volumes';

const pods = `${chosen},${ours},container!=""`;
const working = (by: string) => `max by (${by}) (container_memory_working_set_bytes{${pods}})`;
const memoryLimit = (by: string) =>
  `max by (${by}) (kube_pod_container_resource_limits{${pods},resource="memory"})`;
const cpuLimit = `max by (cluster, pod, container) (kube_pod_container_resource_limits{${pods},resource="cpu"})`;

const memory: Row = {
  title: 'Memory and processors: what each part uses of its limit',
  panels: [
    curvePanel(
      {
        title: 'Which containers come near their memory?',
        description:
          'Working set against the limit, the ten highest. At 100 % the kernel kills it. Go programs stay below 90 % as long as they can.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.9, 0.95),
        links: [runbook('MemoryNearLimit')],
        width: 12,
      },
      [
        {
          expr: `topk(10, ${working('cluster, pod, container')} / ${memoryLimit('cluster, pod, container')})`,
          legend: '{{cluster}} {{pod}} {{container}}',
        },
      ],
    ),
    curvePanel(
      {
        title: 'Which containers need all of their processors?',
        description: 'Used against the limit, the ten highest. Above 80 % it is slowed down again and again.',
        unit: 'percentunit',
        min: 0,
        thresholds: rising(0.8, 0.95),
        links: [to('kubernetes-cluster', 'The whole cluster')],
        width: 12,
      },
      [
        {
          expr: `topk(10, max by (cluster, pod, container) (rate(container_cpu_usage_seconds_total{${pods}}[$__rate_interval])) / ${cpuLimit})`,
          legend: '{{cluster}} {{pod}} {{container}}',
        },
      ],
    ),
    barsPanel(
      {
        title: 'What do the centre’s parts take of what was planned?',
        description:
          'Working set of the largest pod against the model of capacity/. Above 100 % the plan is wrong: more series, or more tenants, than configured.',
        unit: 'percentunit',
        min: 0,
        max: 1.5,
        decimals: 0,
        thresholds: rising(1, 1.3),
        links: [runbook('MemoryNearLimit'), to('edge', 'Who sends more')],
        width: 12,
      },
      [
        {
          expr: `${working('container')} / on (container) max by (container) (${plannedMemory}{${chosen}})`,
          legend: '{{container}}',
        },
      ],
    ),
    barsPanel(
      {
        title: 'Which edges have more series than they may?',
        description: 'Series in the heads against the limit of each edge. At 100 % all it sends is refused.',
        unit: 'percentunit',
        min: 0,
        max: 1,
        decimals: 0,
        thresholds: rising(0.6, 0.8),
        links: [runbook('EdgeSeriesNearLimit'), to('edge', 'The edge')],
        width: 12,
      },
      [
        {
          expr: `max by (tenant) (${headSeries}{${chosenTenant}}) / max by (tenant) (thanos_receive_head_series_limit{${job.router},${chosenTenant}})`,
          legend: '{{tenant}}',
        },
      ],
    ),
  ],
};

const bucket: Row = {
  title: 'Bucket: what comes in against the plan',
  panels: [
    curvePanel(
      {
        title: 'How much comes into the bucket in a day?',
        description:
          'Bytes that Receive, the sidecars and the Ruler have uploaded within a day, and what the model of capacity/ says. The size of the bucket itself is in no metric of Thanos: the object store knows it.',
        unit: 'bytes',
        min: 0,
        links: [to('thanos', 'Storage')],
        width: 12,
      },
      [
        {
          expr: `sum(increase(thanos_objstore_bucket_operation_transferred_bytes_sum{${job.uploaders},operation="upload"}[1d]))`,
          legend: 'uploaded',
        },
        { expr: `max(${plannedBucketGrowth})`, legend: 'planned' },
      ],
    ),
    curvePanel(
      {
        title: 'How many samples does it take for that?',
        description:
          'Samples a second: of the edges, by all of their agents, and of the centre’s Prometheus.',
        unit: 'cps',
        min: 0,
        links: [to('fleet', 'By cluster')],
        width: 12,
      },
      [
        {
          expr: `sum(rate(thanos_receive_write_samples_sum{${job.router},${chosenTenant},code="200"}[$__rate_interval]))`,
          legend: 'edges',
        },
        {
          expr: `sum(rate(prometheus_tsdb_head_samples_appended_total{${job.prometheus},${chosen}}[$__rate_interval]))`,
          legend: 'centre',
        },
      ],
    ),
  ],
};

/** For who plans: what runs out first, and when. */
export const capacity: DashboardSpec = {
  name: 'capacity',
  title: 'Capacity',
  description: 'What each part uses of its limit and of its plan, and in how many days something is full.',
  from: 'now-7d',
  rows: [memory, volumes, bucket],
};
