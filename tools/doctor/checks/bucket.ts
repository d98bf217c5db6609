import type { BucketRights } from '../../../components/thanos/roles';
import { judged, together, well, wrong, type Finding, type Observation } from '../finding';

/** What a user may do, as the store answered. Whether it may delete cannot be asked without deleting. */
export interface RightsSeen {
  user: string;
  list: boolean;
  read: boolean;
  write: boolean;
  /** How the store refuses the key itself, in S3's words: it has no such user, or another secret of it. */
  refusal?: string;
}

/** Whether each part's own key has the rights that it needs, and not that to write where it only reads. */
export const rightsAsNeeded = (
  needed: Readonly<Record<string, BucketRights>>,
  rights: readonly Observation<RightsSeen>[],
): Finding => {
  const all = together(
    rights.map((seen) =>
      judged(seen, ({ user, refusal, ...has }) => {
        if (refusal !== undefined) {
          return wrong(
            `the store does not take the key of ${user}: ${refusal}`,
            'Run pulumi refresh and pulumi up; with a store of your own, mend the Secret.',
          );
        }
        const writes = needed[user] !== 'read';
        const lacks = (['list', 'read', ...(writes ? (['write'] as const) : [])] as const).filter(
          (one) => !has[one],
        );
        if (lacks.length > 0) {
          return wrong(
            `the key of ${user} may not ${lacks.join(', ')}`,
            'Run pulumi refresh and pulumi up, twice each: a user that was deleted outside comes back without its policy first. ' +
              'With a store of your own, give the key its rights.',
          );
        }
        if (has.write && !writes) {
          return wrong(
            `the key of ${user} may write, and needs to read alone`,
            'Run pulumi refresh, then pulumi up.',
          );
        }
        return well(user);
      }),
    ),
  );
  return all.status === 'well'
    ? well(`the keys of ${all.found.replaceAll('; ', ', ')} have their rights (that to delete is not asked)`)
    : all;
};
