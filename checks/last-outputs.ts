import { setTimeout } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { duration, quantity } from '../config/scalars';
import { centralOutputs } from '../contract/central';
import type { LastOutputs } from '../contract/deployed-state';
import { edgeOutputs } from '../contract/edge';

const known = centralOutputs
  .pick({ cluster: true, bucket: true, receive: true })
  .extend(edgeOutputs.pick({ certificateEnd: true }).shape)
  // An edge has no bucket, and so no retention in it.
  .extend({ deployed: centralOutputs.shape.deployed.unwrap().partial({ retention: true }) })
  .partial()
  .superRefine(({ deployed }, context) => {
    for (const [part, amount] of [['volumes', quantity()] as const, ['retention', duration()] as const]) {
      for (const [key, text] of Object.entries(deployed?.[part] ?? {})) {
        const [issue] = amount.safeParse(text).error?.issues ?? [];
        if (issue)
          context.addIssue({ code: 'custom', path: ['deployed', part, key], message: issue.message });
      }
    }
  });

/** The function behind pulumi.StackReference. */
export const readStackOutputs = 'pulumi:pulumi:readStackOutputs';

/**
 * Milliseconds before each further try. The file is empty for as long as one write takes; two seconds in all
 * are time for a slow disk, and short for somebody whose backend really fails.
 */
const pauses = [100, 400, 1600];

/**
 * Reads a stack's outputs by that function. The reference itself cannot be read again: one failure ends the
 * update. Yet a failure may pass: while the program starts, the engine writes the first checkpoint of this
 * stack, and a backend in a folder does not write its metadata at one go. Who reads meanwhile may find it
 * empty ("failed to load checkpoint: EOF").
 */
async function outputsOf(name: string): Promise<Record<string, unknown>> {
  for (let tried = 0; ; tried++) {
    try {
      const read = (await pulumi.runtime.invoke(readStackOutputs, { name })) as {
        outputs: Record<string, unknown>;
      };
      return read.outputs;
    } catch (error) {
      const pause = pauses[tried];
      if (pause === undefined) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new pulumi.RunError(`The last outputs of stack ${name} could not be read: ${reason}`);
      }
      await setTimeout(pause);
    }
  }
}

/**
 * What this stack exported when it was deployed the last time, so that a preview can refuse a step that loses
 * something, and tell what is behind.
 *
 * @returns undefined when it was never deployed
 * @throws pulumi.RunError when the outputs cannot be read, or have a shape that this release does not know
 */
export async function lastOutputs(): Promise<LastOutputs | undefined> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const outputs = await outputsOf(name);
  if (Object.keys(known.shape).every((output) => outputs[output] === undefined)) return undefined;
  const result = known.safeParse(outputs);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.map(String).join('.')} (${issue.message})`);
  throw new pulumi.RunError(
    `The last outputs of stack ${name} have a shape that this release does not know: ${wrong.join('; ')}. ` +
      'Deploy with the release that made them, or look at them with pulumi stack output.',
  );
}
