import type { types } from '../foundation/kubernetes';
import { metadata, type ThanosArgs } from './metadata';
import type { Role } from './roles';

/**
 * A budget that lets one pod of a role be evicted at a time, so that draining nodes in a row keeps the others
 * serving. It counts `maxUnavailable`, because a `minAvailable` of 1 would block the drain of a single
 * replica for ever; and pods that are not ready may always go, because a broken one would block it as well.
 */
export const disruptionBudget = (
  role: Role,
  args: ThanosArgs,
): types.input.policy.v1.PodDisruptionBudget => ({
  metadata: metadata(role, args),
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: { ...role.selector } },
  },
});
