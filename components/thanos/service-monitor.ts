import type { CustomResourceArgs } from '../foundation/kubernetes';
import type { CredentialsSecret } from '../foundation/references';
import { metadata, type ThanosArgs } from './metadata';
import { reloaderPort, type Role } from './roles';

/**
 * Lets Prometheus scrape a role's port `http`, and the operator's reloader where its pods have one, with the
 * role's name, such as `thanos-query`, as `job`.
 */
export const serviceMonitor = (
  role: Role,
  args: ThanosArgs,
  credentials?: CredentialsSecret,
): CustomResourceArgs => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: metadata(role, args),
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: { ...role.selector } },
    endpoints: [
      { port: 'http', ...(credentials && { basicAuth: basicAuth(credentials) }) },
      ...(reloaderPort in role.ports ? [{ port: reloaderPort }] : []),
    ],
  },
});

const basicAuth = ({ secretName, userKey, passwordKey }: CredentialsSecret) => ({
  username: { name: secretName, key: userKey },
  password: { name: secretName, key: passwordKey },
});
