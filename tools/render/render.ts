import { document } from './document';
import { deployFleet } from './fleet';
import type { Rendered } from './golden';
import { readStackFiles } from './stack-file';

/**
 * Renders stack files.
 *
 * @throws FleetError, StackFileError, or what a program throws
 */
export async function render(paths: readonly string[]): Promise<Rendered> {
  const deployments = await deployFleet(readStackFiles(paths));
  return new Map(deployments.map((deployment) => [`${deployment.stack}.yaml`, document(deployment)]));
}
