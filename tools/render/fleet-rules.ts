import { existsSync } from 'node:fs';
import { placeOf } from '../../config/alerting/secrets';
import { at, shown, type Violation } from '../../config/errors';
import { structured } from '../../config/raw';
import { siblingFile, type StackFile } from './stack-file';

/** Of ORGANIZATION/PROJECT/STACK; the organization is whatever the backend has. */
export const stackOf = (central: string) => central.split('/').at(-1) ?? '';

/** The central stack that the file of an edge names; undefined where it names none, or is no edge's. */
export function centralNamed(file: StackFile): { name: string; path: string } | undefined {
  const { role, central } = structured(file);
  if (role !== 'edge' || typeof central !== 'string' || !/^[^/]+\/[^/]+\/[\w.-]+$/.test(central))
    return undefined;
  return { name: central, path: siblingFile(file.path, stackOf(central)) };
}

/**
 * What is wrong with each file beside the others: a central stack that is none, and what two stacks share:
 * the name of a cluster, which would be one tenant with one certificate, and its samples one; a cluster
 * itself, whose objects each would take for its own; a bucket, which two Compactors would destroy.
 *
 * @param all every file that is known, also those of central stacks that only an edge names
 */
export function fleetViolations(all: readonly StackFile[]): (file: StackFile) => Violation[] {
  const shared = sharedViolations(all);
  return (file) => [...centralViolations(file, all), ...nameViolations(file, all), ...shared(file)];
}

function centralViolations(file: StackFile, all: readonly StackFile[]): Violation[] {
  const central = centralNamed(file);
  if (central === undefined) return [];
  const named = all.find(({ path }) => path === central.path);
  const found = shown(central.name);
  const allowed = 'the stack of a central cluster, whose file stands beside this one';
  if (named === undefined && !existsSync(central.path)) {
    return [{ key: 'central', found, allowed, fix: `Correct it: there is no ${central.path}.` }];
  }
  if (named === undefined || structured(named)['role'] !== 'edge') return [];
  return [{ key: 'central', found, allowed, fix: `Correct it: ${central.path} is the file of an edge.` }];
}

function nameViolations(file: StackFile, all: readonly StackFile[]): Violation[] {
  const name = nameOf(file);
  const first = all.find(
    (other) => nameOf(other) === name && centralNamed(other)?.path === centralNamed(file)?.path,
  );
  if (name === undefined || first === undefined || first.path === file.path) return [];
  return [
    {
      key: 'cluster.name',
      found: name,
      allowed: 'a name of its own for each cluster',
      fix: `Rename one, here and in monitoring:edges of the central stack: ${first.path} has it, and the name is the tenant.`,
    },
  ];
}

/** What each stack has for itself, as a text that is equal where it is the same. */
const own: readonly { key: string; of: (file: StackFile) => string | undefined; why: string }[] = [
  {
    key: 'cluster.server',
    of: (file) => place(textAt(file, 'cluster', 'server')),
    why: 'both would deploy into one cluster, each over the objects of the other',
  },
  {
    key: 'objectStore.bucket',
    of: (file) => {
      const [endpoint, bucket] = ['endpoint', 'bucket'].map((key) => textAt(file, 'objectStore', key));
      const scheme = at(structured(file), ['objectStore', 'insecure']) === true ? 'http' : 'https';
      return endpoint === undefined || bucket === undefined
        ? undefined
        : `${place(`${scheme}://${endpoint}`)}/${bucket}`;
    },
    why: 'a bucket with two Compactors loses blocks',
  },
  {
    key: 'cluster.domain',
    of: (file) => textAt(file, 'cluster', 'domain')?.toLowerCase(),
    why: 'their hosts would have the same names',
  },
];

/** Where an address leads, in one spelling; as it is written where it is none. */
const place = (text: string | undefined): string | undefined =>
  text !== undefined && URL.canParse(text) ? placeOf(text) : text;

function sharedViolations(all: readonly StackFile[]): (file: StackFile) => Violation[] {
  // Once for all: a fleet has hundreds of files.
  const rules = own.map((rule) => {
    const values = new Map(all.map((file) => [file, rule.of(file)]));
    const first = new Map([...values].reverse().map(([file, value]) => [value, file]));
    return { ...rule, values, first };
  });
  return (file) =>
    rules.flatMap(({ key, why, values, first }) => {
      const value = values.get(file);
      const other = first.get(value);
      if (value === undefined || other === undefined || other.path === file.path) return [];
      const found = shown(at(structured(file), key.split('.')));
      const fix = `Change one: ${other.path} has it, and ${why}.`;
      return [{ key, found, allowed: 'one of its own for each stack', fix }];
    });
}

function textAt(file: StackFile, section: string, key: string): string | undefined {
  const value = at(structured(file), [section, key]);
  return typeof value === 'string' ? value : undefined;
}

function nameOf(file: StackFile): string | undefined {
  const { role, cluster } = structured(file);
  const name = (cluster as { name?: unknown } | null | undefined)?.name;
  return role === 'edge' && typeof name === 'string' ? name : undefined;
}
