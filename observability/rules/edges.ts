import type { Duration } from '../../config/units';
import type { AlertingRule, RuleGroup } from './rule-group';

/** How long an edge may be silent before somebody is woken: three times an agent's retry and restart. */
const silence = '10m';

/**
 * One dead-man alert for each edge of the list. An alert over "all clusters that send" forgets a cluster as
 * soon as it stops; `absent` with the name written out does not, and also fires for an edge that never sent.
 *
 * @param outage how long the edge's agents keep what they could not send; named in the alert
 */
export const edgeRules = (
  edges: readonly string[],
  outage: Duration,
): RuleGroup & { rules: AlertingRule[] } => ({
  name: 'edges',
  evaluator: 'ruler',
  rules: edges.map((edge) => ({
    alert: 'EdgeSilent',
    expr: `absent(up{cluster="${edge}"})`,
    for: silence,
    labels: { severity: 'critical', edge },
    annotations: {
      summary: `No samples from ${edge} for ${silence}`,
      description:
        `The edge is down, cut off, or refused (certificate, limits). Its agents keep ${outage.toString()} of samples; ` +
        'after that samples are lost.',
    },
  })),
});
