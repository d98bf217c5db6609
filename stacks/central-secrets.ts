import * as pulumi from '@pulumi/pulumi';
import { monitoringNamespace as namespace } from '../components/foundation/namespaces';
import { alertmanagerSecret } from '../components/prometheus-stack/alertmanager-secret';
import { configKeys } from '../components/prometheus-stack/alertmanager-secret-files';
import type { CentralConfig } from '../config/central';

/** What receivers of alerts take from the stack's encrypted configuration; nothing when they take nothing. */
export function receiverSecrets({ alertmanager }: CentralConfig, opts: SecretOptions) {
  const keys = configKeys(alertmanager);
  if (keys.length === 0) return [];
  const secrets = new pulumi.Config();
  const values = Object.fromEntries(keys.map((key) => [key, secrets.requireSecret(key)]));
  return [
    alertmanagerSecret(namespace, values, { provider: opts.providers.kubernetes, dependsOn: opts.dependsOn }),
  ];
}

interface SecretOptions {
  providers: { kubernetes: pulumi.ProviderResource };
  dependsOn: pulumi.Resource[];
}

/** MinIO's administrator, from the stack's encrypted configuration. */
export function administrator() {
  const secrets = new pulumi.Config();
  return {
    user: secrets.requireSecret('objectStoreUser'),
    password: secrets.requireSecret('objectStorePassword'),
  };
}
