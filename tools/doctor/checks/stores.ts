import { judged, together, well, wrong, type Finding, type Observation } from '../finding';

/** A StoreAPI as Query knows it. */
export interface Store {
  name: string;
  lastError: string | null;
}

/** By Query's own kinds: sidecar, receive, store, rule. */
export type Stores = Readonly<Record<string, readonly Store[]>>;

/** Whether Query asks every StoreAPI of the stack, and each answers it. */
export const storesKnown =
  (wanted: Readonly<Record<string, number>>) =>
  ({ stores }: { stores: Observation<Stores> }): Finding =>
    judged(stores, (seen) =>
      together([
        ...Object.entries(wanted).map(([kind, count]) => counted(kind, count, seen[kind] ?? [])),
        ...Object.values(seen)
          .flat()
          .filter(({ lastError }) => lastError !== null && lastError !== '')
          .map(({ name, lastError }) =>
            wrong(
              `${name} does not answer: ${lastError ?? ''}`,
              'Look at this pod, then at the network policies.',
            ),
          ),
      ]),
    );

const counted = (kind: string, count: number, stores: readonly Store[]): Finding =>
  stores.length === count
    ? well(`${count} ${kind}`)
    : wrong(
        `Query knows ${stores.length} of ${count} ${kind}`,
        'What the others hold is missing from every answer: docs/runbooks/ThanosQueryStoreMissing.md.',
      );
