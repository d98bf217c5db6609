import {
  allWell,
  judged,
  span,
  together,
  unknown,
  well,
  wrong,
  type Finding,
  type Observation,
} from '../finding';

/** A series of an instant query's answer. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export type Samples = Observation<Sample[]>;

const of = (samples: readonly Sample[], label: string, value: string) =>
  samples.find(({ labels }) => labels[label] === value)?.value;

/** Whether an edge's newest sample is young. @param most seconds */
export const edgeIsFresh =
  (edge: string, most: number) =>
  ({ ages }: { ages: Samples }): Finding =>
    judged(ages, (seen) => {
      const age = of(seen, 'cluster', edge);
      const fix = `docs/runbooks/EdgeSilent.md; npm run doctor -- --stack ${edge} asks the edge itself.`;
      if (age === undefined) return wrong('no sample for an hour', fix);
      const said = `the newest sample is ${span(Math.max(0, age))} old`;
      return age > most ? wrong(said, fix) : well(said);
    });

/** Whether each of an edge's agents has sent nearly all that it has scraped. @param most seconds */
export const edgeSends =
  (edge: string, most: number) =>
  ({ lags }: { lags: Samples }): Finding =>
    judged(lags, (seen) => {
      const own = seen.filter(({ labels }) => labels['cluster'] === edge);
      if (own.length === 0) {
        return unknown({
          why: 'its agents have told nothing of their queues for 5 minutes',
          fix: `Ask the edge itself: npm run doctor -- --stack ${edge}.`,
        });
      }
      return allWell(
        own
          .filter(({ value }) => value > most)
          .map(({ labels, value }) => `${labels['pod'] ?? 'an agent'} sends ${span(value)} late`),
        `${own.length} agents send at most ${span(Math.max(0, ...own.map(({ value }) => value)))} late`,
        'docs/runbooks/EdgeRemoteWriteBehind.md',
      );
    });

/** What a part that uploads blocks has told: Unix times. */
export interface UploadsSeen {
  now: Date;
  /** Of the last upload; 0: none since the start. */
  uploads: Samples;
  /** Of the start of the process. */
  starts: Samples;
}

/**
 * Whether each pod of a part has uploaded its last block.
 *
 * @param job the part's label `job`
 * @param pods that must upload
 * @param due seconds after which a block must have been uploaded
 */
export const uploaded =
  (job: string, pods: readonly string[], due: number) =>
  ({ now, uploads, starts }: UploadsSeen): Finding =>
    judged(uploads, (seen) =>
      judged(starts, (started) =>
        together(
          pods.map((pod) => {
            const last = seen.find(({ labels }) => labels['job'] === job && labels['pod'] === pod)?.value;
            const start = started.find(({ labels }) => labels['job'] === job && labels['pod'] === pod)?.value;
            const fix = 'docs/runbooks/ThanosNoUpload.md';
            if (last === undefined || start === undefined) {
              return unknown({ why: `Prometheus has nothing of ${pod}`, fix: 'Look at its targets.' });
            }
            const age = now.getTime() / 1000 - Math.max(last, start);
            if (age > due) return wrong(`${pod} has uploaded nothing for ${span(age)}`, fix);
            return well(
              last === 0 ? `${pod}: none in the ${span(age)} since its start` : `${pod} ${span(age)} ago`,
            );
          }),
        ),
      ),
    );

export interface CompactorSeen {
  now: Date;
  halted: Samples;
  /** Rounds that ended within 12 hours. */
  rounds: Samples;
  todo: Samples;
  starts: Samples;
}

const aRound = 12 * 3600;

/** Whether the Compactor works and keeps up, as the alerts about it ask. */
export const compacts =
  (job: string) =>
  ({ now, halted, rounds, todo, starts }: CompactorSeen): Finding =>
    judged(halted, (stopped) =>
      judged(rounds, (ended) =>
        judged(starts, (started) => {
          const own = of(stopped, 'job', job);
          if (own === undefined) {
            return unknown({
              why: `Prometheus has nothing of ${job}`,
              fix: 'Look at its pod and its targets.',
            });
          }
          if (own === 1) {
            return wrong(
              'it has halted: a block that it cannot merge stops all its work',
              'docs/runbooks/ThanosCompactHalted.md',
            );
          }
          const runs = now.getTime() / 1000 - (of(started, 'job', job) ?? 0);
          const count = Math.round(of(ended, 'job', job) ?? 0);
          if (count === 0 && runs > aRound) {
            return wrong(`it has ended no round in ${span(aRound)}`, 'docs/runbooks/ThanosCompactSlow.md');
          }
          const left = 'value' in todo ? of(todo.value, 'job', job) : undefined;
          return well(
            `${count} rounds in ${span(aRound)}; ${left ?? 'an unknown number of'} compactions to do`,
          );
        }),
      ),
    );
