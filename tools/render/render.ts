import { document } from './document';
import { EdgeProcesses, processesFor } from './edge-processes';
import { deployAll, fleetOf, type Last } from './fleet';
import type { Rendered } from './golden';
import type { Deployment } from './registered';
import { readStackFiles } from './stack-file';

/**
 * Renders stack files; many edges on all processors.
 *
 * @param last what the central stacks exported when they were last deployed; an edge's checks refuse nothing
 *   for what it exported
 * @throws FleetError, StackFileError, or what a program throws
 */
export async function render(paths: readonly string[], last?: Last): Promise<Rendered> {
  const { files, centrals, edges } = fleetOf(readStackFiles(paths));
  const count = processesFor(edges.length);
  const processes = count > 0 ? EdgeProcesses.start(count) : undefined;
  try {
    const centres = await deployAll(centrals, undefined, last);
    const texts = new Map([
      ...textsOf(centres),
      ...(processes ? await processes.render(edges, centres) : textsOf(await deployAll(edges, centres))),
    ]);
    return new Map(files.map(({ stack }) => [`${stack}.yaml`, texts.get(stack) ?? '']));
  } finally {
    await processes?.close();
  }
}

const textsOf = (deployed: ReadonlyMap<string, Deployment>): [string, string][] =>
  [...deployed].map(([stack, deployment]) => [stack, document(deployment)]);
