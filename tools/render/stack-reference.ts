import type { ReadResourceRequest, ReadResourceResponse } from '@pulumi/pulumi/proto/resource_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { asSecret } from './secret-values';
import type { Deployment, ValueWithSecrets } from './registered';

export const stackReferenceType = 'pulumi:pulumi:StackReference';

/**
 * Outputs of the stacks that a program may refer to, by ORGANIZATION/PROJECT/STACK; any other is not
 * deployed.
 */
export type References = ReadonlyMap<string, Deployment>;

/**
 * Fills in a StackReference's answer as the engine would: outputs with any secret in them are secret as a
 * whole.
 *
 * The wire format is written here and once for a stack, since the test runtime would make promises of every
 * leaf for every edge: with hundreds of edges that was the longest part of a render.
 */
export function answerReference(
  request: ReadResourceRequest,
  response: ReadResourceResponse,
  references: References,
): void {
  const name = request.getId();
  response.setProperties(state(name, references.get(name)?.outputs ?? nothing));
}

const nothing: ValueWithSecrets = { value: {}, secretPaths: [] };

const states = new WeakMap<ValueWithSecrets, Struct>();

function state(name: string, outputs: ValueWithSecrets): Struct {
  const known = states.get(outputs);
  if (known && outputs !== nothing) return known;
  const secretOutputNames = [...new Set(outputs.secretPaths.flatMap(([output]) => output ?? []))];
  const marked = Object.fromEntries(
    Object.entries(outputs.value ?? {}).map(([output, value]) => [
      output,
      secretOutputNames.includes(output) ? asSecret(value) : value,
    ]),
  );
  const made = Struct.fromJavaScript({ name, outputs: marked, secretOutputNames });
  states.set(outputs, made);
  return made;
}
