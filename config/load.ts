import { z } from 'zod';
import { centralSchema, type CentralConfig } from './central';
import { edgeSchema, type EdgeConfig } from './edge';
import { violations, type Violation } from './errors';
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
 * Keys that must be encrypted, and when they are needed. Their values never enter the configuration object.
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
  const input = structured(raw.values);
  const kind = role.safeParse(input['role']);
  if (!kind.success) {
    const issues = z.object({ role }).safeParse(input).error?.issues ?? [];
    return { violations: [...violations(issues, input), ...unread(raw, [...centralKeys, ...edgeKeys])] };
  }
  const [schema, keys] = kind.data === 'central' ? [centralSchema, centralKeys] : [edgeSchema, edgeKeys];
  const result = schema.safeParse(input);
  const found = [
    ...(result.success ? [] : violations(result.error.issues, input)),
    ...neededSecrets(input).flatMap((key) => secretViolations(raw, key)),
    ...unread(raw, keys),
  ];
  return result.success ? { config: result.data, violations: found } : { violations: found };
}

const centralKeys = [...Object.keys(centralSchema.in.shape), ...secretKeys];
const edgeKeys = Object.keys(edgeSchema.shape);

const unread = ({ values }: RawConfig, own: readonly string[]): Violation[] =>
  unreadKeys(
    Object.entries(values).map(([key, text]) => [key, json(text)] as const),
    own,
  );

/** A MinIO server is administered by this stack, with a user and a password. */
const neededSecrets = (input: Record<string, unknown>): readonly SecretKey[] =>
  input['role'] === 'central' && (input['objectStore'] as { kind?: unknown } | undefined)?.kind === 'minio'
    ? secretKeys
    : [];

/** Hides what stands under an encrypted key, such as a misspelt `objectStorePassword`. */
export const concealed =
  ({ secretKeys }: Pick<RawConfig, 'secretKeys'>) =>
  (violation: Violation): Violation => {
    const { namespace = ownNamespace, key, found } = violation;
    const full = `${namespace}:${key}`;
    const below = secretKeys.some((secret) => full === secret || full.startsWith(`${secret}.`));
    return below && found !== undefined ? { ...violation, found: '[secret]' } : violation;
  };

function secretViolations(raw: RawConfig, key: SecretKey): Violation[] {
  const fix = `Run: pulumi config set --secret --stack ${raw.stack} ${key}`;
  const allowed = 'an encrypted value';
  const full = prefix + key;
  if (raw.values[full] === undefined) return [{ key, found: undefined, allowed, fix }];
  return raw.secretKeys.includes(full) ? [] : [{ key, found: 'a value in plain text', allowed, fix }];
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
