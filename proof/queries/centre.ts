import { queryFrontendCredentials } from '../../components/thanos/query-frontend';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { roles } from '../../components/thanos/roles';
import { dashboardLabel } from '../../components/grafana/dashboards';
import type { Cluster, KubernetesObject } from '../../tools/kubernetes/cluster';
import { UserError } from '../../tools/command-line';
import { Failure } from '../failure';
import { QueryClient } from '../samples/query-client';
import { askedDashboard, type AskedDashboard } from './dashboard';
import { defaultDatasource, type Datasource } from './datasource';

interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

interface Prometheus extends KubernetesObject {
  spec: { externalLabels?: Record<string, string> };
}

const { queryFrontend } = roles;

const textsIn = (maps: readonly ConfigMap[]) => maps.flatMap(({ data }) => Object.values(data ?? {}));

/**
 * The dashboards that a central cluster shows, by their titles.
 *
 * @throws Failure when two have one title: rows of the list could not tell them apart
 */
export async function deployedDashboards(central: Cluster): Promise<AskedDashboard[]> {
  const selector = `${dashboardLabel.name}=${dashboardLabel.value}`;
  const maps = await central.list<ConfigMap>(['configmaps'], undefined, selector);
  const all = textsIn(maps)
    .map(askedDashboard)
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const twice = all.filter(({ title }, i) => title === all[i - 1]?.title);
  if (twice.length > 0) throw new Failure(`two dashboards: ${twice.map(({ title }) => title).join(', ')}`);
  if (all.length === 0) throw new UserError(`${central.access.server} has no dashboards (${selector})`);
  return all;
}

/** How the centre's Grafana asks. */
export const deployedDatasource = async (central: Cluster): Promise<Datasource> =>
  defaultDatasource(
    textsIn(await central.list<ConfigMap>(['configmaps'], monitoringNamespace, 'grafana_datasource=1')),
  );

/** The label `cluster` of the centre's own samples. */
export async function labelOf(central: Cluster): Promise<string> {
  const servers = await central.list<Prometheus>(['prometheuses.monitoring.coreos.com'], monitoringNamespace);
  const label = servers[0]?.spec.externalLabels?.['cluster'];
  if (label === undefined) throw new UserError(`${central.access.server} has no Prometheus with a cluster`);
  return label;
}

/** Asks as people and Grafana do, with Grafana's own password, while `use` runs. */
export async function asGrafana<T>(central: Cluster, use: (query: QueryClient) => Promise<T>): Promise<T> {
  const { secretName, userKey, passwordKey } = queryFrontendCredentials;
  const values = await central.secret(secretName, monitoringNamespace);
  const login = { user: values[userKey] ?? '', password: values[passwordKey] ?? '' };
  return central.forwarded(
    `service/${queryFrontend.service}`,
    queryFrontend.ports.http,
    monitoringNamespace,
    async (address) => {
      const client = new QueryClient(address, login);
      try {
        return await use(client);
      } finally {
        client.close();
      }
    },
  );
}
