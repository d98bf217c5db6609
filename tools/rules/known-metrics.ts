/** A metric that rules and dashboards may read, and how it is known that a program has it. */
export interface KnownMetric {
  name: string;
  /** `run`: seen in a run. `source`: found in the source of what is deployed. */
  how: 'run' | 'source';
  /** The jobs that have it, or the program and its file. */
  where: string;
}

/**
 * Reads the recorded list, `tests/rules/metrics.tsv`.
 *
 * @throws Error for a line of another form
 */
export function knownMetrics(text: string): KnownMetric[] {
  return lines(text).map((line) => {
    const [name = '', how, where = ''] = line.split('\t');
    if ((how !== 'run' && how !== 'source') || where === '') {
      throw new Error(
        `tests/rules/metrics.tsv: "${line}": name, run or source, and where, with tabs between`,
      );
    }
    return { name, how, where };
  });
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

/**
 * The list with what a run has shown: the metrics that are read, those that were seen with their jobs, the
 * others as they were known. What nothing reads any more is left out.
 *
 * @param seen the jobs that have each metric
 */
export function recorded(
  text: string,
  read: readonly string[],
  seen: ReadonlyMap<string, readonly string[]>,
): string {
  const head = text.split('\n').filter((line) => line.startsWith('#'));
  const before = new Map(knownMetrics(text).map((metric) => [metric.name, metric]));
  const now = [...new Set(read)].sort().flatMap((name): KnownMetric[] => {
    const jobs = seen.get(name);
    if (jobs) return [{ name, how: 'run', where: [...jobs].sort().join(', ') }];
    const known = before.get(name);
    return known ? [known] : [];
  });
  return [...head, ...now.map(({ name, how, where }) => [name, how, where].join('\t')), ''].join('\n');
}
