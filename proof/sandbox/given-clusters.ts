import { resolve } from 'node:path';
import { allOf, readGiven, UsageError, UserError } from '../../tools/command-line';
import { clusterAccess, type ClusterAccess } from '../../tools/kubernetes/kubeconfig';
import { requireCommitted, type CommittedStacks } from './committed-stacks';

/**
 * The kubeconfig files of given clusters, by stack.
 *
 * @param texts as on the command line, STACK=FILE
 * @param before stacks of clusters that were given earlier
 * @throws UserError with everything that is wrong with any of them, and what is missing besides
 */
export function givenKubeconfigs(
  texts: readonly string[],
  committed: CommittedStacks,
  before: readonly string[] = [],
): Record<string, string> {
  const pairs = texts.map((text) => ({ text, ...pair(text) }));
  const stacks = pairs.flatMap(({ stack }) => stack ?? []);
  allOf([
    ...pairs.map(({ text, stack, file }) => () => {
      if (stack === undefined || file === undefined) {
        throw new UsageError(
          `--kubeconfig ${text}: STACK=FILE is needed, such as ${committed.central}=central.kubeconfig`,
        );
      }
      allOf<unknown[]>([
        () => {
          requireCommitted(stack, committed);
        },
        () => readKubeconfig(stack, file),
      ]);
    }),
    ...repeated(stacks).map((stack) => () => {
      throw new UsageError(`--kubeconfig ${stack}=… is given more than once. Keep one.`);
    }),
    () => {
      requireBoth([...stacks, ...before], committed);
    },
  ]);
  return Object.fromEntries(pairs.flatMap(({ stack, file }) => (stack && file ? [[stack, file]] : [])));
}

/**
 * Where the kubeconfig of a given cluster leads.
 *
 * @throws UserError that says what is wrong with the file
 */
export const readKubeconfig = (stack: string, file: string): ClusterAccess =>
  clusterAccess(resolve(file), readGiven(`--kubeconfig of ${stack}:`, file));

function pair(text: string): { stack?: string | undefined; file?: string | undefined } {
  const [, stack, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  return { stack, file };
}

const repeated = (names: readonly string[]) => [
  ...new Set(names.filter((name, i) => names.indexOf(name) < i)),
];

/** Real clusters are the central one and at least one edge, or none. */
function requireBoth(given: readonly string[], { central, edges }: CommittedStacks): void {
  if (given.length === 0) return;
  const missing = [
    ...(given.includes(central) ? [] : [central]),
    ...(given.some((stack) => edges.includes(stack)) ? [] : edges.slice(0, 1)),
  ];
  if (missing.length === 0) return;
  throw new UserError(
    `--kubeconfig is missing for ${missing.join(', ')}: give the central cluster and one edge or more, or none`,
  );
}
