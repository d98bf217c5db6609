import type { CentralConfig } from '../config/central';
import type { LastOutputs } from '../contract/deployed-state';
import { centralCapacity } from './capacity';
import { centralRules, unwatchedEdges } from './central-rules';
import { openPods } from './network-policies';
import { unreachableStore } from './object-store';
import { stepViolations } from './steps';
import { unknownVolumes } from './volume-steps';
import { acceptable, refused, together, type Verdict } from './verdict';

/**
 * What a central configuration contradicts by itself: keys against each other, and sizes against what the
 * edges declare.
 */
export const centralVerdict = (config: CentralConfig): Verdict =>
  together(
    refused(centralRules(config)),
    acceptable(
      [
        ...centralCapacity(config),
        ...unwatchedEdges(config),
        ...unreachableStore(config),
        ...openPods(config.networkPolicies, 'Query, Prometheus and the ingestors'),
      ],
      'acceptedRisks',
      config.acceptedRisks,
    ),
  );

/**
 * What a central configuration may not change from what is deployed.
 *
 * @param last undefined when the stack was never deployed
 */
export const stepsVerdict = (last: LastOutputs | undefined, next: CentralConfig, now: Date): Verdict =>
  together(acceptable(stepViolations(last, next, now), 'acceptedSteps', next.acceptedSteps), {
    violations: [],
    warnings: unknownVolumes(last),
  });
