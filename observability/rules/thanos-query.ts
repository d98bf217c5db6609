import { ingestorsNeeded, rateRange, type Part, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';
import { answering, noQuorum } from './thanos-parts';

/**
 * Whether Query knows every StoreAPI that the stack deploys.
 *
 * One that fails its health check is no longer asked, without an error: answers are then wrong and nobody is
 * told. When it is the ingestors, every edge looks silent; so that alert comes first and explains the others.
 */
export const thanosQuery = (facts: RuleFacts): RuleGroup => {
  const { query } = facts;
  return {
    name: 'thanos-query',
    evaluator: 'prometheus',
    rules: [
      {
        alert: 'ThanosQueryStoreMissing',
        // So many that some samples have no copy left that Query can ask. Ingestors that do not answer
        // Prometheus either are ThanosReceiveNoQuorum's.
        expr: `${known(facts, 'receive')} < ${ingestorsNeeded(facts) + facts.receive.replicas - facts.receive.ring}
unless on ()
${noQuorum(facts)}`,
        // Longer than Query needs to find an ingestor that was replaced: 30 s, and 30 s of DNS.
        for: '2m',
        labels: { severity: 'critical', store_type: 'receive', explains: 'edges' },
        annotations: {
          summary:
            '{{ $labels.pod }} knows {{ $value }} of ' + `${facts.receive.replicas} ingestors, which are up`,
          description:
            'Queries and rules find no new samples of edges, and report no error. The edges are not silent.',
        },
      },
      ...(
        [
          ['sidecar', facts.sidecar, "the centre's own samples"],
          ['receive', facts.receive, 'some of the newest samples of edges'],
          ['store', facts.store, 'what only the bucket has'],
          ...(facts.ruler ? [['rule', facts.ruler, 'what rules have recorded'] as const] : []),
        ] as const
      ).map(([type, part, lacks]) => missing(facts, type, part, lacks)),
      {
        alert: 'ThanosQueryEndpointsUnresolved',
        expr: `sum by (pod) (rate(thanos_query_endpoints_dns_failures_total{job="${query.job}"}[${rateRange}]))
> 0.1 *
sum by (pod) (rate(thanos_query_endpoints_dns_lookups_total{job="${query.job}"}[${rateRange}]))`,
        for: '10m',
        labels: { severity: 'warning' },
        annotations: {
          summary: '{{ $labels.pod }} cannot resolve the names of its StoreAPIs',
          description: 'It goes on with the addresses it knows, and loses each pod that gets a new one.',
        },
      },
    ],
  };
};

/** StoreAPIs of a type by pod of Query; 0 rather than nothing when it knows none. */
const known = ({ query }: RuleFacts, type: string) =>
  `(sum by (pod) (thanos_store_nodes_grpc_connections{job="${query.job}",store_type="${type}"}) or sum by (pod) (up{job="${query.job}"} == 1) * 0)`;

const missing = (facts: RuleFacts, type: string, part: Part, lacks: string): AlertingRule => ({
  alert: 'ThanosQueryStoreMissing',
  // Pods that do not answer Prometheus either are ThanosReplicaMissing's or ThanosDown's.
  expr: `${known(facts, type)} < ${part.replicas}
unless on ()
${answering(part)} < ${part.replicas}`,
  for: '15m',
  labels: { severity: 'warning', store_type: type },
  annotations: {
    summary: `{{ $labels.pod }} knows {{ $value }} of ${part.replicas} ${part.job}, which are up`,
    description: `Queries lack ${lacks}, and report no error.`,
  },
});
