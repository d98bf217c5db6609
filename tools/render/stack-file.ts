import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { RawConfig } from '../../config/raw';
import { receiverSecrets, secretKeys } from '../../config/secret-keys';
import { fullKey } from '../../config/namespaces';
import { allOf } from '../command-line';
import { configIn, StackFileError } from './stack-file-content';

/** A committed `Pulumi.STACK.yaml`. */
export interface StackFile extends RawConfig {
  path: string;
}

/** Pulumi's own rule for the name of a stack (its tokens.ParseStackName). */
const fileName = /^Pulumi\.([A-Za-z0-9_.-]{1,100})\.yaml$/;

const nameRule = 'a stack file is named Pulumi.STACK.yaml, STACK of letters, digits, _, . and -, at most 100';

/**
 * Reads a stack file as the engine would.
 *
 * Encrypted values cannot be read without the stack's key and a committed file holds none: each secret key of
 * the program gets a placeholder, as if it were set.
 *
 * @throws StackFileError when it is missing, badly named, or no stack file inside
 */
export function readStackFile(path: string): StackFile {
  const stack = fileName.exec(basename(path))?.[1];
  if (!existsSync(path)) throw new StackFileError(`${path}: no such file. Name a Pulumi.STACK.yaml.`);
  if (!stack) throw new StackFileError(`${path}: ${nameRule}`);
  return { path, ...stackConfig(stack, configIn(path)) };
}

/**
 * The stack files of a folder, in order of their names.
 *
 * @throws StackFileError that names what is called like a stack file and cannot be one: it would be left out
 *   without a word
 */
export function stackFilesIn(folder: string): string[] {
  const called = calledStackFiles(folder);
  const wrong = called.flatMap((file): string[] => {
    const path = join(folder, file);
    if (!fileName.test(file)) return [`${path}: ${nameRule}. Rename it.`];
    return isFile(path) ? [] : [`${path}: no file. Rename it, or remove it.`];
  });
  if (wrong.length > 0) throw new StackFileError(wrong.join('\n'));
  return called.map((file) => join(folder, file));
}

/** The same of a revision that nobody can change any more: what is no stack file is none. */
export const stackFilesOf = (folder: string): string[] =>
  calledStackFiles(folder)
    .filter((file) => fileName.test(file) && isFile(join(folder, file)))
    .map((file) => join(folder, file));

const calledStackFiles = (folder: string): string[] =>
  readdirSync(folder || '.')
    .filter((file) => /^Pulumi\..*\.yaml$/s.test(file))
    .sort();

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** The file of another stack beside this one. */
export const siblingFile = (path: string, stack: string): string =>
  join(dirname(path), `Pulumi.${stack}.yaml`);

/**
 * Reads several stack files; one that is named twice, once.
 *
 * @throws UserError with what is wrong with any of them, or two files of one stack
 */
export function readStackFiles(paths: readonly string[]): StackFile[] {
  const once = paths.filter((path, i) => paths.findIndex((other) => resolve(other) === resolve(path)) === i);
  const files = allOf(once.map((path) => () => readStackFile(path)));
  const again = files.flatMap(({ path, stack }, i) => {
    const first = files.find((other) => other.stack === stack);
    if (first === undefined || first === files[i]) return [];
    return [
      `${path}: the stack ${stack}, as ${first.path} is. Name one of the two, or render them one by one.`,
    ];
  });
  if (again.length > 0) throw new StackFileError(again.join('\n'));
  return files;
}

/**
 * The configuration that the engine makes of a stack file's `config`.
 *
 * @param config by key; a key without a colon is one of the project's
 */
export function stackConfig(stack: string, config: Readonly<Record<string, unknown>>): RawConfig {
  const receivers = receiverSecrets(config['alertmanager'] ?? config[fullKey('alertmanager')]);
  const secret = new Map<string, string>([
    ...secretKeys.map((key) => [fullKey(key), placeholder(key)] as const),
    ...receivers.map(({ configKey, use }) => {
      const text = use === 'address' ? `https://placeholder.invalid/${configKey}` : placeholder(configKey);
      return [fullKey(configKey), text] as const;
    }),
  ]);
  const plain = new Map<string, string>();
  for (const [key, value] of Object.entries(config)) {
    const full = fullKey(key);
    if (isEncrypted(value)) secret.set(full, secret.get(full) ?? placeholder(key));
    else if (holdsEncrypted(value)) secret.set(full, JSON.stringify(decrypted(value, placeholder(key))));
    else {
      secret.delete(full);
      plain.set(full, textOf(value));
    }
  }
  return { stack, values: Object.fromEntries([...plain, ...secret]), secretKeys: [...secret.keys()] };
}

/** A value as Pulumi hands it to the program: nothing is an empty text. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

const placeholder = (key: string) => `placeholder of ${key}`;

/** What Pulumi decrypts: a mapping of this one key. */
const isEncrypted = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).join() === 'secure' &&
  typeof Object.values(value)[0] === 'string';

const holdsEncrypted = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (isEncrypted(value) || Object.values(value).some((inner) => holdsEncrypted(inner)));

/** A structure with a text in the place of whatever is encrypted in it. */
function decrypted(value: unknown, text: string): unknown {
  if (isEncrypted(value)) return text;
  if (Array.isArray(value)) return value.map((inner: unknown) => decrypted(inner, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decrypted(inner, text)]));
}
