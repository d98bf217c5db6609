import { stringify } from 'yaml';
import { replicationFactor } from '../../capacity/replication';
import {
  expectedRequest,
  headSeriesLimit,
  requestLimits,
  writeConcurrency,
} from '../../capacity/write-limits';
import type { CentralConfig } from '../../config/central';
import type { Quantity } from '../../config/units';
import { headSeriesOf } from '../../observability/rules/head-series';
import { roles } from './roles';

type Edge = CentralConfig['edges'][number];

/**
 * What Receive asks of the central Prometheus for the series of each tenant.
 *
 * @param ingestors addresses of the ring, whose first label is the pod's name
 */
export const headSeriesQuery = (ingestors: readonly string[]): string =>
  headSeriesOf({
    job: roles.receive.name,
    pods: ingestors.map((address) => address.split('.')[0]).join('|'),
    copies: replicationFactor(ingestors.length),
  });

export interface LimitsArgs extends Pick<CentralConfig, 'edges' | 'edgeDefaults'> {
  /** Where the query of head series goes: a Prometheus that scrapes the ingestors. */
  metaMonitoringUrl: string;
}

/**
 * The limits file of Receive's routers, one tenant for each edge.
 *
 * The defaults are those of an edge that says nothing. No other tenant comes past TLS; but a router may see a
 * new edge before the new file, and must not drop its samples.
 *
 * @param ingestors addresses of the ring
 * @param memory limit of one router
 */
export const limitsFile = (
  { edges, edgeDefaults, metaMonitoringUrl }: LimitsArgs,
  ingestors: readonly string[],
  memory: Quantity,
): string =>
  stringify(
    {
      write: {
        global: {
          max_concurrency: writeConcurrency(memory, expectedRequest(edges)),
          meta_monitoring_url: metaMonitoringUrl,
          meta_monitoring_limit_query: headSeriesQuery(ingestors),
        },
        default: {
          request: requestSection(requestLimits({})),
          head_series_limit: headSeriesLimit(edgeDefaults.series),
        },
        tenants: Object.fromEntries(edges.map((edge) => [edge.name, tenantSection(edge)])),
      },
    },
    { lineWidth: 0 },
  );

const tenantSection = (edge: Edge) => ({
  ...(edge.limits?.request && { request: requestSection(requestLimits(edge)) }),
  head_series_limit: edge.limits?.headSeries ?? headSeriesLimit(edge.series),
});

const requestSection = ({ size, series, samples }: ReturnType<typeof requestLimits>) => ({
  size_bytes_limit: size.bytes,
  series_limit: series,
  samples_limit: samples,
});
