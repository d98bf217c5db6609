import { z } from 'zod';
import { probeJobs } from '../../../components/blackbox-exporter/exporter';
import { chartJobs } from '../../../components/prometheus-stack/addresses';
import { roles } from '../../../components/thanos/roles';
import { remembered } from '../../../observability/rules/probes';
import type { Sample } from '../checks/samples';
import type { Stores } from '../checks/stores';
import { observe } from '../observe';
import { patience } from './cluster';
import type { Asked } from './forwarded';

const answer = z.object({
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

/** An instant query for a vector, by Prometheus' HTTP API. */
export async function instant({ get }: Asked, query: string): Promise<Sample[]> {
  const body = await get(`/api/v1/query?${new URLSearchParams({ query }).toString()}`);
  return answer.parse(JSON.parse(body)).data.result.map(({ metric, value: [, value] }) => ({
    labels: metric,
    value: Number(value),
  }));
}

const uploaders = [roles.receive.name, chartJobs.sidecar, roles.ruler.name].join('|');
const compactor = `job="${roles.compactor.name}"`;
const probed = (...jobs: string[]) => `probe_success{job=~"${jobs.join('|')}"}`;

/**
 * What the central Prometheus is asked: it scrapes the parts of Thanos itself, and works when they do not.
 */
export const centreQueries = {
  uploads: `max by (job, pod) (thanos_objstore_bucket_last_successful_upload_time{job=~"${uploaders}"})`,
  starts: `max by (job, pod) (process_start_time_seconds{job=~"${uploaders}|${roles.compactor.name}"})`,
  ringRead: `min by (pod) (thanos_receive_config_last_reload_successful{job="${roles.receiveRouter.name}"})`,
  halted: `max by (job) (thanos_compact_halted{${compactor}})`,
  rounds: `max by (job) (increase(thanos_compact_iterations_total{${compactor}}[12h]))`,
  todo: `max by (job) (thanos_compact_todo_compactions{${compactor}})`,
  probed: `max by (job, edge, host) (${probed(...Object.values(probeJobs))})`,
  namesAnswered: `max by (job, host) (max_over_time(${probed(probeJobs.names)}[${remembered}]))`,
  admitted: `max by (job) (probe_http_status_code{job="${probeJobs.refusal}"})`,
} as const;

const sent = 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds';

/**
 * What Query is asked about the edges. The age is of the agents' own targets, as in the rules; after the
 * look-back of 5 minutes the newest of an hour says it, to the minute. The lag is that of the rules too: 0 is
 * "nothing sent yet".
 *
 * @param centre the label `cluster` of the centre's own samples
 */
export const edgeQueries = (centre: string) => {
  const up = `timestamp(up{cluster!="${centre}",job="${chartJobs.prometheus}"})`;
  const edges = `${sent}{cluster!="${centre}"}`;
  return {
    ages: `time() - (max by (cluster) (${up}) or max by (cluster) (max_over_time(${up}[1h:1m])))`,
    lags: `max by (cluster, pod) (timestamp(${edges}) - ${edges} and ${edges} > 0)`,
  };
};

/** Each query's answer, by its name. One that fails leaves the others. */
export async function ask<Name extends string>(asked: Asked, queries: Readonly<Record<Name, string>>) {
  const answers = await Promise.all(
    Object.entries<string>(queries).map(
      async ([name, query]) =>
        [name, await observe(`query of ${name}`, patience, () => instant(asked, query))] as const,
    ),
  );
  return Object.fromEntries(answers) as Record<Name, (typeof answers)[number][1]>;
}

const storesAnswer = z.object({
  data: z.record(z.string(), z.array(z.object({ name: z.string(), lastError: z.string().nullable() }))),
});

/** Every StoreAPI as Query knows it. */
export async function stores({ get }: Asked): Promise<Stores> {
  return storesAnswer.parse(JSON.parse(await get('/api/v1/stores'))).data;
}
