import { parse, stringify } from 'yaml';
import { configOf } from '../../tools/render/stack-file-content';

/** A stack's own keys, without `monitoring:`. */
export type StackConfig = Record<string, unknown>;

interface StackFile {
  config: Record<string, unknown>;
  [key: string]: unknown;
}

const namespace = 'monitoring:';

/** The stack's own keys in a stack file, without the encrypted ones. */
export const ownConfig = (text: string): StackConfig =>
  Object.fromEntries(
    Object.entries(configOf('stack file', text))
      .filter(([key, value]) => key.startsWith(namespace) && !isEncrypted(value))
      .map(([key, value]) => [key.slice(namespace.length), value]),
  );

/**
 * Stack file of a test: the committed one with changes.
 *
 * @param committed text of the committed stack file
 * @param previous text of the test's own file as pulumi left it: its salt and its encrypted values are kept
 * @param changes object by object; a key that is `undefined` goes
 */
export function stackFile(committed: string, previous: string, changes: StackConfig): string {
  const config = configOf('stack file', committed);
  const before = (parse(previous) ?? {}) as Partial<StackFile>;
  const encrypted = Object.entries(before.config ?? {}).filter(([, value]) => isEncrypted(value));
  const own = Object.entries(merged(ownConfig(committed), changes) as StackConfig);
  const file = {
    ...before,
    config: {
      ...config,
      ...Object.fromEntries(own.map(([key, value]) => [namespace + key, value])),
      ...Object.fromEntries(encrypted),
    },
  };
  return stringify(file, { aliasDuplicateObjects: false });
}

/** Whether a stack file holds an encrypted value under a key. */
export function hasSecret(text: string, key: string): boolean {
  return isEncrypted(((parse(text) ?? {}) as Partial<StackFile>).config?.[key]);
}

/** `base` with what `over` has, object by object. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  const all = keys.map((key) => [key, key in over ? merged(base[key], over[key]) : base[key]] as const);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEncrypted = (value: unknown): boolean => isObject(value) && Object.keys(value).join() === 'secure';
