import type { RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * Two alerts that always fire, one through each evaluator, for two checks outside that call when one stops:
 * all of the way from the rule to the receiver is then proved every minute, Query and Ruler included.
 */
export const watchdogs = ({ centre, ruler }: RuleFacts): RuleGroup[] => {
  const watchdog = (evaluator: RuleGroup['evaluator'], way: string): AlertingRule => ({
    alert: 'Watchdog',
    expr: 'vector(1)',
    labels: { severity: 'none', evaluator, cluster: centre },
    annotations: {
      summary: `Alerts of ${way} reach Alertmanager`,
      description: 'This alert always fires. When it does not arrive outside, no other does either.',
    },
  });
  const prometheusOnly: RuleGroup = {
    name: 'watchdog-prometheus',
    evaluator: 'prometheus',
    rules: [watchdog('prometheus', 'the central Prometheus')],
  };
  const throughQuery: RuleGroup = {
    name: 'watchdog-ruler',
    evaluator: 'ruler',
    interval: '1m',
    rules: [watchdog('ruler', 'Query and the Ruler')],
  };
  return ruler ? [prometheusOnly, throughQuery] : [prometheusOnly];
};
