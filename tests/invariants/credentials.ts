import { parse } from 'yaml';
import { checksum } from '../../components/foundation/checksum';
import { objectName } from '../../policy/manifest';
import type { Deployment } from '../../tools/render/registered';
import { ofKind, releases, workloads } from './objects';
import { expectation, says } from './pem';

interface Objstore {
  config: { access_key: string; secret_key: string };
}

/** objstore.yml files with another user's name or key, and workloads that mount another's. */
export const foreignBucketKeys = ({ resources }: Deployment): string[] => {
  const users = resources.filter(({ type }) => type === 'minio:index/iamUser:IamUser');
  const userOf = (secret: string) => {
    const text = ofKind(resources, 'Secret').find(({ object }) => object.metadata.name === secret)?.object;
    const content = text?.stringData?.['objstore.yml'];
    return content === undefined ? undefined : (parse(content) as Objstore).config;
  };
  const secrets = ofKind(resources, 'Secret').flatMap(({ object }) => {
    const config = userOf(object.metadata.name);
    if (!config) return [];
    const user = users.find(({ inputs }) => inputs['name'] === config.access_key);
    const same = user?.inputs['secret'] === config.secret_key;
    return same ? [] : [`${objectName(object)} does not hold the key of ${config.access_key}`];
  });
  const mounted = [
    ...workloads(resources).flatMap(({ object }) =>
      (object.spec.template.spec.volumes ?? []).map(({ secret }) => ({
        who: object.metadata.name,
        secret: secret?.secretName,
      })),
    ),
    ...releases(resources).map(({ release: { name, values } }) => ({
      who: name,
      secret: (values as ChartValues).prometheus?.prometheusSpec.volumes?.[0]?.secret.secretName,
    })),
  ].flatMap(({ who, secret }) => {
    const config = secret === undefined ? undefined : userOf(secret);
    const part = parts[who] ?? 'no user';
    return config?.access_key.endsWith(`-${part}`) !== false
      ? []
      : [`${who} has the key of ${config.access_key}, not of ${part}`];
  });
  return [...secrets, ...mounted];
};

interface ChartValues {
  prometheus?: {
    prometheusSpec: { volumes?: { secret: { secretName: string } }[] };
  };
}

/** The bucket's user of each workload. */
const parts: Readonly<Record<string, string>> = {
  'kube-prometheus-stack': 'sidecar',
  'thanos-receiver': 'receive',
  'thanos-store': 'store',
  'thanos-compactor': 'compactor',
  'thanos-ruler-fleet': 'ruler',
};

/** Outputs that hand an edge another's identity, or people another's password. */
export const foreignOutputs = ({ resources, outputs, origins }: Deployment): string[] => {
  const value = outputs.value as Partial<Outputs>;
  if (!value.edgeCredentials) return [];
  const edges = Object.entries(value.edgeCredentials).flatMap(([edge, { certificate, privateKey: key }]) => [
    ...expectation(`the certificate of ${edge}`, says(certificate), `certificate of edge-authority-${edge}`),
    ...expectation(`the key of ${edge}`, says(key), `private key of edge-authority-${edge}`),
  ]);
  const passwords = [
    ['queryCredentials', 'thanos-query-frontend', value.queryCredentials],
    ['grafanaCredentials', 'grafana-admin', value.grafanaCredentials],
  ] as const;
  return [
    ...expectation('remoteWriteCa', says(value.remoteWriteCa), 'certificate of server-authority'),
    ...edges,
    ...passwords.flatMap(([output, password, login]) =>
      expectation(
        `the password of ${output}`,
        origins.get(login?.password ?? '') ?? '',
        `result of ${password}`,
      ),
    ),
    ...ofKind(resources, 'Secret').flatMap(({ object }) => loginProblems(object, value, origins)),
  ];
};

interface Login {
  user: string;
  password: string;
}

interface Outputs {
  edgeCredentials: Record<string, { certificate: string; privateKey: string }>;
  remoteWriteCa: string;
  queryCredentials: Login;
  grafanaCredentials: Login;
}

/** The Secrets that pods compare these passwords with. */
function loginProblems(
  { metadata, stringData = {} }: { metadata: { name: string }; stringData?: Record<string, string> },
  { queryCredentials, grafanaCredentials }: Partial<Outputs>,
  origins: ReadonlyMap<string, string>,
): string[] {
  const shown = (text = 'nothing') => origins.get(text) ?? text;
  const asIs = (expected: Login | undefined) =>
    Object.entries(stringData).flatMap(([key, text]) =>
      expectation(
        `${key} of Secret ${metadata.name}`,
        shown(text),
        shown(key.endsWith('user') ? expected?.user : expected?.password),
      ),
    );
  if (metadata.name === 'grafana-admin') return asIs(grafanaCredentials);
  if (metadata.name === 'thanos-query-frontend-credentials') return asIs(queryCredentials);
  const web = stringData['web.yml'];
  if (web === undefined) return [];
  const { basic_auth_users: users } = parse(web) as { basic_auth_users: Record<string, string> };
  return Object.entries(users).flatMap(([user, hash]) => [
    ...expectation('the user of web.yml', user, queryCredentials?.user ?? 'nobody'),
    ...expectation(
      'the hash of web.yml',
      origins.get(hash) ?? 'unknown',
      'bcryptHash of thanos-query-frontend',
    ),
  ]);
}

/**
 * Pods whose template has the checksum of another file than the one they mount: a new key would not restart
 * them.
 */
export const foreignChecksums = ({ resources }: Deployment): string[] => {
  const contents = new Map(
    [...ofKind(resources, 'Secret'), ...ofKind(resources, 'ConfigMap')].map(({ object }) => [
      object.metadata.name,
      object.stringData?.['objstore.yml'] ?? object.data?.['ca.crt'] ?? object.data?.['config.yml'],
    ]),
  );
  return workloads(resources).flatMap(({ object }) => {
    const { metadata, spec } = object.spec.template;
    return (spec.volumes ?? []).flatMap(({ name, secret, configMap }) => {
      const content = contents.get(secret?.secretName ?? configMap?.name ?? '');
      const found = metadata.annotations?.[`checksum/${name}`];
      return content === undefined || found === checksum(content)
        ? []
        : [`${objectName(object)}: checksum/${name} is not of what it mounts`];
    });
  });
};
