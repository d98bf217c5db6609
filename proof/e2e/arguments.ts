import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Two clusters, and what surrounds them. */
export interface ClusterArguments {
  /** Kubeconfig files; the current context of each is used. */
  central: string;
  edge: string;
  objectStore: {
    /** host:port as pods and this machine reach it. */
    endpoint: string;
    insecure: boolean;
    /** An administrator of the server: the central stack makes users. */
    user: string;
    password: string;
  };
  /** Whether the Ingress is asked under its own address; otherwise only from inside. */
  ingressClass: string | undefined;
  storageClass: string | undefined;
  domain: string | undefined;
}

export interface Arguments extends ClusterArguments {
  /** Remove everything afterwards, or, with `only: down`, at once. */
  afterwards: 'keep' | 'down';
  only: 'all' | 'checks' | 'down';
}

const usage = `npm run e2e -- --central KUBECONFIG --edge KUBECONFIG [options]

Deploys the stacks cluster-01 and cluster-02 to two clusters and follows real samples from the edge to a query. It can be
repeated on what it has deployed. kubectl, pulumi and mc (MinIO's client) must be on PATH.

--checks-only                 what is deployed stays as it is
--down                        destroys both stacks, with their volumes and the bucket, and ends
--down-afterwards             the same after the checks (default: everything stays)
`;

/** The part of a usage text that is about the clusters. */
const clusterUsage = `--central FILE, --edge FILE   the current context of each is used; clusters for tests, since pods are restarted
--storage-class NAME          default: as in the committed stack files
--ingress-class NAME          default: as in the committed stack file
--domain NAME                 domain of the hosts grafana.…, thanos-query.… and thanos-receiver.…; pods of the edge must
                              resolve the last (external-dns, or a record of yours for the Service thanos-receiver)

In the environment:
MINIO_ENDPOINT                URL of a MinIO server for tests, as the pods and this machine reach it
MINIO_ROOT_USER, MINIO_ROOT_PASSWORD
CHART_DIR                     folder of chart archives; without it the charts' registry`;

/** What is wrong with the command line or the environment. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const clusterOptions = {
  central: text,
  edge: text,
  'storage-class': text,
  'ingress-class': text,
  domain: text,
};

type Texts = Partial<Record<keyof typeof clusterOptions, string>>;

/**
 * Reads a command line that names two clusters.
 *
 * @param options what the command has besides
 * @param usage of these
 * @throws UsageError with everything that is missing
 */
export function parseWith<T extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  options: T,
  usage: string,
) {
  const whole = `${usage}${clusterUsage}`;
  const read = () =>
    parseArgs({
      args: [...argv],
      options: { ...clusterOptions, ...options },
    }).values;
  let values: ReturnType<typeof read>;
  try {
    values = read();
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${whole}`, { cause: error });
  }
  return { values, clusters: clusters(values, env, whole) };
}

/**
 * Reads command line and environment of `npm run e2e`.
 *
 * @throws UsageError with everything that is missing
 */
export function parse(argv: readonly string[], env: NodeJS.ProcessEnv): Arguments {
  const own = { 'checks-only': flag, down: flag, 'down-afterwards': flag };
  const { values, clusters } = parseWith(argv, env, own, usage);
  return {
    ...clusters,
    afterwards: values['down-afterwards'] ? 'down' : 'keep',
    only: values.down ? 'down' : values['checks-only'] ? 'checks' : 'all',
  };
}

function clusters(
  { central, edge, ...options }: Texts,
  env: NodeJS.ProcessEnv,
  usage: string,
): ClusterArguments {
  const { MINIO_ENDPOINT: endpoint, MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD: password } = env;
  const missing = Object.entries({
    '--central': central,
    '--edge': edge,
    MINIO_ENDPOINT: endpoint,
    MINIO_ROOT_USER: user,
    MINIO_ROOT_PASSWORD: password,
  }).flatMap(([name, value]) => (value ? [] : [name]));
  if (!central || !edge || !endpoint || !user || !password) {
    throw new UsageError(`missing: ${missing.join(', ')}\n\n${usage}`);
  }
  const { host, protocol } = url(endpoint, usage);
  return {
    central,
    edge,
    objectStore: { endpoint: host, insecure: protocol === 'http:', user, password },
    ingressClass: options['ingress-class'],
    storageClass: options['storage-class'],
    domain: options.domain,
  };
}

function url(endpoint: string, usage: string): URL {
  if (URL.canParse(endpoint)) {
    const parsedUrl = new URL(endpoint);
    if (['http:', 'https:'].includes(parsedUrl.protocol)) return parsedUrl;
  }
  throw new UsageError(`MINIO_ENDPOINT: "${endpoint}" is no http or https URL\n\n${usage}`);
}
