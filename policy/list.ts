import { clusterRights, tokenUsed } from './policies/accounts';
import { bucketRights } from './policies/bucket';
import { exposedByName } from './policies/exposure';
import { chartPinned, imagePinned, imageRepository } from './policies/images';
import {
  defaultDeny,
  networkFlowBothEnds,
  networkPolicyOfPod,
  networkPolicyPorts,
  networkPolicySelectsPods,
} from './policies/network';
import { namespaceRestricted, podRestricted, resourcesBound, rootReadOnly } from './policies/pods';
import { secretInEnvironment, secretInPlain, secretInValues } from './policies/secrets';
import { disruptionBudget, servingProbed } from './policies/serving';
import { volumeKept, volumeNeverSmaller } from './policies/volumes';
import type { Policy } from './policy';

/** Every policy, in the order of the pages. */
export const policies: readonly Policy[] = [
  imagePinned,
  imageRepository,
  chartPinned,
  podRestricted,
  rootReadOnly,
  resourcesBound,
  namespaceRestricted,
  tokenUsed,
  clusterRights,
  secretInPlain,
  secretInValues,
  secretInEnvironment,
  exposedByName,
  servingProbed,
  disruptionBudget,
  defaultDeny,
  networkPolicyOfPod,
  networkPolicySelectsPods,
  networkPolicyPorts,
  networkFlowBothEnds,
  bucketRights,
  volumeKept,
  volumeNeverSmaller,
];
