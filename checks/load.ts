import { z } from 'zod';
import { centralCapacity } from './capacity-rules';
import { centralSchema, type CentralConfig } from '../config/central';
import { edgeSchema, type EdgeConfig } from '../config/edge';
import { ConfigError, violations, type Violation } from '../config/errors';
import { centralRules, edgeRules } from './rules';

/** A stack's configuration as the engine hands it over: texts (JSON for structured values) by full key. */
export interface RawConfig {
  /** Name of the stack, for messages. */
  stack: string;
  /** Every key of the stack, also those of other namespaces. */
  values: Readonly<Record<string, string>>;
  /** The full keys whose values are encrypted. */
  secretKeys: readonly string[];
}

const namespace = 'monitoring:';

/** Keys that must be encrypted, and when they are needed. Their values never enter the configuration object. */
export const secretKeys = ['objectStoreUser', 'objectStorePassword'] as const;
export type SecretKey = (typeof secretKeys)[number];

const role = z.enum(['central', 'edge'], { error: 'central or edge' });

/**
 * Reads and checks the whole configuration of a stack.
 *
 * @param capacity whether sizes must hold what is planned; not where the sums themselves are shown
 * @throws ConfigError with every violation at once: types, unknown keys, contradictions between keys, missing secrets.
 */
export function parseConfig(
  raw: RawConfig,
  capacity: 'checked' | 'unchecked' = 'checked',
): CentralConfig | EdgeConfig {
  const input = structured(raw.values);
  const kind = role.safeParse(input['role']);
  if (!kind.success) {
    throw new ConfigError(
      raw.stack,
      violations(z.object({ role }).safeParse(input).error?.issues ?? [], input),
    );
  }
  if (kind.data === 'central') {
    const minio = (input['objectStore'] as { kind?: unknown } | undefined)?.kind === 'minio';
    const sizes = capacity === 'checked' ? centralCapacity : () => [];
    const rules = (config: CentralConfig) => [...centralRules(config), ...sizes(config)];
    return checked(raw, input, centralSchema, rules, minio ? secretKeys : []);
  }
  return checked(raw, input, edgeSchema, edgeRules, []);
}

function checked<S extends z.ZodType>(
  raw: RawConfig,
  input: Record<string, unknown>,
  schema: S,
  rules: (config: z.output<S>) => Violation[],
  required: readonly SecretKey[],
): z.output<S> {
  const result = schema.safeParse(input);
  const found = result.success ? rules(result.data) : violations(result.error.issues, input);
  found.push(...required.flatMap((key) => secretViolations(raw, key)));
  if (found.length > 0 || !result.success) throw new ConfigError(raw.stack, found.map(concealed(raw)));
  return result.data;
}

/** Hides what stands under an encrypted key, such as a misspelt `objectStorePassword`. */
const concealed =
  ({ secretKeys }: RawConfig) =>
  (violation: Violation): Violation => {
    const top = namespace + (violation.key.split('.')[0] ?? '');
    const hide = violation.found !== undefined && secretKeys.includes(top);
    return hide ? { ...violation, found: '[secret]' } : violation;
  };

function secretViolations(raw: RawConfig, key: SecretKey): Violation[] {
  const fix = `Run: pulumi config set --secret --stack ${raw.stack} ${key}`;
  const allowed = 'an encrypted value';
  const full = namespace + key;
  if (raw.values[full] === undefined) return [{ key, found: undefined, allowed, fix }];
  return raw.secretKeys.includes(full) ? [] : [{ key, found: 'a value in plain text', allowed, fix }];
}

/** The keys below `monitoring:` less the secrets, with JSON texts read. */
function structured(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(namespace));
  const plain = own.map(([key, text]) => [key.slice(namespace.length), text] as const);
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
