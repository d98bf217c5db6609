import type { Input } from '@pulumi/pulumi';
import type { CustomResourceArgs } from '../foundation/kubernetes';
import { metadata, type ThanosArgs } from './metadata';
import type { Role } from './roles';

/** User and password for HTTP basic authentication, as two keys of one Secret. */
export interface Credentials {
  secretName: Input<string>;
  userKey: string;
  passwordKey: string;
}

/** Lets Prometheus scrape a role's port `http`; the label `job` is the role's name, such as `thanos-query`. */
export const serviceMonitor = (
  role: Role,
  args: ThanosArgs,
  credentials?: Credentials,
): CustomResourceArgs => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: metadata(role, args),
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: { ...role.selector } },
    endpoints: [{ port: 'http', ...(credentials && { basicAuth: basicAuth(credentials) }) }],
  },
});

const basicAuth = ({ secretName, userKey, passwordKey }: Credentials) => ({
  username: { name: secretName, key: userKey },
  password: { name: secretName, key: passwordKey },
});
