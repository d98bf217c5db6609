import { z } from 'zod';
import { mayBeSecret, neededSecrets, placeOf, type NeededSecret } from './alerting/secrets';
import { centralKeys } from './central';
import { maybeASecret, type Violation } from './errors';
import { ownNamespace } from './namespaces';
import type { RawConfig } from './raw';

const prefix = `${ownNamespace}:`;

/**
 * Keys of an object store that must be encrypted; those of receivers have the names that the stack file gives
 * them (`receiverSecrets`). The values of either never enter the configuration object.
 */
export const secretKeys = ['objectStoreUser', 'objectStorePassword'] as const;
export type SecretKey = (typeof secretKeys)[number];

/** Values, as JSON, that can be nobody's secret. */
const harmless = new Set(['nothing', 'true', 'false', '[]', '{}', '""']);

/** Hides what a receiver has in the place of a reference to a secret. */
export const withoutSecret = (violation: Violation): Violation =>
  violation.found === undefined || harmless.has(violation.found) || !mayBeSecret(violation.key)
    ? violation
    : {
        ...violation,
        found: maybeASecret,
        fix: `${violation.fix} If it was one, replace it where it is issued: it stands in the stack file.`,
      };

/** A MinIO server is administered by this stack, with a user and a password. */
export const neededSecretKeys = (input: Record<string, unknown>): readonly SecretKey[] =>
  input['role'] === 'central' && (input['objectStore'] as { kind?: unknown } | undefined)?.kind === 'minio'
    ? secretKeys
    : [];

/**
 * The encrypted keys that receivers refer to, less those that mean something else, which are refused.
 *
 * @param alertmanager what was written under this key
 */
export const receiverSecrets = (alertmanager: unknown): NeededSecret[] =>
  neededSecrets(alertmanager).filter(({ configKey }) => !taken.has(configKey));

export const taken: ReadonlySet<string> = new Set([...centralKeys, ...secretKeys]);

export const takenNames = (written: Readonly<Record<string, unknown>>): Violation[] =>
  neededSecrets(written['alertmanager'])
    .filter(({ configKey }) => taken.has(configKey))
    .map(({ configKey }) => ({
      key: 'alertmanager',
      found: `{ configKey: ${configKey} }`,
      allowed: 'a name that is no key of the configuration',
      fix: 'Choose another name.',
    }));

/** Hides what stands under an encrypted key, such as a misspelt `objectStorePassword`. */
export const concealed =
  ({ secretKeys }: Pick<RawConfig, 'secretKeys'>) =>
  (violation: Violation): Violation => {
    const { namespace = ownNamespace, key, found } = violation;
    const full = `${namespace}:${key}`;
    const below = secretKeys.some((secret) => full === secret || full.startsWith(`${secret}.`));
    return below && found !== undefined ? { ...violation, found: '[secret]' } : violation;
  };

const setSecret = ({ stack }: RawConfig, key: string) =>
  `Run: pulumi config set --secret --stack ${stack} ${key}`;

export function secretViolations(raw: RawConfig, key: string): Violation[] {
  const fix = setSecret(raw, key);
  const allowed = 'an encrypted value';
  const full = prefix + key;
  if (raw.values[full] === undefined) return [{ key, found: undefined, allowed, fix }];
  return raw.secretKeys.includes(full) ? [] : [{ key, found: 'a value in plain text', allowed, fix }];
}

/** A secret of the object store: there, encrypted, and as the server has it. */
export function storeSecretViolations(raw: RawConfig, key: SecretKey): Violation[] {
  const violations = secretViolations(raw, key);
  // A shell or a file adds a line break, the server then refuses the user, and nobody sees why.
  if (violations.length > 0 || /^\S(.*\S)?$/s.test(raw.values[prefix + key] ?? '')) return violations;
  const allowed = 'a value that is not empty and has no blank or line break at an end';
  return [{ key, found: 'an encrypted value', allowed, fix: setSecret(raw, key) }];
}

/** A secret of a receiver: there, encrypted, and an address over TLS where it is an address. */
export function receiverSecretViolations(raw: RawConfig, { configKey, use }: NeededSecret): Violation[] {
  const violations = secretViolations(raw, configKey);
  const value = raw.values[prefix + configKey] ?? '';
  if (violations.length > 0 || use === 'key' || /^https:\/\/[^\s/]+(\/\S*)?\s*$/.test(value))
    return violations;
  const found = 'an encrypted value that is not shown';
  return [{ key: configKey, found, allowed: 'an https address', fix: setSecret(raw, configKey) }];
}

const beat = z.object({ url: z.union([z.string(), z.object({ configKey: z.string() })]) });
const beats = z.object({ watchdog: z.object({ ruler: beat, prometheus: beat }) });

/**
 * Two keys of the stack, or one and the stack file, with one address for both Watchdogs: what only who holds
 * the secrets sees. One key twice, and two plain addresses, `checks/` see.
 */
export function sharedBeat(raw: RawConfig, alertmanager: unknown): Violation[] {
  const { ruler, prometheus } = beats.safeParse(alertmanager).data?.watchdog ?? {};
  if (!ruler || !prometheus) return [];
  const keys = [ruler.url, prometheus.url].flatMap((url) => (typeof url === 'string' ? [] : [url.configKey]));
  const [one, other] = [ruler.url, prometheus.url].map((url) =>
    typeof url === 'string' ? url : (raw.values[prefix + url.configKey] ?? ''),
  );
  if (keys.length === 0 || (keys.length === 2 && keys[0] === keys[1])) return [];
  if (!one || !other || ![one, other].every((url) => URL.canParse(url))) return [];
  if (placeOf(one) !== placeOf(other)) return [];
  const command = keys.map((key) => setSecret(raw, key)).join(' or ');
  return [
    {
      key: 'alertmanager.watchdog',
      found: 'one address for both evaluators',
      allowed: 'an address for each',
      fix: `At one the beats of the other would hide that one has stopped. ${command}`,
    },
  ];
}

/** Keys of secrets that nobody asks for, in plain text: everybody reads them in the stack file. */
export const idleSecrets = (raw: RawConfig, needed: readonly string[]): Violation[] =>
  secretKeys
    .filter((key) => !needed.includes(key) && raw.values[prefix + key] !== undefined)
    .filter((key) => !raw.secretKeys.includes(prefix + key))
    .map((key) => ({
      key,
      found: 'a value in plain text',
      allowed: 'no such key: only a central stack with objectStore.kind minio has it, encrypted',
      fix: 'Remove it, and replace it where it is issued: it stands in the stack file.',
    }));

/**
 * Keys that are no secrets and encrypted all the same, as a whole or in part: they stand in plain text in
 * what is deployed, and no check could say what is wrong with them.
 */
export const needlessSecrets = (raw: RawConfig, keys: readonly string[]): Violation[] =>
  keys
    .filter((key) => !secretKeys.some((secret) => secret === key) && raw.secretKeys.includes(prefix + key))
    .map((key) => ({
      key,
      found: '[secret]',
      allowed: 'a value in plain text: what stands here is no secret in the cluster',
      fix:
        key === 'alertmanager'
          ? 'Write secrets of receivers as { configKey: NAME }, after pulumi config set --secret NAME.'
          : `Write it without secure:, or run: pulumi config set --plaintext --stack ${raw.stack} ${key} (with --path for a key inside).`,
    }));
