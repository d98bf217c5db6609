import { rateRange, type RuleFacts } from './facts';
import type { RuleGroup } from './rule-group';

/**
 * What the routers read while they run: the ring and the limits from files, the series of each edge from
 * Prometheus. On an error they keep what they had, so nothing breaks at once and nobody would notice.
 */
export const thanosReceive = (facts: RuleFacts): RuleGroup => {
  const { receiveRouter } = facts;
  const router = `job="${receiveRouter.job}"`;
  return {
    name: 'thanos-receive',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'ThanosReceiveRingNotRead',
        expr: `min by (pod) (thanos_receive_config_last_reload_successful{${router}}) == 0
or
sum by (pod) (increase(thanos_receive_hashrings_file_errors_total{${router}}[${rateRange}])) > 0`,
        for: '5m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} cannot read the ring of ingestors',
          description: 'It goes on with the ring it has, and does not start again when it is restarted.',
        },
      },
      {
        alert: 'ThanosReceiveLimitsNotRead',
        // A quarter of an hour: the file is read when it changes, so there is one error and then nothing
        // more.
        expr: `sum by (pod) (increase(thanos_receive_limits_config_reload_err_total{${router}}[15m])) > 0`,
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} cannot read its limits',
          description: 'It goes on with the limits it has. A new edge has the defaults meanwhile.',
        },
      },
      {
        alert: 'ThanosReceiveSeriesUncounted',
        // Asked every 15 s; a restart of Prometheus is over within a quarter of an hour.
        expr: `sum by (pod) (increase(thanos_receive_metamonitoring_failed_queries_total{${router}}[${rateRange}])) > 0`,
        for: '15m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} does not know how many series the edges have',
          description:
            'Prometheus does not answer its query. The last answer stays; a router that starts meanwhile has no limit of series.',
        },
      },
    ],
  };
};
