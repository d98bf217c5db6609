import { newestSampleAge } from './edges';
import { rateRange, type RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';

/**
 * What the agents say of their own sending. It arrives by the way that it reports on: of an agent that sends
 * nothing only its partner, which scrapes it too, can tell. Then silence speaks (edges.ts), and what Receive
 * answers (edge-answers.ts).
 */
export const edgeRemoteWrite = (facts: RuleFacts): RuleGroup => {
  const { centre, outage, namespace, prometheus } = facts;
  const edges = `cluster!="${centre}"`;
  const sent = `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${edges}}`;
  const log = `${edges},namespace="${namespace}",persistentvolumeclaim=~"prom-agent-.*"`;
  return {
    name: 'edge-remote-write',
    evaluator: 'ruler',
    interval: '1m',
    rules: [
      {
        alert: 'EdgeRemoteWriteBehind',
        // Against the moment of the scrape, so it is right however late it arrives; and against what was
        // sent, since the queue's `highest_timestamp` is what it has read, and a full queue stops reading
        // (docs/outage.md). 0 is "nothing sent yet". Two minutes are four scrapes; ten of them are no restart
        // and no short peak.
        expr: `max by (cluster, pod) (timestamp(${sent}) - ${sent} and ${sent} > 0) > 120`,
        for: '10m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} of {{ $labels.cluster }} sends {{ $value | humanizeDuration }} late',
          description: `It scrapes more than it can send. Nothing is lost while it is less than ${outage.toString()} behind and is not restarted.`,
        },
      },
      {
        alert: 'EdgeRemoteWriteFailing',
        // Failed is refused for good: such a sample is not tried again. A hundredth is no single bad batch.
        expr: `sum by (cluster, pod) (rate(prometheus_remote_storage_samples_failed_total{${edges}}[${rateRange}]))
> 0.01 *
sum by (cluster, pod) (rate(prometheus_remote_storage_samples_total{${edges}}[${rateRange}]))`,
        for: '10m',
        labels: { severity: 'critical' },
        annotations: {
          summary:
            '{{ $labels.pod }} of {{ $labels.cluster }} loses {{ $value | humanize }} samples a second',
          description:
            'Receive refuses them with an answer that is not tried again (400, 409, 413). The log of the agent names it.',
        },
      },
      {
        alert: 'EdgeSamplesDropped',
        // `dropped_series` is what agent.keepMetrics leaves out on purpose.
        expr: `sum by (cluster, pod, reason) (increase(prometheus_remote_storage_samples_dropped_total{${edges},reason!="dropped_series"}[1h])) > 0`,
        labels: { severity: 'warning' },
        annotations: {
          summary:
            '{{ $labels.pod }} of {{ $labels.cluster }} dropped {{ $value | humanize }} samples within an hour',
          description:
            'The agent gave them up before sending: {{ $labels.reason }}. They are nowhere else but with its partner.',
        },
      },
      {
        alert: 'EdgeAgentRestarted',
        // An agent that was started while its edge was further behind than a healthy one ever is. Ten
        // minutes, since the news of it arrives with the first samples after the reconnection.
        expr: `time() - max by (cluster, pod) (process_start_time_seconds{${edges},job="${prometheus.job}",container="prometheus"})
< on (cluster) group_left ()
(max by (cluster) (max_over_time(${newestSampleAge}[10m])) > 120)`,
        // Long enough to be read: what it tells is over in ten minutes, and what it means is not.
        keep_firing_for: '1h',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} of {{ $labels.cluster }} was restarted while it held unsent samples',
          description:
            'An agent forgets its backlog when it restarts. If the other agent ran on, it has everything; if both are named here, samples are lost.',
        },
      },
      {
        alert: 'EdgeLogVolumeFilling',
        // The log grows until it is truncated, and its volume is sized for the top of that; so neither growth
        // alone says anything nor a level that every period reaches. Two hours are enough to act, and less
        // than any truncation period.
        expr: `min by (cluster, persistentvolumeclaim) (predict_linear(kubelet_volume_stats_available_bytes{${log}}[1h], 2 * 3600)) < 0
and
min by (cluster, persistentvolumeclaim) (kubelet_volume_stats_available_bytes{${log}} / kubelet_volume_stats_capacity_bytes{${log}}) < 0.15`,
        for: '10m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.persistentvolumeclaim }} of {{ $labels.cluster }} is full within two hours',
          description:
            'The log of an agent: when its volume is full the agent scrapes into nothing. The edge has more series than it was sized for.',
        },
      },
      {
        alert: 'EdgeLogWritesFailing',
        expr: `sum by (cluster, pod) (increase(prometheus_tsdb_wal_writes_failed_total{${edges},job="${prometheus.job}"}[${rateRange}])) > 0`,
        for: '2m',
        labels: { severity: 'critical' },
        annotations: {
          summary: '{{ $labels.pod }} of {{ $labels.cluster }} cannot write its log',
          description:
            'What it scrapes is lost, unless its partner writes: the volume is full, read-only or broken.',
        },
      },
    ],
  };
};
