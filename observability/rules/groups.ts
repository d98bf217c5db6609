import type { CentralConfig } from '../../config/central';
import { edgeRules } from './edges';
import type { RuleGroup } from './rule-group';

/**
 * Every group of rules of ours; `evaluator` of each says who evaluates it. A further one is a file in this
 * folder and a line here; the metrics that the Ruler reads of every edge go into `edge-metrics.ts`.
 */
export const ruleGroups = ({ edges, outage }: Pick<CentralConfig, 'edges' | 'outage'>): RuleGroup[] => [
  edgeRules(
    edges.map(({ name }) => name),
    outage,
  ),
];
