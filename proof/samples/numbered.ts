import type { TimeSeries } from './write-request';

/**
 * Metric of the numbered samples. A sample's value is its number, and every number is given to each of the
 * series `series="0"`, `series="1"` and so on, so that what arrives can be counted exactly.
 */
export const numberedMetric = 'numbered_sample';

/** Values of the label `series`, for so many series. */
export const seriesNames = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

/** One number, as a page that Prometheus scrapes. */
export const numberedPage = (number: number | string, series: number): string =>
  [
    `# TYPE ${numberedMetric} gauge`,
    ...seriesNames(series).map((name) => `${numberedMetric}{series="${name}"} ${number}`),
    '',
  ].join('\n');

/** One number, as the series of a remote-write request; `labels` come on top of `series`. */
export const numberedSeries = (
  { number, timestamp }: { number: number; timestamp: number },
  series: number,
  labels: Readonly<Record<string, string>>,
): TimeSeries[] =>
  seriesNames(series).map((name) => ({
    labels: { ...labels, __name__: numberedMetric, series: name },
    samples: [{ value: number, timestamp }],
  }));
