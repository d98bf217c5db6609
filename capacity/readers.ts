import { Duration } from '../config/units';
import { ingestor } from './constants';
import { times, type Term } from './need';
import type { Plan } from './plan';

/** What a panel over every series reads of each, in the sum. */
const panelRange = Duration.parse('1h');

/**
 * Memory that readers take of an ingestor of so many series: a panel over every series from each replica of
 * Query, at once. Nothing in Thanos 0.42.4 bounds what a query reads of an ingestor (docs/limits.md, What
 * readers can do), so what fits is said here, and what does not there.
 */
export const readersTerm = (series: number, { query, scrapeInterval }: Plan): Term =>
  times(
    query.replicas,
    `queries at once over ${panelRange.toString()} of every series`,
    series *
      (ingestor.memoryPerSeriesRead +
        (ingestor.memoryPerSampleRead * panelRange.seconds) / scrapeInterval.seconds),
  );
