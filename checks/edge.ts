import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';
import { edgeCapacity, type PlannedEdge } from './capacity';
import { edgeRules } from './edge-rules';
import { acceptable, type Verdict } from './verdict';

/**
 * What an edge's configuration contradicts.
 *
 * @param planned what the central stack plans for it; undefined: only what contradicts itself is found, and
 *   no accepted key is called needless, since it may be needed for what cannot be seen
 */
export function edgeVerdict(config: EdgeConfig, planned: PlannedEdge | undefined): Verdict {
  const found: Violation[] = [...edgeRules(config), ...(planned ? edgeCapacity(config, planned) : [])];
  const { violations, warnings } = acceptable(found, 'acceptedRisks', config.acceptedRisks);
  return { violations, warnings: planned ? warnings : [] };
}
