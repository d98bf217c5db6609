import type { AlertmanagerConfig } from '../../config/alerting/alertmanager';
import type { SecretRef } from '../../config/alerting/secrets';

/** The Secret with what `pulumi config set --secret` holds for receivers; its keys are those of the stack. */
export const receiversSecret = 'alertmanager-receivers';

const secretNameOf = (ref: SecretRef) => ('configKey' in ref ? receiversSecret : ref.secretName);

/**
 * Where the operator mounts `alertmanagerSpec.secrets`. Alertmanager reads a file each time that it sends.
 */
export const secretFile = (ref: SecretRef): string =>
  `/etc/alertmanager/secrets/${secretNameOf(ref)}/${'configKey' in ref ? ref.configKey : ref.key}`;

type Told = Pick<AlertmanagerConfig, 'receivers' | 'watchdog'>;

/** Every reference to a secret, of receivers and Watchdogs. */
function secretRefs({ receivers, watchdog }: Told): SecretRef[] {
  const walk = (value: unknown): SecretRef[] => {
    if (typeof value !== 'object' || value === null) return [];
    if ('configKey' in value || 'secretName' in value) return [value as SecretRef];
    return Object.values(value).flatMap(walk);
  };
  return walk([receivers, watchdog]);
}

const unique = <T>(values: readonly T[]) => [...new Set(values)];

/** Secrets to mount, by name. */
export const mountedSecrets = (told: Told): string[] => unique(secretRefs(told).map(secretNameOf)).sort();

/** Encrypted keys of the stack that go into `receiversSecret`. */
export const configKeys = (told: Told): string[] =>
  unique(secretRefs(told).flatMap((ref) => ('configKey' in ref ? [ref.configKey] : []))).sort();
