import type { CentralOutputs } from '../../contract/central';

/** What the shop's team takes from the outputs. */
type Central = Pick<CentralOutputs, 'tenants' | 'planned' | 'queryUrl' | 'grafanaUrl'>;

const selector = { 'app.kubernetes.io/name': 'shop' };

/** The shop is scraped as often as the centre is sized for. */
export const serviceMonitor = ({ planned }: Central) => ({
  selector: { matchLabels: selector },
  endpoints: [{ port: 'metrics', interval: planned.scrapeInterval }],
});

/**
 * One alert for each edge, since without `cluster` an absence in one cluster hides behind the others. The
 * Ruler evaluates it: a PrometheusRule needs no label for that.
 */
export const absenceRules = ({ tenants, queryUrl, grafanaUrl }: Central) => ({
  groups: [
    {
      name: 'shop',
      rules: tenants.map((cluster) => {
        const expr = `absent(up{job="shop", cluster="${cluster}"} == 1)`;
        return {
          alert: 'ShopAbsent',
          expr,
          for: '10m',
          labels: { severity: 'warning', team: 'shop', cluster },
          annotations: {
            summary: `No shop answers in ${cluster}`,
            query: `${queryUrl}/graph?g0.expr=${encodeURIComponent(expr)}`,
            dashboards: grafanaUrl,
          },
        };
      }),
    },
  ],
});

/** Where the shop's own pages lead to; no credential is among it. */
export const addresses = ({ queryUrl, grafanaUrl }: Central) => ({
  QUERY_URL: queryUrl,
  GRAFANA_URL: grafanaUrl,
});
