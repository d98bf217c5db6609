import type { RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';

/** What runs out slowly, on every cluster. */
export const capacity = ({ namespace }: RuleFacts): RuleGroup => {
  const memory = `namespace="${namespace}",container!=""`;
  return {
    name: 'capacity',
    evaluator: 'ruler',
    interval: '1m',
    rules: [
      // By growth, and only where little is left: a volume that is half empty has shown nothing in an hour
      // yet.
      volumeFilling({ severity: 'critical', hours: 4, range: '1h', left: littleLeft, for: '15m' }),
      volumeFilling({ severity: 'warning', hours: 96, range: '1d', left: 0.4, for: '1h' }),
      {
        alert: 'MemoryNearLimit',
        // Go programs are told to stay below nine tenths (--enable-auto-gomemlimit), and do; what is above is
        // not theirs to give back.
        expr: `max by (cluster, namespace, pod, container) (container_memory_working_set_bytes{${memory}})
/
max by (cluster, namespace, pod, container) (kube_pod_container_resource_limits{${memory},resource="memory"})
> 0.95`,
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary:
            '{{ $labels.container }} of {{ $labels.pod }} in {{ $labels.cluster }} has {{ $value | humanizePercentage }} of its memory',
          description:
            'At its limit the kernel kills it. What it holds grows with series, queries or blocks.',
        },
      },
    ],
  };
};

/** Share that is left of a volume from which its growth is looked at by the hour. */
export const littleLeft = 0.2;

/** Share that is left of a volume which is as good as full, whether it grows or not. */
const nothingLeft = 0.03;

/** The log volume of the agents is EdgeLogVolumeFilling's: it grows and falls by design. */
const volumeFilling = (of: {
  severity: 'critical' | 'warning';
  hours: number;
  range: string;
  left: number;
  for: string;
}): AlertingRule => {
  const volume = 'persistentvolumeclaim!~"prom-agent-.*"';
  const by = 'min by (cluster, namespace, persistentvolumeclaim)';
  const left = `${by} (kubelet_volume_stats_available_bytes{${volume}} / kubelet_volume_stats_capacity_bytes{${volume}})`;
  return {
    alert: 'VolumeFilling',
    // One that is full grows no more, and would be passed over.
    expr: `${left} < ${of.left}
and
(${by} (predict_linear(kubelet_volume_stats_available_bytes{${volume}}[${of.range}], ${of.hours} * 3600)) < 0 or ${left} < ${nothingLeft})`,
    for: of.for,
    labels: { severity: of.severity },
    annotations: {
      summary: `{{ $labels.persistentvolumeclaim }} in {{ $labels.cluster }} is full, or is within ${of.hours === 96 ? '4 days' : `${of.hours} hours`}`,
      description: '{{ $value | humanizePercentage }} is left (namespace {{ $labels.namespace }}).',
    },
  };
};

/** The centre's Prometheus, which also works when nothing else does. */
export const centralCapacity = ({ prometheus }: RuleFacts): RuleGroup => ({
  name: 'central-capacity',
  evaluator: 'prometheus',
  rules: [
    {
      alert: 'PrometheusRetentionCut',
      // Half: everything older than a few hours is in the bucket too, so a cut loses nothing; but a plan that
      // was wrong by more than that is worth knowing before the volume is.
      expr: `max by (pod) (increase(prometheus_tsdb_size_retentions_total{job="${prometheus.job}"}[1d])) > 0
and on (pod)
time() - max by (pod) (prometheus_tsdb_lowest_timestamp{job="${prometheus.job}"}) / 1000 < ${prometheus.retention.seconds / 2}`,
      for: '1h',
      labels: { severity: 'warning' },
      annotations: {
        summary: `{{ $labels.pod }} keeps less than half of ${prometheus.retention.toString()}`,
        description:
          'prometheus.retentionSize deletes what prometheus.retention would keep. Older samples come from the bucket.',
      },
    },
  ],
});
