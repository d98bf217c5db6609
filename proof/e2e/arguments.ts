import { Option } from '@commander-js/extra-typings';
import { command, UsageError } from '../../tools/command-line';

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

/** Programs that deploy to clusters and look at them. */
export const clusterPrograms = ['kubectl', 'pulumi', 'mc'];

/**
 * A command for two clusters and a MinIO server; the caller adds what it has besides.
 *
 * @param description without what every such command needs
 */
export const clusterCommand = (name: string, description: string) =>
  command(
    name,
    `${description} Clusters and MinIO server must be for tests. On PATH: ${clusterPrograms.join(', ')}.`,
  )
    .option('--central <kubeconfig>', 'file whose current context is the central cluster')
    .option('--edge <kubeconfig>', 'file whose current context is the edge cluster')
    .option('--storage-class <name>', 'default: as in the committed stack files')
    .option('--ingress-class <name>', 'default: as in the committed stack file')
    .option(
      '--domain <name>',
      'domain of the hosts grafana.…, thanos-query.… and thanos-receiver.…; pods of the edge must resolve the last ' +
        '(external-dns, or a record of yours for the Service thanos-receiver)',
    )
    .addHelpText(
      'after',
      `
In the environment:
  MINIO_ENDPOINT          URL of a MinIO server, as the pods and this machine
                          reach it
  MINIO_ROOT_USER, MINIO_ROOT_PASSWORD
  CHART_DIR               folder of chart archives; without it the charts'
                          registry`,
    );

type ClusterOptions = ReturnType<ReturnType<typeof clusterCommand>['opts']>;

/**
 * What the command line and the environment say of the clusters.
 *
 * @throws UsageError with everything that is missing or no URL
 */
export function clusterArguments(
  { central, edge, ...options }: ClusterOptions,
  env: NodeJS.ProcessEnv,
): ClusterArguments {
  const { MINIO_ENDPOINT: endpoint, MINIO_ROOT_USER: user, MINIO_ROOT_PASSWORD: password } = env;
  const missing = Object.entries({
    '--central': central,
    '--edge': edge,
    MINIO_ENDPOINT: endpoint,
    MINIO_ROOT_USER: user,
    MINIO_ROOT_PASSWORD: password,
  }).flatMap(([name, value]) => (value ? [] : [name]));
  const address = url(endpoint ?? '');
  const wrong = endpoint && !address ? [`MINIO_ENDPOINT: "${endpoint}" is no http or https URL`] : [];
  if (!central || !edge || !address || !user || !password) {
    const absent = missing.length > 0 ? [`missing: ${missing.join(', ')}`] : [];
    throw new UsageError([...absent, ...wrong].join('\n'));
  }
  return {
    central,
    edge,
    objectStore: { endpoint: address.host, insecure: address.protocol === 'http:', user, password },
    ingressClass: options.ingressClass,
    storageClass: options.storageClass,
    domain: options.domain,
  };
}

/** An http or https URL; undefined: none. */
function url(text: string): URL | undefined {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed : undefined;
}

/** The command line of `npm run e2e`. */
export const e2eCommand = (env: NodeJS.ProcessEnv, action: (args: Arguments) => void | Promise<void>) =>
  clusterCommand(
    'npm run e2e --',
    'Deploys the stacks cluster-01 and cluster-02 to two clusters and follows real samples from the edge to a query. It ' +
      'can be repeated on what it has deployed, and restarts pods.',
  )
    .option('--checks-only', 'leave what is deployed as it is')
    .addOption(
      new Option(
        '--down',
        'destroy both stacks, with their volumes and the bucket, and do nothing else',
      ).conflicts(['checksOnly', 'downAfterwards']),
    )
    .option('--down-afterwards', 'the same after the checks (default: everything stays)')
    .action(({ checksOnly, down, downAfterwards, ...options }) =>
      action({
        ...clusterArguments(options, env),
        afterwards: downAfterwards ? 'down' : 'keep',
        only: down ? 'down' : checksOnly ? 'checks' : 'all',
      }),
    );
