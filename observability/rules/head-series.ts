/** Whose series are counted. */
export interface HeadSeriesOf {
  /** The label `job` of the ingestors. */
  job: string;
  /** Names of the ring's pods, as a regular expression. */
  pods: string;
  /** Copies of each sample in the ring. */
  copies: number;
  /** As a matcher; default: every tenant. */
  tenant?: string;
}

/**
 * PromQL for the series of each tenant, each counted once: what the ring's ingestors hold, divided by how
 * many of them hold each sample. By it Receive limits an edge, and so what warns of that, and what is drawn,
 * ask the same.
 *
 * Ingestors outside the ring are not counted: a pod that is taken out holds copies of what the others have
 * now. `max_over_time` bridges a restart and a missed scrape, and by pod, so that its new address is not
 * counted twice.
 */
export const headSeriesOf = ({ job, pods, copies, tenant = 'tenant!=""' }: HeadSeriesOf): string =>
  `sum by (tenant) (max by (tenant, pod) (max_over_time(prometheus_tsdb_head_series{job="${job}",pod=~"${pods}",${tenant}}[5m]))) / ${copies}`;
