import * as pulumi from '@pulumi/pulumi';
import { readStackOutputs } from '../../checks/last-outputs';
import { providerOutputs } from './provider-outputs';
import { record } from './recorder';
import type { Deployment } from './registered';
import { stackReferenceType, type References } from './stack-reference';

/** Program and what the engine would tell it. */
export interface Run {
  project: string;
  stack: string;
  /** Configuration by full key; structured values as JSON. */
  values?: Readonly<Record<string, string>>;
  /** The full keys whose values are encrypted. */
  secretKeys?: readonly string[];
  references?: References;
  program: () => unknown;
}

/** The organization of a backend without organizations. */
export const organization = 'organization';

/**
 * Runs a program in this process under Pulumi's test runtime: no engine, no plugin, no network.
 *
 * One run at a time: the runtime keeps its state globally.
 *
 * @throws what the program throws, or what fails later in an `apply`
 */
export async function run({
  project,
  stack,
  values = {},
  secretKeys = [],
  ...rest
}: Run): Promise<Deployment> {
  const { references = new Map<string, Deployment>(), program } = rest;
  await pulumi.runtime.setMocks(
    {
      newResource: (args) =>
        args.type === stackReferenceType ? { id: args.id, state: {} } : providerOutputs(args),
      call: ({ token, inputs }) => {
        const { name } = inputs as { name?: string };
        if (token === readStackOutputs && name !== undefined) {
          return { name, outputs: references.get(name)?.outputs.value ?? {} };
        }
        const message = `render answers no provider function, but the program calls ${token}`;
        // The runtime expects an error of gRPC, whose text stands in `details`.
        throw Object.assign(new Error(message), { details: message });
      },
    },
    project,
    stack,
    false,
    organization,
  );
  pulumi.runtime.setAllConfig({ ...values }, [...secretKeys]);
  const recording = record(references);
  const failures: unknown[] = [];
  const fail = (reason: unknown) => failures.push(reason);
  // An error in an `apply` reaches nobody but this event.
  process.on('unhandledRejection', fail);
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      try {
        return (await program()) as object;
      } catch (error) {
        fail(error);
        return {};
      }
    });
    await pulumi.runtime.disconnect();
    // Node reports a rejection as unhandled only after the current turn of the event loop.
    await new Promise(setImmediate);
  } finally {
    process.off('unhandledRejection', fail);
  }
  if (failures.length > 0) throw failures[0];
  const others = [...references.values()];
  return {
    stack,
    resources: recording.resources,
    outputs: recording.outputs,
    secrets: new Set([
      ...recording.generatedSecrets,
      ...secretKeys.flatMap((key) => values[key] ?? []),
      ...others.flatMap(({ secrets }) => [...secrets]),
    ]),
    origins: new Map([
      ...others.flatMap(({ origins }) => [...origins]),
      ...secretKeys.flatMap((key): [string, string][] => (values[key] ? [[values[key], key]] : [])),
      ...recording.origins,
    ]),
  };
}
