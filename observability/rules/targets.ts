import { oneOf, type RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';

/** Targets that are up, by cluster and job. */
const upTargets = 'cluster_job:up:sum';
const upTargetsOfWeek = 'cluster_job:up:sum_max7d';

/** Jobs of the cluster itself without which its Kubernetes rules are blind. */
const vital = ['apiserver', 'kubelet', 'kube-state-metrics', 'node-exporter'];

/** Clusters of which anything is up. */
const sending = `count by (cluster) (${upTargets} > 0)`;

/** Other jobs of the chart; the control plane's are there where `controlPlane` says so. */
const others = ['coredns', 'kube-controller-manager', 'kube-scheduler', 'kube-etcd', 'kube-proxy'];

/**
 * Seconds that a node's clock may be off from the agent's: a scrape takes up to ten, since its timeout is
 * that, and Receive refuses what is five minutes ahead (`--tsdb.too-far-in-future.time-window`).
 */
const clockTolerance = 15;

/**
 * Targets and clocks of every cluster, the centre's too. The chart's own alerts for vanished targets
 * (KubeAPIDown and the like) ask `absent(up{job=…})`, which over a fleet is true only when every cluster has
 * lost them. A cluster that is silent as a whole is not meant.
 *
 * The vital ones every cluster has, from its first sample to its last. Of the others nobody knows here which
 * a cluster has, so what was there within a week and is gone is told, for that week: one that was taken away
 * on purpose is to be silenced.
 *
 * The sums wait a minute (`query_offset`): over samples that are still under way they would dip.
 */
export const targets = ({ centre, prometheus }: RuleFacts): RuleGroup[] => {
  const gone = (severity: 'critical' | 'warning', expected: string, description: string) =>
    ({
      alert: 'TargetsGone',
      expr: `(
${expected}
)
unless on (cluster, job)
(${upTargets} > 0)`,
      // As the chart's own: a first deployment may take as long to pull its images.
      for: '15m',
      labels: { severity },
      annotations: {
        summary: 'No target of {{ $labels.job }} is up in {{ $labels.cluster }}',
        description: `${description} Every rule and panel over them is blind.`,
      },
    }) as const;
  return [
    {
      name: 'targets-up',
      evaluator: 'ruler',
      interval: '1m',
      query_offset: '1m',
      rules: [{ record: upTargets, expr: 'sum by (cluster, job) (up)' }],
    },
    {
      // Some eighty chunks for each series of a week: asked for every ten minutes, not every minute.
      name: 'targets-memory',
      evaluator: 'ruler',
      interval: '10m',
      rules: [
        {
          record: upTargetsOfWeek,
          expr: `max_over_time(${upTargets}{job=~"${oneOf([...others, prometheus.job])}"}[7d])`,
        },
      ],
    },
    {
      name: 'targets',
      evaluator: 'ruler',
      interval: '1m',
      rules: [
        gone(
          'critical',
          vital.map((job) => `label_replace(${sending}, "job", "${job}", "", "")`).join('\nor\n'),
          'All are down or not even found, while the cluster goes on sending.',
        ),
        gone(
          'warning',
          `max by (cluster, job) (last_over_time(${upTargetsOfWeek}[1h])) > 0\nand on (cluster)\n${sending}`,
          'Within the last week there were {{ $value }}; now all are down or not even found, while the cluster goes on sending.',
        ),
        {
          alert: 'NodeClockOff',
          // node_time_seconds is the node's clock at the scrape, its timestamp the agent's.
          expr: `abs(node_time_seconds - timestamp(node_time_seconds)) > ${clockTolerance}`,
          for: '10m',
          labels: { severity: 'warning' },
          annotations: {
            summary:
              'The clock of {{ $labels.instance }} in {{ $labels.cluster }} is off by {{ $value | humanizeDuration }}',
            description: `Off from the clock of the node that scrapes it. When that is an agent's node of an edge, Receive refuses what is 5 minutes ahead of ${centre}.`,
          },
        },
      ],
    },
  ];
};
