import { type Props } from '../resource-kind';

/** Where the MinIO server is and who acts on it. */
export interface Server {
  /** `host:port` without a scheme. */
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly region: string;
  readonly tls: boolean;
  /** Certificates are not checked. */
  readonly insecure: boolean;
}

const actedOn = [
  'minioServer',
  'minioUser',
  'minioPassword',
  'minioRegion',
  'minioSsl',
  'minioInsecure',
  'version',
];

type Environment = Readonly<Record<string, string | undefined>>;

function text(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

/** A provider receives its booleans as strings. */
function flag(...values: readonly unknown[]): boolean {
  return text(...values) === 'true';
}

/** The provider's configuration; what is missing comes from the real provider's environment variables. */
export function serverOf(config: Props, env: Environment = process.env): Server {
  return {
    endpoint: text(config['minioServer'], env['MINIO_ENDPOINT']),
    user: text(config['minioUser'], env['MINIO_USER']),
    password: text(config['minioPassword'], env['MINIO_PASSWORD']),
    region: text(config['minioRegion'], 'us-east-1'),
    tls: flag(config['minioSsl'], env['MINIO_ENABLE_HTTPS']),
    insecure: flag(config['minioInsecure'], env['MINIO_INSECURE']),
  };
}

/** Problems of the provider's arguments, in the real provider's words where it has some. */
export function checkConfig(config: Props, env: Environment = process.env): string[] {
  const server = serverOf(config, env);
  const problems = Object.entries(config)
    .filter(([name, value]) => value !== null && !actedOn.includes(name))
    .map(([name]) => `the sandbox's minio plugin does not act on ${name}; install the real one`);
  if (server.endpoint === '') problems.push("Missing required property 'minioServer': Minio Host and Port");
  // mc takes both from one URL in its environment and splits it at the colons.
  if (server.user.includes(':') || server.password.includes(':')) {
    problems.push("the sandbox's minio plugin cannot pass on a minioUser or minioPassword with a colon");
  }
  return problems;
}
