import { monitoringNamespace } from '../../components/foundation/namespaces';
import { credentials } from '../../contract/central';
import { Cluster } from '../../tools/kubernetes/cluster';
import type { ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { QueryClient } from '../samples/query-client';
import { eventually } from '../eventually';
import { answer, edgeQuery } from './edge-query';
import { outputs } from './pulumi';
import { stopIfInterrupted } from './run';

/** Seconds within which an edge's first samples are to be there: its pods start, scrape and write. */
const patience = 300;

/** Port of query-frontend's HTTP API. */
const queryPort = 9090;

/**
 * Asks query-frontend, with its password, for the targets of an edge, until there are some.
 *
 * @returns the query and its answer, for people
 * @throws Failure when there is no sample in time
 */
export async function samplesOf(edge: string, central: string, access: ClusterAccess): Promise<string> {
  const login = credentials.parse((await outputs(central, true))['queryCredentials']);
  const cluster = new Cluster(access.kubeconfig);
  const query = edgeQuery(edge);
  const found = await eventually(patience, async () => {
    stopIfInterrupted();
    const samples = await cluster.forwarded(
      'service/thanos-query-frontend',
      queryPort,
      monitoringNamespace,
      async (address) => {
        const client = new QueryClient(address, login);
        try {
          return await client.instant(query);
        } finally {
          client.close();
        }
      },
    );
    if (samples.length === 0) throw new Error(`no sample of ${edge}: ${query} is empty`);
    return samples;
  });
  return answer(query, found);
}
