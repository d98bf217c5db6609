import { parse } from 'yaml';
import { ingestorAddresses } from '../../../components/thanos/receive-ingestor';
import { headSeriesQuery, limitsFile, type LimitsArgs } from '../../../components/thanos/receive-limits';
import { Quantity } from '../../../config/units';
import { quantity, thanos } from './fixtures';

const args = (edges: LimitsArgs['edges']): LimitsArgs => ({
  edges,
  edgeDefaults: { series: 50_000 },
  metaMonitoringUrl: 'http://prometheus.example.org:9090',
});

const file = (edges: LimitsArgs['edges'], ingestors = 1) =>
  parse(limitsFile(args(edges), ingestorAddresses(ingestors, thanos), quantity('1Gi'))) as unknown;

const request = { size_bytes_limit: 8_192_000, series_limit: 11_000, samples_limit: 11_000 };

describe('the limits file', () => {
  it('limits each edge by its own series, and any other as an edge that says nothing', () => {
    expect(
      file([
        { name: 'cluster-02', series: 50_000 },
        { name: 'cluster-03', series: 120_000 },
      ]),
    ).toEqual({
      write: {
        global: {
          max_concurrency: 106,
          meta_monitoring_url: 'http://prometheus.example.org:9090',
          meta_monitoring_limit_query: headSeriesQuery(['thanos-receiver-0.any:10901']),
        },
        default: { request, head_series_limit: 200_000 },
        tenants: {
          'cluster-02': { head_series_limit: 200_000 },
          'cluster-03': { head_series_limit: 480_000 },
        },
      },
    });
  });

  it('takes what an edge says of its limits, and the rest as for the others', () => {
    const limits = { headSeries: 300_000, request: { size: Quantity.parse('16Mi') } };
    expect(file([{ name: 'cluster-02', series: 50_000, limits }])).toMatchObject({
      write: {
        // Fewer requests at once, when one edge says that it sends larger ones.
        global: { max_concurrency: 13 },
        tenants: {
          'cluster-02': {
            head_series_limit: 300_000,
            request: { ...request, size_bytes_limit: 16 * 2 ** 20 },
          },
        },
      },
    });
  });
});

describe('the series of an edge', () => {
  it('are counted once, however often they are stored', () => {
    expect(headSeriesQuery(ingestorAddresses(1, thanos))).toBe(
      'sum by (tenant) (max by (tenant, pod) (max_over_time(prometheus_tsdb_head_series' +
        '{job="thanos-receiver",pod=~"thanos-receiver-0",tenant!=""}[5m]))) / 1',
    );
    expect(headSeriesQuery(ingestorAddresses(2, thanos))).toMatch(/ \/ 2$/);
    expect(headSeriesQuery(ingestorAddresses(5, thanos))).toMatch(/ \/ 3$/);
  });

  it('are counted in the ring alone: an ingestor that has left it holds copies', () => {
    expect(headSeriesQuery(ingestorAddresses(2, thanos))).toContain(
      'pod=~"thanos-receiver-0|thanos-receiver-1"',
    );
  });
});
