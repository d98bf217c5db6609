import * as pulumi from '@pulumi/pulumi';
import { stringify } from 'yaml';
import type { CentralConfig } from '../../config/central';
import { Duration } from '../../config/units';
import { serviceHost, srvAddress } from '../foundation/dns';
import * as k8s from '../foundation/kubernetes';
import { configMapMount } from '../foundation/pod';
import type { StoreEndpoint } from '../foundation/references';
import { disruptionBudget } from './disruption-budget';
import { metadata, type ThanosArgs } from './metadata';
import { roles } from './roles';
import { service } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, deployment } from './workload';

const { query } = roles;

const endpoints = {
  configMap: 'thanos-query-endpoints',
  key: 'endpoints.yaml',
  path: '/etc/thanos/endpoints',
};

/** Interval at which the endpoints are read again, as with the hashring; Thanos' default is 5 minutes. */
const endpointsRefresh = Duration.parse('1m');

/** Longest time of a query: Thanos' default, written out because `storeResponseTimeout` follows from it. */
const timeout = Duration.parse('2m');

/** A StoreAPI that sends nothing for half the timeout costs its data and a warning, not the whole answer. */
const storeResponseTimeout = timeout.times(0.5);

/** Thanos' own defaults: what one replica of 1 to 2 GiB holds in memory at a time. */
const concurrency = { queries: 20, selectsPerQuery: 4 };

export interface QueryArgs extends ThanosArgs, Pick<CentralConfig['query'], 'replicas' | 'resources'> {
  /** Every StoreAPI that is asked. */
  endpoints: StoreEndpoint[];
  /** Labels that only tell copies of one series apart. */
  replicaLabels: string[];
}

/** The file of StoreAPIs. Each replica behind an address is asked; as a `group`, only one would be. */
export const endpointsFile = (stores: StoreEndpoint[]): string =>
  stringify({ endpoints: stores.map(({ address }) => ({ address })) });

/** Arguments of Query. */
export const queryArguments = (replicaLabels: string[]): string[] => [
  'query',
  ...commonFlags,
  `--http-address=0.0.0.0:${query.ports.http}`,
  `--endpoint.sd-config-file=${endpoints.path}/${endpoints.key}`,
  `--endpoint.sd-config-reload-interval=${endpointsRefresh.toString()}`,
  ...replicaLabels.map((label) => `--query.replica-label=${label}`),
  // Downsampled data for who asks for no resolution, up to a fifth of the step: wide ranges are fast. What is
  // older than the raw retention is found at any zoom by who asks for `max_source_resolution=auto`, as our
  // Grafana does (components/grafana/datasources.ts); rates over less than two of its points are not.
  '--query.auto-downsampling',
  `--query.timeout=${timeout.toString()}`,
  `--query.max-concurrent=${concurrency.queries}`,
  `--query.max-concurrent-select=${concurrency.selectsPerQuery}`,
  `--store.response-timeout=${storeResponseTimeout.toString()}`,
];

/** Query's HTTP API in Thanos' notation. A function, since the Ruler needs it before Query exists. */
export const queryHttpSrv = (args: ThanosArgs): string => srvAddress(query.service, 'http', args);

/**
 * Thanos Query: one PromQL over Prometheus, Receive, Store and Ruler, each series once. Without it there are
 * no dashboards and the Ruler evaluates nothing. It asks nobody for a password, so it is reached from inside
 * alone.
 */
export class Query extends pulumi.ComponentResource {
  readonly url: string;

  constructor(name: string, args: QueryArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:Query', name, {}, opts);
    const child = { parent: this };

    const file = new k8s.core.v1.ConfigMap(
      endpoints.configMap,
      {
        metadata: metadata(query, args, endpoints.configMap),
        data: { [endpoints.key]: endpointsFile(args.endpoints) },
      },
      child,
    );
    new k8s.apps.v1.Deployment(
      query.name,
      deployment(query, args, {
        args: queryArguments(args.replicaLabels),
        resources: args.resources,
        // No hash of it in the template: Query reads changed endpoints from the file.
        mounts: [configMapMount('endpoints', endpoints.path, file.metadata.name)],
      }),
      child,
    );
    new k8s.core.v1.Service(query.service, service(query, args), child);
    new k8s.policy.v1.PodDisruptionBudget(query.name, disruptionBudget(query, args), child);
    new k8s.CustomResource(query.name, serviceMonitor(query, args), child);

    this.url = `http://${serviceHost(query.service, args)}:${query.ports.http}`;
    this.registerOutputs({});
  }
}
