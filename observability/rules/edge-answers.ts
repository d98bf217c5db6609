import { rateRange, ringPods, type EdgeFacts, type RuleFacts } from './facts';
import { headSeriesOf } from './head-series';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * What Receive counts by tenant as the certificate says it. Its `http_requests_total` has a label of that
 * name too, but takes it from a header, which no agent sends: there all are `default-tenant` (Thanos
 * v0.42.4, pkg/extprom/http/instrument_tenant_server.go).
 */
export const byTenant = {
  /** Requests that were decoded, with the label `code`: neither 429 nor 413 are among them. */
  answered: 'thanos_receive_write_samples_count',
  /** Answered with 429. */
  limited: 'thanos_receive_head_series_limited_requests_total',
  /** Answered with 413. */
  tooLarge: 'thanos_receive_write_limits_hit_count',
} as const;

/**
 * What Receive answers to each edge, evaluated where it is scraped: it also works when no sample of an edge
 * gets through. The tenant is the edge; as label `cluster` it groups with the edge's other alerts.
 */
export const edgeAnswers = (facts: RuleFacts): RuleGroup => {
  const { outage, receive, receiveRouter, edges } = facts;
  const router = `job="${receiveRouter.job}"`;
  const perSecond = (selector: string) => `sum by (tenant) (rate(${selector}[${rateRange}]))`;
  const tooLarge = `${byTenant.tooLarge}{${router}}`;
  const cluster = '{{ $labels.tenant }}';
  return {
    name: 'edge-answers',
    evaluator: 'prometheus',
    growsWithEdges: true,
    rules: [
      {
        alert: 'EdgeLimited',
        // Above its limit of series all of an edge's requests get 429. The agents try again, so five minutes
        // lose nothing.
        expr: `${perSecond(`${byTenant.limited}{${router}}`)} > 0`,
        for: '5m',
        labels: { severity: 'critical', cluster, explains: 'edge' },
        annotations: {
          summary: 'Receive limits {{ $labels.tenant }}: its samples are not taken',
          description: `It has more series than its limit (429). Its agents keep ${outage.toString()} of samples and try again.`,
        },
      },
      {
        alert: 'EdgeRequestsTooLarge',
        // No agent of ours sends a request that large, and agents drop what is answered with 413: each one is
        // a loss. The counter begins with the first, of which no rate tells.
        expr: `${perSecond(tooLarge)} > 0
or
sum by (tenant) (
${tooLarge} unless ${tooLarge} offset ${rateRange}
and on (pod) up{${router}} offset ${rateRange} == 1
) > 0`,
        for: '1m',
        labels: { severity: 'critical', cluster },
        annotations: {
          summary: '{{ $labels.tenant }} sends requests larger than its limits, and loses their samples',
          description:
            'Receive answers 413, which agents do not try again. Somebody changed the batch size or the limits.',
        },
      },
      {
        alert: 'EdgeSamplesRefused',
        // A few follow every reconnection: both agents send the same time. A hundredth for ten minutes is no
        // echo.
        expr: `${perSecond(`${byTenant.answered}{${router},code="409"}`)}
> 0.01 *
${perSecond(`${byTenant.answered}{${router}}`)}`,
        for: '10m',
        labels: { severity: 'warning', cluster },
        annotations: {
          summary: 'Receive refuses samples of {{ $labels.tenant }} as too old or in conflict (409)',
          description: `What is older than the window of ${outage.toString()} and half an hour is lost, and so is a second value for the same moment.`,
        },
      },
      {
        alert: 'EdgeClockAhead',
        // Receive refuses from 5 minutes on; a minute is beyond what NTP ever leaves.
        expr: `max by (tenant) (prometheus_tsdb_head_max_time{job="${receive.job}",tenant!=""}) / 1000 - time() > 60`,
        for: '5m',
        labels: { severity: 'warning', cluster },
        annotations: {
          summary:
            "Samples of {{ $labels.tenant }} are {{ $value | humanizeDuration }} ahead of the centre's clock",
          description: 'From 5 minutes on Receive refuses them. Until then queries for "now" show the past.',
        },
      },
      ...edges.map((edge) => seriesNearLimit(facts, edge)),
    ],
  };
};

/** At four fifths somebody still has time: twice what an edge declares is its limit. */
const limitShare = 0.8;

/** By the sum that Receive itself compares with the limit. */
const seriesNearLimit = (facts: RuleFacts, { name, seriesLimit }: EdgeFacts): AlertingRule => {
  const { job, replicationFactor: copies } = facts.receive;
  const series = headSeriesOf({ job, pods: ringPods(facts), copies, tenant: `tenant="${name}"` });
  return {
    alert: 'EdgeSeriesNearLimit',
    expr: `${series} > ${Math.floor(limitShare * seriesLimit)}`,
    for: '30m',
    labels: { severity: 'warning', cluster: '{{ $labels.tenant }}', edge: name },
    annotations: {
      summary: `{{ $labels.tenant }} has {{ $value | humanize }} series of at most ${seriesLimit}`,
      description: 'Above the limit Receive refuses everything of this edge (429), not only what is new.',
    },
  };
};
