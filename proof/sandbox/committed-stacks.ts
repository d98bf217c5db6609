import { z } from 'zod';
import { allOf, UserError } from '../../tools/command-line';
import { readStackFiles, stackFilesIn, type StackFile } from '../../tools/render/stack-file';
import { repository } from './paths';

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
 * @throws UserError when one cannot be read, there is not exactly one central stack, or no edge
 */
export function committedStacks(folder = repository): CommittedStacks {
  const files = readStackFiles(stackFilesIn(folder));
  const of = (role: string) => files.filter(({ values }) => values['monitoring:role'] === role);
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
  return { central: central.stack, edges: edges.toSorted(), listed: listedBy(central.values) };
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

/** The same for several. @throws UserError with all that cannot */
export const requireAll = (stacks: readonly string[], committed: CommittedStacks): void => {
  allOf(
    stacks.map((stack) => () => {
      requireCommitted(stack, committed);
    }),
  );
};

/**
 * Names in `monitoring:edges`; what is no list of named edges is refused by the program itself, before it
 * deploys.
 */
function listedBy({ 'monitoring:edges': text = '[]' }: StackFile['values']): string[] {
  const list: unknown = text.startsWith('[') ? JSON.parse(text) : [];
  const edges = z.array(z.object({ name: z.string() })).safeParse(list);
  return edges.success ? edges.data.map(({ name }) => name) : [];
}
