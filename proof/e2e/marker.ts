import type { Platform } from './platform';
import type { TimeSeries } from '../samples/write-request';

/** A name that no cluster has. */
export const forgedName = 'evil';

/** The series that this run writes; its sender claims to be another cluster. */
export const marker = ({ run }: Platform, timestamp = Date.now()): TimeSeries => ({
  labels: { __name__: 'e2e_forged', job: 'e2e', run, cluster: forgedName },
  samples: [{ value: 1, timestamp }],
});

/** Finds the series, whatever became of the forged label. */
export const markerSelector = ({ run }: Platform): string => `e2e_forged{run="${run}"}`;
