import * as pulumi from '@pulumi/pulumi';
import { centralOutputs } from '../contract/central';
import type { LastOutputs } from '../contract/deployed-state';
import { edgeOutputs } from '../contract/edge';

const known = centralOutputs
  .pick({ bucket: true, receive: true, deployed: true })
  .extend(edgeOutputs.pick({ certificateEnd: true }).shape)
  .partial();

/**
 * What this stack exported when it was deployed the last time, so that a preview can refuse a step that loses
 * something, and tell what is behind.
 *
 * @returns undefined when it was never deployed
 * @throws pulumi.RunError when the outputs have a shape that this release does not know
 */
export async function lastOutputs(): Promise<LastOutputs | undefined> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const self = new pulumi.StackReference('last-outputs', { name });
  const names = Object.keys(known.shape);
  const values = await Promise.all(
    names.map(async (output): Promise<unknown> => (await self.getOutputDetails(output)).value),
  );
  if (values.every((value) => value === undefined)) return undefined;
  const result = known.safeParse(Object.fromEntries(names.map((output, i) => [output, values[i]])));
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.map(String).join('.')} (${issue.message})`);
  throw new pulumi.RunError(
    `The last outputs of stack ${name} have a shape that this release does not know: ${wrong.join('; ')}. ` +
      'Deploy with the release that made them, or look at them with pulumi stack output.',
  );
}
