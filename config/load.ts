import { z } from 'zod';
import { mayBeSecret, neededSecrets, placeOf, type NeededSecret } from './alerting/secrets';
import { centralKeys, centralSchema, type CentralConfig } from './central';
import { edgeSchema, type EdgeConfig } from './edge';
import { violations, type Violation } from './errors';
import { asMeant } from './meant';
import { ownNamespace, unreadKeys } from './namespaces';

/** A stack's configuration as the engine hands it over: texts (JSON for structured values) by full key. */
export interface RawConfig {
  /** Name of the stack, for messages. */
  stack: string;
  /** Every key of the stack, also those of other namespaces. */
  values: Readonly<Record<string, string>>;
  /** The full keys whose values are encrypted. */
  secretKeys: readonly string[];
}

const prefix = `${ownNamespace}:`;

/**
 * Keys of an object store that must be encrypted; those of receivers have the names that the stack file gives
 * them (`receiverSecrets`). The values of either never enter the configuration object.
 */
export const secretKeys = ['objectStoreUser', 'objectStorePassword'] as const;
export type SecretKey = (typeof secretKeys)[number];

const role = z.enum(['central', 'edge'], { error: 'central or edge' });

/** What was read: the configuration, if every key has a value of its type, and what is wrong either way. */
export interface ReadConfig {
  config?: CentralConfig | EdgeConfig;
  /**
   * Values of wrong types, keys that nobody reads, missing secrets; contradictions are found in `checks/`.
   */
  violations: Violation[];
}

/** Reads a stack's configuration by its role's schema. */
export function readConfig(raw: RawConfig): ReadConfig {
  const written = structured(raw.values);
  const kind = role.safeParse(written['role']);
  if (!kind.success) {
    const issues = z.object({ role }).safeParse(written).error?.issues ?? [];
    return { violations: [...violations(issues, written), ...unread(raw, [...taken, ...edgeKeys])] };
  }
  const [schema, keys] = kind.data === 'central' ? [centralSchema, [...taken]] : [edgeSchema, edgeKeys];
  const needed = kind.data === 'central' ? receiverSecrets(written['alertmanager']) : [];
  const names = needed.map(({ configKey }) => configKey);
  const input = Object.fromEntries(Object.entries(written).filter(([key]) => !names.includes(key)));
  const result = parsedAsMeant(schema, input);
  const found = [
    ...(result.success ? [] : violations(result.error.issues, input).map(withoutSecret)),
    ...(kind.data === 'central' ? takenNames(written) : []),
    ...neededSecretKeys(input).flatMap((key) => secretViolations(raw, key)),
    ...needed.flatMap((secret) => receiverSecretViolations(raw, secret)),
    ...(kind.data === 'central' ? sharedBeat(raw, written['alertmanager']) : []),
    ...unread(raw, [...keys, ...names]),
  ];
  return result.success ? { config: result.data, violations: found } : { violations: found };
}

/** Parses what was written, and once more what it means, until nothing is plain any longer. */
function parsedAsMeant<T extends z.ZodType>(schema: T, written: object): z.ZodSafeParseResult<z.output<T>> {
  const result = schema.safeParse(written);
  const meant = result.success ? undefined : asMeant(written, result.error.issues);
  return meant === undefined ? result : parsedAsMeant(schema, meant);
}

const edgeKeys = Object.keys(edgeSchema.shape);

const unread = ({ values }: RawConfig, own: readonly string[]): Violation[] =>
  unreadKeys(
    Object.entries(values).map(([key, text]) => [key, json(text)] as const),
    own,
  );

/** Values, as JSON, that can be nobody's secret. */
const harmless = new Set(['null', 'true', 'false', '[]', '{}', '""']);

/** Hides what a receiver has in the place of a reference to a secret. */
const withoutSecret = (violation: Violation): Violation =>
  violation.found === undefined || harmless.has(violation.found) || !mayBeSecret(violation.key)
    ? violation
    : {
        ...violation,
        found: 'something that is not shown, since it may be a secret',
        fix: `${violation.fix} If it was one, replace it where it is issued: it stands in the stack file.`,
      };

/** A MinIO server is administered by this stack, with a user and a password. */
const neededSecretKeys = (input: Record<string, unknown>): readonly SecretKey[] =>
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

const taken: ReadonlySet<string> = new Set([...centralKeys, ...secretKeys]);

const takenNames = (written: Readonly<Record<string, unknown>>): Violation[] =>
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

function secretViolations(raw: RawConfig, key: string): Violation[] {
  const fix = setSecret(raw, key);
  const allowed = 'an encrypted value';
  const full = prefix + key;
  if (raw.values[full] === undefined) return [{ key, found: undefined, allowed, fix }];
  return raw.secretKeys.includes(full) ? [] : [{ key, found: 'a value in plain text', allowed, fix }];
}

/** A secret of a receiver: there, encrypted, and an address over TLS where it is an address. */
function receiverSecretViolations(raw: RawConfig, { configKey, use }: NeededSecret): Violation[] {
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
function sharedBeat(raw: RawConfig, alertmanager: unknown): Violation[] {
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

/** The keys below `monitoring:` less the secrets, with JSON texts read. */
function structured(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  const plain = own.map(([key, text]) => [key.slice(prefix.length), text] as const);
  return Object.fromEntries(
    plain.filter(([key]) => !secretKeys.some((s) => s === key)).map(([key, text]) => [key, json(text)]),
  );
}

function json(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
