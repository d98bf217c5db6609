import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import { centralOutputs, centralSecretOutputs, contractVersion, type CentralOutputs } from './central';

/** What an edge takes from the central stack. */
export interface CentralForEdge extends CentralOutputs {
  /** Active series that the centre plans for the edge. */
  series: number;
  certificate: pulumi.Output<string>;
  /** End of its validity, RFC 3339; undefined: the centre was deployed by a release that does not say it. */
  certificateEnd: string | undefined;
  privateKey: pulumi.Output<string>;
}

/**
 * Reads and checks what a central stack promises in plain text, for a program of another team: no key of
 * the stack is needed, as long as its state has a passphrase for its secrets provider or none
 * (docs/secrets-access.md).
 *
 * @param stack the central stack, or its public outputs, as ORGANIZATION/PROJECT/STACK
 * @throws pulumi.RunError naming the stack, what was found, and what to do
 */
export const readPublic = async (stack: string): Promise<CentralOutputs> =>
  readAll(stack, centralOutputs, await outputsOf(stack));

/**
 * Reads and checks the central stack's last outputs, so that an edge that cannot work fails before anything
 * is registered.
 *
 * @param stack the central stack as ORGANIZATION/PROJECT/STACK
 * @param edge name of the edge cluster
 * @throws pulumi.RunError naming the stack, what was found, and what to do
 */
export async function readCentral(stack: string, edge: string): Promise<CentralForEdge> {
  const outputs = await outputsOf(stack);
  const plain = readAll(stack, centralOutputs, outputs);
  if (!plain.tenants.includes(edge)) {
    throw new pulumi.RunError(
      `Stack ${stack} does not know the edge "${edge}"; it lists ${plain.tenants.join(', ') || 'none'}. ` +
        `Add { name: ${edge} } to monitoring:edges of that stack and run pulumi up on it, or correct monitoring:cluster.name here.`,
    );
  }
  const { edgeCredentials } = readAll(stack, edgeSecretOutputs, outputs);
  const own = edgeCredentials[edge];
  if (!own) {
    throw new pulumi.RunError(
      `Stack ${stack} has no credentials for the edge "${edge}". Run pulumi up on it, then here.`,
    );
  }
  const series = plain.planned.series[edge];
  if (series === undefined) {
    throw new pulumi.RunError(
      `Stack ${stack} plans no series for the edge "${edge}". Run pulumi up on it from this release, then here.`,
    );
  }
  return {
    ...plain,
    series,
    certificate: pulumi.secret(own.certificate),
    certificateEnd: plain.certificates?.find(({ kind, cluster }) => kind === 'client' && cluster === edge)
      ?.end,
    privateKey: pulumi.secret(own.privateKey),
  };
}

/** An edge reads no more of the secrets: where it has outputs of its own, there are no more. */
const edgeSecretOutputs = centralSecretOutputs.pick({ edgeCredentials: true });

/** All outputs of a stack whose version is known. */
async function outputsOf(stack: string): Promise<Record<string, unknown>> {
  // Of a stack that is not there the engine says only its name and this resource's, so this is the key.
  const reference = new pulumi.StackReference('monitoring:central', { name: stack });
  // Asked first: it rejects when the stack cannot be read.
  checkVersion(stack, (await reference.getOutputDetails('contractVersion')).value);
  // At once: for each output that is asked for by name the SDK goes through all of them, with hundreds of
  // edges the longest part of a render.
  return new Promise((found) => {
    reference.outputs.apply(found);
  });
}

function checkVersion(stack: string, found: unknown): void {
  if (found === contractVersion) return;
  throw new pulumi.RunError(
    found === undefined
      ? `Stack ${stack} has no output contractVersion, so it is not deployed or no central stack. ` +
          'Run pulumi up on the central stack first, or correct monitoring:central.'
      : `Stack ${stack} has contract version ${JSON.stringify(found)}; this program reads version ${contractVersion}. ` +
          'Deploy both stacks from the same release of this project, the central one first.',
  );
}

function readAll<S extends z.ZodObject>(
  stack: string,
  schema: S,
  outputs: Readonly<Record<string, unknown>>,
): z.output<S> {
  const names = Object.keys(schema.shape);
  const read = Object.fromEntries(names.map((name) => [name, outputs[name]]));
  const result = schema.safeParse(read);
  const elided = names.filter((name) => isSecret(schema.shape[name]) && isElided(read[name]));
  if (elided.length > 0) {
    throw new pulumi.RunError(
      `Stack ${stack} has ${elided.join(', ')}, but this process cannot decrypt it: PULUMI_CONFIG_PASSPHRASE (or …_FILE) ` +
        'is not the passphrase of that stack. Set it to that one, under which this stack must then be encrypted too; or ' +
        'give this edge outputs of its own (npm run publish-outputs -- --help) and name them in monitoring:central.',
    );
  }
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.map(String).join('.')} (${issue.message})`);
  throw new pulumi.RunError(
    `Outputs of stack ${stack} break contract version ${contractVersion}: ${wrong.join('; ')}. ` +
      'Run pulumi up on that stack from this release of the project.',
  );
}

/** Whether the contract calls an output a secret. */
const isSecret = (output: unknown) => output instanceof z.ZodType && output.meta()?.['x-secret'] === true;

/** The engine puts `{}`, as a secret, in the place of what it cannot decrypt. */
function isElided(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
