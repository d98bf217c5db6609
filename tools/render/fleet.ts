import { existsSync } from 'node:fs';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { ConfigError, type Violation } from '../../config/errors';
import { ownNamespace } from '../../config/namespaces';
import { plannedFor, type PlannedEdge } from '../../checks/capacity';
import { checkedConfig } from '../../checks/config';
import { preflight, type Sources } from '../../checks/preflight';
import type { LastOutputs } from '../../contract/deployed-state';
import { readCentral } from '../../contract/read';
import { deploy } from '../../stacks/deploy';
import { UserError } from '../command-line';
import type { Deployment } from './registered';
import { centralNamed, fleetViolations, stackOf } from './fleet-rules';
import { run } from './run';
import { readStackFiles, type StackFile } from './stack-file';

/** A stack file and the configuration in it. */
export interface Stack {
  file: StackFile;
  config: CentralConfig | EdgeConfig;
}

/** What stacks exported when they were last deployed, by stack; one that never was is not in it. */
export type Last = ReadonlyMap<string, LastOutputs>;

/** Configurations that were refused, of one or more stacks. */
export class FleetError extends UserError {
  override name = 'FleetError';

  constructor(readonly errors: readonly ConfigError[]) {
    super(errors.map(({ message }) => message).join('\n'), { exitCode: 1 });
  }
}

/** Stacks that are rendered together, and what is run for them besides. */
export interface Fleet {
  files: readonly StackFile[];
  /**
   * The central stacks, also those that only an edge names, which are read from the file beside the edge's.
   */
  centrals: readonly Stack[];
  edges: readonly Stack[];
}

/**
 * Reads and checks all of a fleet, before any program runs.
 *
 * @throws FleetError with everything that is wrong in any of the files
 * @throws UserError when the file of a central stack is missing, or none
 */
export function fleetOf(files: readonly StackFile[]): Fleet {
  const paths = files.map(({ path }) => path);
  const missing = files.flatMap((file) => centralNamed(file)?.path ?? []).filter((path) => existsSync(path));
  const named = readStackFiles([...new Set(missing)].filter((path) => !paths.includes(path)));
  const stacks = checked([...files, ...named]);
  const of = (role: 'central' | 'edge') => stacks.filter(({ config }) => config.role === role);
  return { files, centrals: of('central'), edges: of('edge') };
}

/**
 * Stack files with their configurations, in the same order; edges beside the central stacks that they name.
 *
 * @throws FleetError with everything that is wrong in any of them
 */
function checked(all: readonly StackFile[]): Stack[] {
  const beside = fleetViolations(all);
  const [edges, others] = [true, false].map((edge) =>
    all.filter((file) => (centralNamed(file) !== undefined) === edge),
  ) as [StackFile[], StackFile[]];
  const read = new Map(others.map((file) => [file, readStack(file, beside(file))]));
  const centrals = new Map(
    [...read].flatMap(([{ path }, stack]) =>
      !(stack instanceof ConfigError) && stack.config.role === 'central' ? [[path, stack.config]] : [],
    ),
  );
  for (const file of edges) {
    const central = centrals.get(centralNamed(file)?.path ?? '');
    const planned = ({ cluster }: EdgeConfig) => central && plannedFor(central, cluster.name);
    read.set(file, readStack(file, beside(file), planned));
  }
  const results = all.flatMap((file) => read.get(file) ?? []);
  const errors = results.flatMap((result) => (result instanceof ConfigError ? [result] : []));
  if (errors.length > 0) throw new FleetError(errors);
  return results.flatMap((result) => (result instanceof ConfigError ? [] : [result]));
}

/** One of them, or everything that is wrong with it. */
function readStack(
  file: StackFile,
  beside: readonly Violation[],
  planned?: (edge: EdgeConfig) => PlannedEdge | undefined,
): Stack | ConfigError {
  try {
    const config = checkedConfig(file, 'checked', planned);
    return beside.length === 0 ? { file, config } : new ConfigError(file.stack, beside);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return new ConfigError(file.stack, [...error.violations, ...beside]);
  }
}

/**
 * Runs the program of each stack file, the central stacks first, and gives their outputs to the edges that
 * refer to them.
 *
 * @returns the deployments of `files`, in their order; not that of a central stack that only an edge names
 * @throws what `fleetOf` throws, and what a program throws
 */
export async function deployFleet(files: readonly StackFile[]): Promise<Deployment[]> {
  const { centrals, edges } = fleetOf(files);
  const centres = await deployAll(centrals);
  const deployed = new Map([...centres, ...(await deployAll(edges, centres))]);
  return files.flatMap(({ stack }) => deployed.get(stack) ?? []);
}

/**
 * Runs the programs of stacks, one after the other.
 *
 * @param centres deployments of the central stacks that these refer to, by stack
 * @param last what they exported when they were last deployed; by default none of them was
 */
export async function deployAll(
  stacks: readonly Stack[],
  centres: ReadonlyMap<string, Deployment> = new Map(),
  last: Last = new Map(),
): Promise<Map<string, Deployment>> {
  const deployed = new Map<string, Deployment>();
  for (const stack of stacks) {
    const { stack: name } = stack.file;
    if (!deployed.has(name)) deployed.set(name, await deployStack(stack, centres, last.get(name)));
  }
  return deployed;
}

/**
 * What preflight finds when no cluster is asked. CHART_DIR would put a path of this
 * machine into the releases; what is rendered takes the charts' registry.
 */
const sources = (last: LastOutputs | undefined): Sources => ({
  now: new Date(),
  environment: {},
  lastOutputs: () => Promise.resolve(last),
  centralForEdge: readCentral,
  clusterViolations: () => Promise.resolve([]),
});

const deployStack = (
  { file, config }: Stack,
  byStack: ReadonlyMap<string, Deployment>,
  last: LastOutputs | undefined,
) => {
  const references = new Map<string, Deployment>();
  if (config.role === 'edge') {
    const central = byStack.get(stackOf(config.central));
    if (central) references.set(config.central, central);
  }
  return run({
    project: ownNamespace,
    stack: file.stack,
    values: file.values,
    secretKeys: file.secretKeys,
    references,
    program: async () => deploy(await preflight(file, sources(last))),
  });
};
