import type { RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';

/** Targets that are up, by cluster and job. */
const upTargets = 'cluster_job:up:sum';

/** Jobs of the cluster itself without which its Kubernetes rules are blind. */
const vital = ['apiserver', 'kubelet', 'kube-state-metrics', 'node-exporter'];

/** Other jobs of the chart; the control plane's are there where `controlPlane` says so. */
const others = ['coredns', 'kube-controller-manager', 'kube-scheduler', 'kube-etcd', 'kube-proxy'];

/**
 * Seconds that a node's clock may be off from the agent's: a scrape takes up to ten, since its timeout is
 * that, and Receive refuses what is five minutes ahead (`--tsdb.too-far-in-future.time-window`).
 */
const clockTolerance = 15;

/**
 * Targets and clocks of every cluster, the centre's too.
 *
 * What was there within a day and is gone, all of it: the chart's own alerts for that (KubeAPIDown and the
 * like) ask `absent(up{job=…})`, which over a fleet is true only when every cluster has lost it. A cluster
 * that is silent as a whole is not meant. A job that was taken away on purpose is told for a day: silence it.
 *
 * The sums wait a minute (`query_offset`): over samples that are still under way they would dip.
 */
export const targets = ({ centre, prometheus }: RuleFacts): RuleGroup[] => {
  const gone = (jobs: readonly string[], severity: 'critical' | 'warning') =>
    ({
      alert: 'TargetsGone',
      expr: `(max_over_time(${upTargets}{job=~"${jobs.join('|')}"}[1d]) > 0)
unless on (cluster, job)
(${upTargets} > 0)
and on (cluster)
count by (cluster) (${upTargets} > 0)`,
      for: '5m',
      labels: { severity },
      annotations: {
        summary: 'No target of {{ $labels.job }} is up in {{ $labels.cluster }}',
        description:
          'Within the last day there were {{ $value }}; now all are down or not even found, while the cluster goes on sending. Every rule and panel over them is blind.',
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
      name: 'targets',
      evaluator: 'ruler',
      interval: '1m',
      rules: [
        gone(vital, 'critical'),
        gone([...others, prometheus.job], 'warning'),
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
