import { Quantity } from '../../../config/units';
import { littleLeft } from '../../../observability/rules/capacity';
import { allWell, judged, type Finding, type Observation } from '../finding';
import type { Claim, VolumeUse } from '../objects';

/** The volumes of a workload. */
export interface Volumes {
  /** The configuration key of their size. */
  key: string;
  size: Quantity;
  /** Names of the claims. */
  claims: readonly string[];
}

/** Whether each claim is bound and has the size that is configured. */
export const claimsAsConfigured =
  (volumes: readonly Volumes[]) =>
  ({ claims }: { claims: Observation<Claim[]> }): Finding =>
    judged(claims, (seen) => {
      const faults = volumes.flatMap(({ key, size, claims: names }) =>
        names.flatMap((name) => {
          const claim = seen.find(({ metadata }) => metadata.name === name);
          if (!claim) return [`there is no claim ${name}`];
          if (claim.status.phase !== 'Bound') return [`${name} is ${claim.status.phase}`];
          const has = claim.status.capacity.storage;
          return has !== undefined && holds(has, size)
            ? []
            : [`${name} has ${has ?? 'no size'}, ${key} is ${size.kubernetes}`];
        }),
      );
      const count = volumes.flatMap(({ claims: names }) => names).length;
      return allWell(
        faults,
        `${count} claims are bound, each with its configured size`,
        'A StatefulSet never changes its claims: docs/operating.md, Volumes.',
      );
    });

/** Storage often gives a little more than is asked for. */
const holds = (has: string, size: Quantity) => Quantity.parse(has).bytes >= size.bytes;

/** As the critical VolumeFilling, which also asks whether it grows: a doctor is not there for an hour. */
const nearlyFull = 1 - littleLeft;

/** How full each volume is. */
export const volumesHaveRoom = ({ volumeUse }: { volumeUse: Observation<VolumeUse[]> }): Finding =>
  judged(volumeUse, (seen) => {
    if (seen.length === 0) {
      return {
        status: 'unknown',
        found: 'the kubelets tell of no volume',
        fix: 'Its driver reports no sizes, or no pod has mounted one yet: look with df in the pods.',
      };
    }
    const shares = seen
      .map(({ claim, capacity, available }) => ({ claim, share: 1 - available / capacity }))
      .sort((a, b) => b.share - a.share);
    const faults = shares
      .filter(({ share }) => share > nearlyFull)
      .map(({ claim, share }) => `${claim} is ${percent(share)} full`);
    const fullest = shares[0];
    return allWell(
      faults,
      `of ${seen.length} volumes the fullest, ${fullest?.claim ?? ''}, is ${percent(fullest?.share ?? 0)} full`,
      'docs/runbooks/VolumeFilling.md',
    );
  });

const percent = (share: number) => `${Math.round(share * 100)} %`;
