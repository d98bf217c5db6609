import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { ConfigError } from '../../config/errors';
import { ownNamespace } from '../../config/namespaces';
import { checkedConfig } from '../../checks/config';
import { preflight, type Sources } from '../../checks/preflight';
import { readCentral } from '../../contract/read';
import { deploy } from '../../stacks/deploy';
import { UserError } from '../command-line';
import type { Deployment } from './registered';
import { run } from './run';
import { readStackFiles, siblingFile, type StackFile } from './stack-file';

interface Stack {
  file: StackFile;
  config: CentralConfig | EdgeConfig;
}

/** Configurations that were refused, of one or more stacks. */
export class FleetError extends UserError {
  override name = 'FleetError';

  constructor(readonly errors: readonly ConfigError[]) {
    super(errors.map(({ message }) => message).join('\n'), { exitCode: 1 });
  }
}

/**
 * Runs the program of each stack file, the central stacks first, and gives their outputs to the edges that
 * refer to them.
 *
 * A central stack that only an edge names is read from the file beside the edge's, run, and not returned.
 *
 * @throws FleetError with everything that is wrong in any of the files, before any program runs
 * @throws StackFileError when the file of a central stack is missing
 */
export async function deployFleet(files: readonly StackFile[]): Promise<Deployment[]> {
  const stacks = parsed(files);
  const centrals = stacks.filter(({ config }) => config.role === 'central');
  const missing = new Set(
    stacks.flatMap(centralOf).filter((path) => !files.some((file) => file.path === path)),
  );
  const others = parsed(readStackFiles([...missing]));
  const deployed = new Map<string, Deployment>();
  for (const stack of [...centrals, ...others, ...stacks]) {
    const { stack: name } = stack.file;
    if (!deployed.has(name)) deployed.set(name, await deployStack(stack, deployed));
  }
  return stacks.flatMap(({ file }) => deployed.get(file.stack) ?? []);
}

function parsed(files: readonly StackFile[]): Stack[] {
  const errors: ConfigError[] = [];
  const stacks = files.flatMap((file): Stack[] => {
    try {
      return [{ file, config: checkedConfig(file) }];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) throw new FleetError(errors);
  return stacks;
}

/** Of ORGANIZATION/PROJECT/STACK; the organization is whatever the backend has. */
const stackOf = (central: string) => central.split('/').at(-1) ?? '';

const centralOf = ({ file, config }: Stack): string[] =>
  config.role === 'edge' ? [siblingFile(file.path, stackOf(config.central))] : [];

/**
 * What preflight finds when nothing is deployed and no cluster is asked. CHART_DIR would put a path of this
 * machine into the releases; what is rendered takes the charts' registry.
 */
const sources = (): Sources => ({
  now: new Date(),
  environment: {},
  lastOutputs: () => Promise.resolve(undefined),
  centralForEdge: readCentral,
  clusterViolations: () => Promise.resolve([]),
});

const deployStack = ({ file, config }: Stack, byStack: ReadonlyMap<string, Deployment>) => {
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
    program: async () => deploy(await preflight(file, sources())),
  });
};
