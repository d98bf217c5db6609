import { existsSync } from 'node:fs';
import { shown, type Violation } from '../../config/errors';
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
 * What is wrong with an edge's file beside the others: a central stack that is none, and a cluster's name
 * that another stack has: two clusters would be one tenant with one certificate, and their samples one.
 *
 * @param all every file that is known, also those of central stacks that only an edge names
 */
export const fleetViolations = (file: StackFile, all: readonly StackFile[]): Violation[] => [
  ...centralViolations(file, all),
  ...nameViolations(file, all),
];

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

function nameOf(file: StackFile): string | undefined {
  const { role, cluster } = structured(file);
  const name = (cluster as { name?: unknown } | null | undefined)?.name;
  return role === 'edge' && typeof name === 'string' ? name : undefined;
}
