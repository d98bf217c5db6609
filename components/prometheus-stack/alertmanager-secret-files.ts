import type { AlertmanagerConfig } from '../../config/alerting/alertmanager';
import type { SecretRef } from '../../config/alerting/secrets';

/** The Secret with what `pulumi config set --secret` holds for receivers; its keys are those of the stack. */
export const receiversSecret = 'alertmanager-receivers';

/** A key of a Secret that receivers read. */
export interface SecretFile {
  secretName: string;
  key: string;
}

const secretFileOf = (ref: SecretRef): SecretFile =>
  'configKey' in ref ? { secretName: receiversSecret, key: ref.configKey } : ref;

const pathOf = ({ secretName, key }: SecretFile) => `${secretName}/${key}`;

/**
 * Where the operator mounts `alertmanagerSpec.secrets`. Alertmanager reads a file each time that it sends.
 */
export const secretFile = (ref: SecretRef): string =>
  `/etc/alertmanager/secrets/${pathOf(secretFileOf(ref))}`;

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

/** Every key that is read when an alert is sent, each once. */
export const secretFiles = (told: Told): SecretFile[] => [
  ...new Map(secretRefs(told).map((ref) => [pathOf(secretFileOf(ref)), secretFileOf(ref)])).values(),
];

/** Secrets to mount, by name. */
export const mountedSecrets = (told: Told): string[] =>
  unique(secretFiles(told).map(({ secretName }) => secretName)).sort();

/** Encrypted keys of the stack that go into `receiversSecret`. */
export const configKeys = (told: Told): string[] =>
  unique(secretRefs(told).flatMap((ref) => ('configKey' in ref ? [ref.configKey] : []))).sort();
