import { Duration } from '../../config/units';
import { ingestorsNeeded, ringPods, thanosParts, type Part, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * Number of a part's pods that answer their scrape; 0 rather than nothing when none does. By the port of
 * Thanos itself: the operator's reloader beside the Ruler has the same job.
 */
export const answering = ({ job }: Pick<Part, 'job'>, pods?: string): string =>
  `(count(up{job="${job}",endpoint="http"${pods === undefined ? '' : `,pod=~"${pods}"`}} == 1) or vector(0))`;

/**
 * For an expression of pods: not in the ten minutes after they were started. A first deployment starts
 * evaluators and Alertmanagers at once, and what is evaluated before an Alertmanager answers is dropped.
 */
export const notAtItsStart = (own: string): string =>
  `and on (pod) time() - max by (pod) (process_start_time_seconds{${own}}) > 600`;

/** Whether so few ingestors answer that writes are refused; for `unless` of what follows from it. */
export const noQuorum = (facts: RuleFacts): string =>
  `${answering(facts.receive, ringPods(facts))} < ${ingestorsNeeded(facts)}`;

/** What stops when no pod of a part answers. */
const parts: readonly {
  part: 'query' | 'queryFrontend' | 'receiveRouter' | 'sidecar' | 'store' | 'compactor' | 'ruler';
  severity: 'critical' | 'warning';
  stops: string;
  explains?: 'edges';
}[] = [
  { part: 'query', severity: 'critical', stops: 'Nobody can query, and the Ruler evaluates nothing.' },
  { part: 'queryFrontend', severity: 'critical', stops: 'Grafana and people get no answer; rules still do.' },
  {
    part: 'receiveRouter',
    severity: 'critical',
    stops: 'No edge can write. Their agents keep what they scrape for `outage`.',
    explains: 'edges',
  },
  {
    part: 'sidecar',
    severity: 'critical',
    stops: "Queries lack the centre's own samples, and none of its blocks is uploaded.",
  },
  {
    part: 'store',
    severity: 'critical',
    stops: 'Queries lack everything older than what Receive and Prometheus hold.',
  },
  // Nothing is lost or slow before days have passed.
  { part: 'compactor', severity: 'warning', stops: 'Blocks pile up in the bucket, and none is deleted.' },
  {
    part: 'ruler',
    severity: 'critical',
    stops: 'No rule over all clusters is evaluated: nobody watches the edges.',
  },
];

/**
 * How long nothing may answer until a person is told. Where a second pod should have: three minutes, six
 * scrapes of 30 s, longer than a pod of a Deployment takes to move. Where one restart suffices, as each
 * update makes: six, in which the only pod is back. What explains the silence of edges must fire before any
 * alert of theirs, of which the first comes after eight (EdgeSamplesLate).
 */
const downFor = (oneRestartSuffices: boolean): string => (oneRestartSuffices ? '6m' : '3m');

/**
 * How long what stopped the edges goes on explaining their silence: until they have sent what they kept, the
 * oldest first. Seen on the lab: ingestors that stood still for seven minutes answered again, and the edge
 * was told as silent meanwhile.
 */
const untilCaughtUp = '5m';

/**
 * Whether each part of Thanos is there, evaluated by the Prometheus that scrapes them: it needs none of them.
 *
 * `count … or vector(0)`: a part whose pods are gone has no series at all.
 */
export const thanosPresence = (facts: RuleFacts): RuleGroup => {
  const replicated = thanosParts(facts).filter(({ replicas }) => replicas > 1);
  return {
    name: 'thanos-parts',
    evaluator: 'prometheus',
    rules: [
      ...parts.flatMap(({ part, severity, stops, explains }): AlertingRule[] => {
        const deployed = facts[part];
        if (!deployed) return [];
        return [
          {
            alert: 'ThanosDown',
            expr: `${answering(deployed)} == 0`,
            for: downFor(deployed.replicas === 1),
            ...(explains && { keep_firing_for: untilCaughtUp }),
            labels: { severity, part: deployed.job, ...(explains && { explains }) },
            annotations: { summary: `No pod of ${deployed.job} answers`, description: stops },
          },
        ];
      }),
      {
        alert: 'ThanosReceiveNoQuorum',
        expr: noQuorum(facts),
        for: downFor(ingestorsNeeded(facts) === facts.receive.ring),
        keep_firing_for: untilCaughtUp,
        labels: { severity: 'critical', explains: 'edges' },
        annotations: {
          summary: `{{ $value }} ingestors answer; writes need ${ingestorsNeeded(facts)} of ${facts.receive.ring}`,
          description: `Edges get 503 and keep what they scrape for ${facts.outage.toString()}; queries lack their newest samples.`,
        },
      },
      ...replicated.map((part): AlertingRule => ({
        alert: 'ThanosReplicaMissing',
        // None at all is ThanosDown's, or the quorum's.
        expr: `0 < ${answering(part)} < ${part.replicas}${part === facts.receive ? `\nunless\n${noQuorum(facts)}` : ''}`,
        // Longer than an update takes for a pod: the slowest, an ingestor, uploads for up to 15 minutes and
        // reads its log.
        for: part === facts.receive ? Duration.parse('15m').plus(facts.receive.startup).toString() : '30m',
        labels: { severity: 'warning', part: part.job },
        annotations: {
          summary: `{{ $value }} of ${part.replicas} pods of ${part.job} answer`,
          description: 'The others carry on. The next that fails may be the one too many.',
        },
      })),
    ],
  };
};
