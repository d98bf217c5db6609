import {
  centralOutputs,
  centralSecretOutputs,
  contractVersion,
  type CentralOutputs,
  type CentralSecretOutputs,
} from '../../contract/central';
import { UserError } from '../command-line';

/** Outputs that are copied to another stack. */
export interface Selection {
  plain: CentralOutputs;
  secret: Partial<CentralSecretOutputs>;
}

/**
 * What of a central stack's outputs anybody may read, or one edge.
 *
 * Chosen by the names that the contract calls plain and never by what a value looks like: an output that
 * the contract does not know is not copied.
 *
 * @param stack how the stack was named, for messages
 * @param outputs all of them; with an edge decrypted
 * @param edge the edge that gets its own credentials too; undefined: the public outputs
 * @throws UserError that names each output that is missing or wrong, or the edge that the stack does not know
 */
export function select(stack: string, outputs: Readonly<Record<string, unknown>>, edge?: string): Selection {
  const found = outputs['contractVersion'];
  if (found !== contractVersion) {
    throw new UserError(
      found === undefined
        ? `Stack ${stack} has no output contractVersion, so it is not deployed or no central stack. Name one that is.`
        : `Stack ${stack} has contract version ${JSON.stringify(found)}; this program knows version ${contractVersion}. ` +
            'Use the release of this project that deployed it.',
    );
  }
  const plain = parsed(stack, centralOutputs, outputs);
  if (edge === undefined) return { plain, secret: {} };
  const { edgeCredentials } = parsed(stack, centralSecretOutputs.pick({ edgeCredentials: true }), outputs);
  const own = edgeCredentials[edge];
  if (!own) {
    throw new UserError(
      `Stack ${stack} has no credentials for the edge "${edge}"; it has some for ` +
        `${Object.keys(edgeCredentials).join(', ') || 'none'}. Add it to monitoring:edges of that stack and run pulumi up on it.`,
    );
  }
  return { plain, secret: { edgeCredentials: { [edge]: own } } };
}

function parsed<T>(
  stack: string,
  schema: {
    safeParse: (value: unknown) => {
      data?: T;
      error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
    };
  },
  outputs: Readonly<Record<string, unknown>>,
): T {
  const { data, error } = schema.safeParse(outputs);
  if (data !== undefined) return data;
  const wrong = (error?.issues ?? []).map(
    ({ path, message }) => `${path.map(String).join('.')} (${message})`,
  );
  throw new UserError(
    `Outputs of stack ${stack} break contract version ${contractVersion}: ${wrong.join('; ')}. Run pulumi up on it from this release.`,
  );
}
