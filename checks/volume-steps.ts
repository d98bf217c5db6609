import type { Violation } from '../config/errors';
import { Quantity } from '../config/units';
import type { Deployed, LastOutputs } from '../contract/deployed-state';
import type { Claimant } from './claimants';
import { growthViolations, type Reached } from './volume-growth';

/** The volumes of a stack, as they are configured. */
export interface ConfiguredVolumes<Key extends string> {
  cluster: Reached & { storageClass: string };
  /** By the key of their size. */
  sizes: Partial<Record<Key, Quantity>>;
  claimants: Partial<Record<Key, Claimant>>;
}

/**
 * Every change of volumes that the cluster cannot make, or only by stopping every pod at once. What counts is
 * the size that is deployed, not the one that is written.
 */
export const volumeStepViolations = <Key extends string>(
  last: Deployed | undefined,
  next: ConfiguredVolumes<Key>,
): (Violation & { key: Key | 'cluster.storageClass' })[] => [
  ...storageClassViolations(last, next.cluster),
  ...shrinkViolations(last, next.sizes),
  ...growthViolations(last, next.sizes, next),
];

/** Says that nothing can be compared, since a deployed volume of unknown size lets every change pass. */
export const unknownVolumes = (last: LastOutputs | undefined): string[] =>
  last && !last.deployed
    ? [
        'The last outputs of this stack do not say how large its volumes are: an earlier release deployed it. ' +
          'Change no volume and no cluster.storageClass before pulumi up has run once with this one.',
      ]
    : [];

function storageClassViolations(
  last: Deployed | undefined,
  { storageClass }: { storageClass: string },
): (Violation & { key: 'cluster.storageClass' })[] {
  if (!last || last.storageClass === storageClass) return [];
  return [
    {
      key: 'cluster.storageClass',
      found: storageClass,
      allowed: `${last.storageClass}, the deployed one: a claim keeps its class`,
      fix: 'Set it back, or move the claims first (docs/operating.md, Volumes).',
    },
  ];
}

function shrinkViolations<Key extends string>(
  last: Deployed | undefined,
  sizes: Partial<Record<Key, Quantity>>,
): (Violation & { key: Key })[] {
  return Object.keys(sizes).flatMap((name) => {
    const key = name as Key;
    const [before, size] = [last?.volumes[key], sizes[key]];
    if (before === undefined || !size || size.bytes >= Quantity.parse(before).bytes) return [];
    return [
      {
        key,
        found: size.kubernetes,
        allowed: `at least ${before}, the deployed size: Kubernetes never makes a volume smaller`,
        fix: 'Set it back, or move the data first (docs/operating.md, Volumes).',
      },
    ];
  });
}
