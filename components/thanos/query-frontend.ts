import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { stringify } from 'yaml';
import type { CentralConfig } from '../../config/central';
import type { Duration, Quantity } from '../../config/units';
import { checksumOfSecret } from '../foundation/checksum';
import { serviceHost } from '../foundation/dns';
import * as k8s from '../foundation/kubernetes';
import { cacheFreshness } from '../../capacity/outage';
import { secretMount } from '../foundation/pod';
import type { CredentialsSecret } from '../foundation/references';
import { disruptionBudget } from './disruption-budget';
import { metadata, type ThanosArgs } from './metadata';
import { roles } from './roles';
import { service } from './service';
import { serviceMonitor } from './service-monitor';
import { commonFlags, deployment } from './workload';

const { queryFrontend: frontend } = roles;

const user = 'monitoring';
const webConfig = { secret: 'thanos-query-frontend-web', key: 'web.yml', path: '/etc/thanos/web' };

/** The Secret of the login. */
export const queryFrontendCredentials = {
  secretName: 'thanos-query-frontend-credentials',
  userKey: 'user',
  passwordKey: 'password',
};

/** Share of the cache for requests for label names and values, which are small beside ranges. */
const labelsShare = 0.25;

/** Longest life of a cached answer, so that what was corrected in the bucket is seen a day later at most. */
const cacheValidity = '24h';

/**
 * Retries of a request that Query could not answer. With Thanos' default of 5, one query that runs into
 * Query's timeout of 2 minutes keeps it busy for 12.
 */
const retries = 2;

/**
 * Idle connections to Query that stay open. With Go's default of 2, most of the 14 parts that a query may be
 * split into open a new one.
 */
const idleConnections = 100;

export interface QueryFrontendArgs
  extends ThanosArgs, Pick<CentralConfig['queryFrontend'], 'replicas' | 'cacheSize' | 'resources'> {
  /** `Query.url`. */
  queryUrl: string;
  /** The promised outage between an edge and the centre. */
  outage: Duration;
}

const memoryCache = (size: Quantity): string =>
  stringify({ type: 'IN-MEMORY', config: { max_size: size.thanos, validity: cacheValidity } });

/** A duration as flags of Go's own type read it, which know no days. */
const goDuration = (duration: Duration): string => `${duration.seconds}s`;

/** Arguments of query-frontend. */
export const frontendArguments = ({
  queryUrl,
  outage,
  cacheSize,
}: Pick<QueryFrontendArgs, 'queryUrl' | 'outage' | 'cacheSize'>): string[] => {
  const freshness = goDuration(cacheFreshness(outage));
  return [
    'query-frontend',
    ...commonFlags,
    `--http-address=0.0.0.0:${frontend.ports.http}`,
    `--http.config=${webConfig.path}/${webConfig.key}`,
    `--query-frontend.downstream-url=${queryUrl}`,
    `--query-frontend.downstream-tripper-config=${stringify({ max_idle_conns_per_host: idleConnections })}`,
    '--query-frontend.compress-responses',
    '--query-frontend.log-queries-longer-than=10s',
    '--cache-compression-type=snappy',
    // A day is what a cached answer spans, and what one Query works on at a time.
    '--query-range.split-interval=24h',
    `--query-range.max-retries-per-request=${retries}`,
    `--query-range.response-cache-config=${memoryCache(cacheSize.times(1 - labelsShare))}`,
    // Samples arrive that late: cached earlier, the gap they fill would stay in the answers.
    `--query-range.response-cache-max-freshness=${freshness}`,
    `--query.max-retries-per-request=${retries}`,
    '--labels.split-interval=24h',
    `--labels.max-retries-per-request=${retries}`,
    `--labels.response-cache-config=${memoryCache(cacheSize.times(labelsShare))}`,
    `--labels.response-cache-max-freshness=${freshness}`,
  ];
};

/** The file that makes every path ask for a password; it holds the password's hash. */
export const webConfigFile = (bcryptHash: string): string =>
  stringify({ basic_auth_users: { [user]: bcryptHash } });

/**
 * Thanos Query-frontend: splits and caches range queries in front of Query, and is the only way in for people
 * and for Grafana, with a user and a password. Without it people see nothing; alerts go on.
 */
export class QueryFrontend extends pulumi.ComponentResource {
  readonly url: string;
  /** For the Ingress. */
  readonly service: { name: string; port: number };
  readonly credentials: CredentialsSecret;
  /** The same, for the stack's outputs. */
  readonly login: { user: string; password: pulumi.Output<string> };
  /** For pods that read the credentials at their start only. */
  readonly credentialsChecksum: pulumi.Output<string>;

  constructor(name: string, args: QueryFrontendArgs, opts: pulumi.ComponentResourceOptions) {
    super('monitoring:thanos:QueryFrontend', name, {}, opts);
    const child = { parent: this };

    // Letters and digits alone: it goes into URLs and environment variables of others.
    const password = new random.RandomPassword(frontend.name, { length: 32, special: false }, child);
    const login = new k8s.core.v1.Secret(
      queryFrontendCredentials.secretName,
      {
        metadata: metadata(frontend, args, queryFrontendCredentials.secretName),
        type: 'Opaque',
        stringData: {
          [queryFrontendCredentials.userKey]: user,
          [queryFrontendCredentials.passwordKey]: password.result,
        },
      },
      child,
    );
    const web = new k8s.core.v1.Secret(
      webConfig.secret,
      {
        metadata: metadata(frontend, args, webConfig.secret),
        type: 'Opaque',
        stringData: { [webConfig.key]: password.bcryptHash.apply(webConfigFile) },
      },
      child,
    );
    // Every path asks for the password, those of the probes too, and a probe cannot read one from a Secret.
    // An open port says that the process serves; whether Query answers behind it shows in the alerts on its
    // requests.
    const listening = { tcpSocket: { port: 'http' } };
    new k8s.apps.v1.Deployment(
      frontend.name,
      deployment(frontend, args, {
        args: frontendArguments(args),
        resources: args.resources,
        // No hash of it in the template: the file is read again at every request.
        mounts: [secretMount('web', webConfig.path, web.metadata.name)],
        checks: { live: listening, ready: listening },
      }),
      child,
    );
    new k8s.core.v1.Service(frontend.service, service(frontend, args), child);
    new k8s.policy.v1.PodDisruptionBudget(frontend.name, disruptionBudget(frontend, args), child);
    this.credentials = { ...queryFrontendCredentials, secretName: login.metadata.name };
    this.login = { user, password: password.result };
    this.credentialsChecksum = checksumOfSecret(password.result);
    new k8s.CustomResource(frontend.name, serviceMonitor(frontend, args, this.credentials), child);

    this.url = `http://${serviceHost(frontend.service, args)}:${frontend.ports.http}`;
    this.service = { name: frontend.service, port: frontend.ports.http };
    this.registerOutputs({});
  }
}
