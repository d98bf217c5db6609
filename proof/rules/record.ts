import { readFileSync, writeFileSync } from 'node:fs';
import { monitoringNamespace } from '../../components/foundation/namespaces';
import { roles } from '../../components/thanos/roles';
import { metricsOfDashboards } from '../../tools/dashboards/committed';
import { metricNames } from '../../tools/keep-list/metric-names';
import { Cluster } from '../../tools/kubernetes/cluster';
import { knownMetrics, recorded } from '../../tools/rules/known-metrics';
import type { RenderedAlerting } from '../../tools/rules/rendered';
import { QueryClient } from '../samples/query-client';
import { metricsFile } from './lint';

/**
 * Asks a deployed central cluster which of the metrics that our rules and dashboards read it has, and of
 * which jobs, and writes them into the recorded list.
 *
 * @returns what was found, for people
 */
export async function record(kubeconfig: string, all: readonly RenderedAlerting[]): Promise<string> {
  const rules = all.flatMap(({ groups }) => groups).flatMap((group) => group.rules);
  const made = new Set(rules.flatMap(({ record: name }) => name ?? []));
  const names = [...rules.flatMap(({ expr }) => metricNames(expr).names), ...metricsOfDashboards()];
  const read = [...new Set(names)].filter((name) => !made.has(name));
  const seen = await seenBy(new Cluster(kubeconfig), read);
  const before = readFileSync(metricsFile, 'utf8');
  writeFileSync(metricsFile, recorded(before, read, seen));
  const known = new Set(knownMetrics(before).map(({ name }) => name));
  const unknown = read.filter((name) => !seen.has(name) && !known.has(name));
  return [
    `${seen.size} of ${read.length} metrics seen; the others stand as they were known before`,
    ...unknown.map((name) => `neither seen nor known before: ${name}`),
  ].join('\n');
}

const seenBy = (central: Cluster, names: readonly string[]): Promise<Map<string, string[]>> =>
  central.forwarded(
    `service/${roles.query.service}`,
    roles.query.ports.http,
    monitoringNamespace,
    async (address) => {
      const query = new QueryClient(address);
      try {
        const seen = new Map<string, string[]>();
        for (const name of names) {
          const jobs = await query.instant(`count by (job) (last_over_time(${name}[1h]))`);
          if (jobs.length > 0)
            seen.set(
              name,
              jobs.map(({ metric }) => metric['job'] ?? '(no job)'),
            );
        }
        return seen;
      } finally {
        query.close();
      }
    },
  );
