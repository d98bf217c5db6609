import type { CentralConfig, StepKey } from '../config/central';
import type { Violation } from '../config/errors';
import { Duration } from '../config/units';
import { drainTime } from '../capacity/outage';
import { retention, ringOf, volumes, type LastOutputs } from '../contract/deployed-state';
import { claimants } from './claimants';
import { volumeStepViolations } from './volume-steps';

/** Blocks of releases before the key `receive.blockDuration`, and its default. */
const usualBlock = '2h';

type StepViolation = Violation & { key: StepKey };

/**
 * Every change that would lose samples or that the cluster cannot make, between what is deployed and what is
 * configured, accepted or not.
 *
 * @param last undefined when the stack was never deployed
 */
export function stepViolations(
  last: LastOutputs | undefined,
  next: CentralConfig,
  now: Date,
): StepViolation[] {
  if (!last) return [];
  return [
    ...receiveViolations(last.receive, next.receive, now),
    ...volumeStepViolations(last.deployed, {
      cluster: next.cluster,
      sizes: volumes(next),
      claimants: claimants({ ...next, receive: { ...next.receive, replicas: deployedOf(next, last) } }),
    }),
    ...bucketViolations(last.bucket, next),
    ...retentionViolations(last.deployed, next),
  ];
}

/** How many ingestors have claims by now: more are made by `pulumi up`, with the new size. */
const deployedOf = ({ receive }: CentralConfig, last: LastOutputs): number =>
  Math.min(receive.replicas, last.receive?.replicas ?? receive.replicas);

function receiveViolations(
  last: LastOutputs['receive'],
  { replicas }: CentralConfig['receive'],
  now: Date,
): StepViolation[] {
  if (!last || replicas >= last.replicas) return [];
  const drain = drainTime(Duration.parse(last.blockDuration ?? usualBlock));
  const key = 'receive.replicas';
  const found = String(replicas);
  if (replicas < ringOf(last)) {
    return [
      {
        key,
        found,
        allowed: `at least ${ringOf(last)}, the deployed receive.ring: routers still write to those ingestors`,
        fix:
          `First set receive.ring: ${replicas} with receive.replicas: ${last.replicas} and run pulumi up; ` +
          `${drain.toString()} later lower receive.replicas.`,
      },
    ];
  }
  const drained = last.ringShrunkAt && new Date(Date.parse(last.ringShrunkAt) + drain.seconds * 1000);
  if (!drained || drained <= now) return [];
  return [
    {
      key,
      found,
      allowed: `at least ${last.replicas} until ${drained.toISOString()}, ${drain.toString()} after receive.ring was lowered`,
      fix:
        `Set receive.replicas: ${last.replicas} with receive.ring: ${ringOf(last)} until then: ` +
        'the ingestors that left the ring have not uploaded everything yet.',
    },
  ];
}

function bucketViolations(last: string | undefined, { objectStore }: CentralConfig): StepViolation[] {
  if (last === undefined || last === objectStore.bucket) return [];
  return [
    {
      key: 'objectStore.bucket',
      found: objectStore.bucket,
      allowed: `${last}, the deployed one: queries would no longer find the blocks in it`,
      fix: 'Set it back, or copy the blocks first and say so in acceptedSteps.',
    },
  ];
}

function retentionViolations(last: LastOutputs['deployed'], next: CentralConfig): StepViolation[] {
  return Object.entries(retention(next)).flatMap(([name, time]) => {
    const key = name as StepKey;
    const before = last?.retention?.[key];
    if (before === undefined || time.seconds >= Duration.parse(before).seconds) return [];
    return [
      {
        key,
        found: time.toString(),
        allowed: `at least ${before}, as deployed: the Compactor would delete what is older, for ever`,
        fix: 'Set it back, or say in acceptedSteps why it may go.',
      },
    ];
  });
}
