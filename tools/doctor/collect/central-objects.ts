import { monitoringNamespace } from '../../../components/foundation/namespaces';
import { tlsSecretName } from '../../../components/ingress/web-ingress';
import { secretFiles } from '../../../components/prometheus-stack/alertmanager-secret-files';
import { receiver, roles } from '../../../components/thanos/roles';
import type { ApiReader } from '../../kubernetes/api-reader';
import type { KeySeen } from '../checks/alert-way';
import type { CertificateSeen } from '../checks/certificates';
import type { NameSeen } from '../checks/names';
import type { Observation, Unseen } from '../finding';
import { serviceSchema } from '../objects';
import { observe } from '../observe';
import type { CentralStack } from '../stack';
import { patience, secret, servedCertificate } from './cluster';
import { lookAtName } from './names';

export interface NamesSeen {
  grafana: Observation<NameSeen>;
  query: Observation<NameSeen>;
  receive: Observation<NameSeen>;
  /** Why Query was not asked with its password. */
  withoutLogin?: Unseen;
  /** What the load balancer has given to the Service that edges write to. */
  receiverAddress: string | undefined;
}

/** The certificates that the routers and the Ingress serve, where this stack made them. */
export function servedBy({ config: { ingress } }: CentralStack, api: ApiReader): Promise<CertificateSeen[]> {
  const web =
    ingress.tls.kind === 'private'
      ? ['grafana', roles.query.name].map((name) => [tlsSecretName(name, ingress.tls), name] as const)
      : [];
  const secrets = [[`${receiver}-tls`, receiver] as const, ...web];
  return Promise.all(
    secrets.map(async ([name, host]) =>
      servedCertificate(name, 'tls.crt', `server ${host}`, await secret(api, name)),
    ),
  );
}

/** The keys that receivers of alerts read when they send. */
export const lookAtKeys = ({ config: { alertmanager } }: CentralStack, api: ApiReader) =>
  Promise.all(
    secretFiles(alertmanager).map(({ secretName, key }) =>
      observe(`Secret ${secretName}`, patience, async (): Promise<KeySeen> => {
        const { data } = await secret(api, secretName);
        return { secretName, key, there: (data[key] ?? '').trim() !== '' };
      }),
    ),
  );

/** The names by which people and edges come. */
export async function lookAtNames(
  { config, outputs, queryLogin }: CentralStack,
  api: ApiReader,
): Promise<NamesSeen> {
  // Somebody else's authority is one that this machine may know.
  const ca = config.ingress.tls.kind === 'private' ? outputs.remoteWriteCa : undefined;
  const login = 'value' in queryLogin ? queryLogin.value : undefined;
  const name = (url: string, asked: Omit<Parameters<typeof lookAtName>[0], 'url'>) =>
    observe(new URL(url).hostname, patience, () => lookAtName({ url, ...asked }));
  const [grafana, query, receive, service] = await Promise.all([
    name(outputs.grafanaUrl, { ca, path: '/api/health' }),
    name(outputs.queryUrl, { ca, path: '/api/v1/query?query=vector(1)', login }),
    name(outputs.remoteWriteUrl, { ca: outputs.remoteWriteCa }),
    observe('the load balancer', patience, () =>
      api.get(`/api/v1/namespaces/${monitoringNamespace}/services/${receiver}`, serviceSchema),
    ),
  ]);
  const given = 'value' in service ? service.value.status.loadBalancer.ingress[0] : undefined;
  return {
    grafana,
    query,
    receive,
    ...('why' in queryLogin && { withoutLogin: queryLogin }),
    receiverAddress: given?.ip ?? given?.hostname,
  };
}
