import { stringify } from 'yaml';
import type { Duration } from '../../config/units';

/** The datasource's unique name in Grafana; dashboards of the chart and our own refer to it. */
export const datasourceUid = 'prometheus';

/** Environment variables of Grafana's container; datasources name them, and Grafana fills them in. */
export const userVariable = 'THANOS_QUERY_USER';
export const passwordVariable = 'THANOS_QUERY_PASSWORD';

/**
 * Lets Query take whatever resolution is there. Without it a query may only read downsampled data of a fifth
 * of its step: six hours 40 days ago, whose raw samples are deleted, then read as "No data" until somebody
 * zooms out far enough. With it query-frontend asks again, coarser, when an answer is empty (Thanos v0.42.4,
 * internal/cortex/querier/queryrange and pkg/queryfrontend/downsampled.go: for `auto` alone).
 */
const customQueryParameters = 'max_source_resolution=auto';

export interface DatasourcesArgs {
  /** Query-frontend inside the cluster. */
  queryUrl: string;
  /** Alertmanager inside the cluster: its silences and alerts in Grafana. */
  alertmanagerUrl: string;
  /** The shortest step that is worth a query. */
  scrapeInterval: Duration;
}

/**
 * Grafana's provisioning file: the datasource "Thanos Query", the default, and Alertmanager, which the chart
 * leaves out together with its own default. It holds the names of the variables with user and password, not
 * their values.
 */
export const datasourcesFile = ({ queryUrl, alertmanagerUrl, scrapeInterval }: DatasourcesArgs): string =>
  stringify({
    apiVersion: 1,
    datasources: [
      {
        name: 'Thanos Query',
        uid: datasourceUid,
        type: 'prometheus',
        access: 'proxy',
        url: queryUrl,
        isDefault: true,
        editable: false,
        basicAuth: true,
        basicAuthUser: `$${userVariable}`,
        secureJsonData: { basicAuthPassword: `$${passwordVariable}` },
        jsonData: {
          httpMethod: 'POST',
          timeInterval: scrapeInterval.toString(),
          prometheusType: 'Thanos',
          customQueryParameters,
        },
      },
      {
        name: 'Alertmanager',
        uid: 'alertmanager',
        type: 'alertmanager',
        access: 'proxy',
        url: alertmanagerUrl,
        editable: false,
        jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
      },
    ],
  });
