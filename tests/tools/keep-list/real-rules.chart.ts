import { prometheusRule, rulesObjects } from '../../../components/prometheus-stack/prometheus-rules';
import { centralValues } from '../../../components/prometheus-stack/central-values';
import { keepMetricsViolations } from '../../../checks/keep-metrics';
import { ruleGroups } from '../../../observability/rules/groups';
import { ruleFacts } from '../../../stacks/rule-facts';
import { rulesOverEdges, type PrometheusRule } from '../../../tools/keep-list/deployed';
import { keepList } from '../../../tools/keep-list/keep-list';
import { metricNames } from '../../../tools/keep-list/metric-names';
import { centralExample } from '../../components/prometheus-stack/example';
import { rulesOfChart } from '../../components/prometheus-stack/helm';
import { centralConfig, edgeConfig } from '../../support/stack-configs';

const place = { namespace: 'monitoring', runbooks: 'docs/runbooks' };
const ours = rulesObjects(ruleGroups(ruleFacts(centralConfig()))).map((object) =>
  prometheusRule(object, place),
);
const rules = rulesOverEdges([...rulesOfChart(centralValues(centralExample)), ...ours] as PrometheusRule[]);
const { metrics, unclear } = keepList(rules, []);
const recorded = new Set(rules.flatMap(({ record }) => record ?? []));

/** Recorded by nobody, and made by whatever evaluates alerting rules. */
const alerts = ['ALERTS', 'ALERTS_FOR_STATE'];

describe('the metrics that an edge must send for what the Ruler evaluates over it, the chart’s rules and ours,', () => {
  it('are all that are told by their names: no rule reads what the list cannot know', () => {
    expect(unclear).toEqual([]);
  });

  it('are those of every rule, but for what other rules record', () => {
    const missing = rules.flatMap(({ source, expr }) =>
      metricNames(expr)
        .names.filter((name) => ![...metrics, ...recorded, ...alerts].includes(name))
        .map((name) => `${source}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('are of targets: what has the name of a recorded metric is recorded by the Ruler, over edges too', () => {
    expect(metrics.filter((name) => name.includes(':'))).toEqual([]);
  });

  it('are more than what our own rules read', () => {
    expect(metrics).toEqual(
      expect.arrayContaining([
        'container_cpu_usage_seconds_total',
        'kube_deployment_spec_replicas',
        'kube_job_status_start_time',
        'kube_pod_container_status_waiting_reason',
        'kube_pod_status_phase',
        'kubelet_node_name',
        'node_filesystem_avail_bytes',
      ]),
    );
  });

  it('are a list that an edge may have', () => {
    const { agent } = edgeConfig({ 'agent.keepMetrics': metrics });
    expect(agent.keepMetrics).toEqual(metrics);
    expect(keepMetricsViolations({ agent })).toEqual([]);
  });
});
