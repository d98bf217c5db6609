import { document } from './document';
import { deployFleet } from './fleet';
import type { Rendered } from './golden';
import { readStackFile } from './stack-file';

/**
 * Renders stack files.
 *
 * @throws FleetError, StackFileError, or what a program throws
 */
export async function render(paths: readonly string[]): Promise<Rendered> {
  const deployments = await deployFleet(paths.map(readStackFile));
  return new Map(deployments.map((deployment) => [`${deployment.stack}.yaml`, document(deployment)]));
}
