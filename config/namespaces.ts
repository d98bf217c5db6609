import { shown, shownUnknown, type Violation } from './errors';

/** The namespace of this project's keys: `name` in Pulumi.yaml. */
export const ownNamespace = 'monitoring';

/** A key with its namespace, as Pulumi reads it: without a colon the project's; once it was `a:config:b`. */
export const fullKey = (key: string): string =>
  key.includes(':') ? key.replace(/^([^:]+):config:([^:]+)$/, '$1:$2') : `${ownNamespace}:${key}`;

/**
 * What Pulumi itself reads of a stack's configuration (its engine and command line, at 3.276; a later Pulumi
 * that reads more gets its line here). Another key below `pulumi:` is a misspelt one, and Pulumi ignores it
 * without a word.
 */
const pulumiKeys = ['disable-default-providers', 'tags', 'autonaming', 'template'];

const readers = `keys below ${ownNamespace}: (docs/config.md), and pulumi: with ${pulumiKeys.join(', ')}`;

/**
 * Keys that nobody reads: of a misspelt namespace, below which `outage` would silently be its default, and
 * those of providers, since every provider here takes its settings from the program and the default ones are
 * disabled.
 *
 * @param values by full key, `NAMESPACE:KEY`
 * @param own what may stand below `monitoring:`, to tell a misspelt namespace
 */
export function unreadKeys(
  values: readonly (readonly [full: string, value: unknown])[],
  own: readonly string[],
): Violation[] {
  return values.flatMap(([full, value]): Violation[] => {
    const [namespace = '', ...rest] = full.split(':');
    const key = rest.join(':');
    if (namespace === ownNamespace || (namespace === 'pulumi' && pulumiKeys.includes(key))) return [];
    const fix = own.includes(key)
      ? `Write ${ownNamespace}:${key}, or remove it.`
      : 'Remove it, or correct its name: nobody reads it.';
    const found = own.includes(key) ? shown(value) : shownUnknown(key, value);
    return [{ namespace, key, found, allowed: readers, fix }];
  });
}
