import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { receiverSecrets, secretKeys, type RawConfig } from '../../config/load';
import { fullKey } from '../../config/namespaces';
import { allOf } from '../command-line';
import { configIn, StackFileError } from './stack-file-content';

/** A committed `Pulumi.STACK.yaml`. */
export interface StackFile extends RawConfig {
  path: string;
}

const fileName = /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/;

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
  if (!stack) throw new StackFileError(`${path}: a stack file is named Pulumi.STACK.yaml`);
  return { path, ...stackConfig(stack, configIn(path)) };
}

/** The stack files of a folder, in order of their names. */
export const stackFilesIn = (folder: string): string[] =>
  readdirSync(folder || '.')
    .filter((file) => fileName.test(file))
    .sort()
    .map((file) => join(folder, file));

/** The file of another stack beside this one. */
export const siblingFile = (path: string, stack: string): string =>
  join(dirname(path), `Pulumi.${stack}.yaml`);

/**
 * Reads several stack files.
 *
 * @throws UserError with what is wrong with any of them
 */
export const readStackFiles = (paths: readonly string[]): StackFile[] =>
  allOf(paths.map((path) => () => readStackFile(path)));

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
    else {
      secret.delete(full);
      plain.set(full, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return { stack, values: Object.fromEntries([...plain, ...secret]), secretKeys: [...secret.keys()] };
}

const placeholder = (key: string) => `placeholder of ${key}`;

const isEncrypted = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ('secure' in value || Object.values(value).some((inner) => isEncrypted(inner)));
