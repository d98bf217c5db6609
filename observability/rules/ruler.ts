import type { CentralConfig } from '../../config/central';
import { edgeRules } from './edges';
import type { RuleGroup } from './rule-group';

/**
 * The groups that Thanos Ruler evaluates over all clusters. A further one is a file in this folder and a line
 * here; the metrics that it reads of every edge go into `edge-metrics.ts`.
 */
export const rulerGroups = ({ edges, outage }: Pick<CentralConfig, 'edges' | 'outage'>): RuleGroup[] => [
  edgeRules(
    edges.map(({ name }) => name),
    outage,
  ),
];
