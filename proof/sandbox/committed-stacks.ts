import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from './paths';
import { UserError } from '../../tools/command-line';

/** The stacks of the committed stack files. */
export interface CommittedStacks {
  /** The one with `monitoring:role: central`. */
  central: string;
  /** Those with `monitoring:role: edge`, by name. */
  edges: readonly string[];
  /** The edges that the central stack lists, whether they have a stack file or not. */
  listed: readonly string[];
}

/**
 * Reads the names and roles of the committed stacks.
 *
 * @throws Error when there is not exactly one central stack, or no edge
 */
export function committedStacks(folder = repository): CommittedStacks {
  const files = readdirSync(folder).flatMap((name) => {
    const stack = /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1];
    return stack === undefined ? [] : [{ stack, config: configOf(join(folder, name)) }];
  });
  const of = (role: string) => files.filter(({ config }) => config['monitoring:role'] === role);
  const [central, second] = of('central');
  if (!central || second) {
    const found = second ? of('central').map(({ stack }) => `Pulumi.${stack}.yaml`) : ['none'];
    throw new UserError(
      `${folder}: stack files with monitoring:role: central: ${found.join(', ')}; the sandbox needs exactly one.`,
    );
  }
  const edges = of('edge').map(({ stack }) => stack);
  if (edges.length === 0) {
    throw new UserError(
      `${folder}: no stack file with monitoring:role: edge; the sandbox needs one or more.`,
    );
  }
  const listed = (central.config['monitoring:edges'] ?? []) as { name: string }[];
  return { central: central.stack, edges: edges.toSorted(), listed: listed.map(({ name }) => name) };
}

/**
 * Sees to it that a stack can be deployed by its name.
 *
 * @throws Error that says which stacks there are, or which file is missing
 */
export function requireCommitted(stack: string, { central, edges, listed }: CommittedStacks): void {
  if ([central, ...edges].includes(stack)) return;
  throw new UserError(
    listed.includes(stack)
      ? `${stack} stands in monitoring:edges of Pulumi.${central}.yaml but has no stack file. ` +
          `Copy Pulumi.${edges[0] ?? ''}.yaml to Pulumi.${stack}.yaml and set its monitoring:cluster.`
      : `there is no Pulumi.${stack}.yaml; the committed stacks are ${[central, ...edges].join(', ')}.`,
  );
}

const configOf = (file: string): Record<string, unknown> =>
  (parse(readFileSync(file, 'utf8')) as { config?: Record<string, unknown> } | null)?.config ?? {};
