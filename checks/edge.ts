import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';
import { edgeVolumes, type LastOutputs } from '../contract/deployed-state';
import { edgeCapacity, type PlannedEdge } from './capacity';
import { edgeClaimants } from './claimants';
import { edgeRules } from './edge-rules';
import { acceptable, together, type Verdict } from './verdict';
import { unknownVolumes, volumeStepViolations } from './volume-steps';

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

/**
 * What an edge's configuration may not change from what is deployed.
 *
 * @param last undefined when the stack was never deployed
 */
export function edgeStepsVerdict(last: LastOutputs | undefined, next: EdgeConfig): Verdict {
  const { cluster } = next;
  const found = volumeStepViolations(last?.deployed, {
    cluster,
    sizes: edgeVolumes(next),
    claimants: edgeClaimants(next),
  });
  return together(acceptable(found, 'acceptedSteps', next.acceptedSteps), {
    violations: [],
    warnings: unknownVolumes(last),
  });
}
