import type { z } from 'zod';
import { clusterViolations } from '../../checks/cluster-access';
import { checkedConfig } from '../../checks/config';
import type { CentralConfig } from '../../config/central';
import type { EdgeConfig } from '../../config/edge';
import { ConfigError } from '../../config/errors';
import { centralOutputs, centralSecretOutputs, type CentralOutputs } from '../../contract/central';
import { edgeOutputs, type EdgeOutputs } from '../../contract/edge';
import { UserError } from '../command-line';
import { readStackFile } from '../render/stack-file';
import type { Outputs } from './collect/outputs';
import type { Login } from './collect/forwarded';
import type { Observation } from './finding';
import { NotSeen, observe } from './observe';

export interface CentralStack {
  role: 'central';
  config: CentralConfig;
  outputs: CentralOutputs;
  queryLogin: Observation<Login>;
  grafanaLogin: Observation<Login>;
}

export interface EdgeStack {
  role: 'edge';
  config: EdgeConfig;
  outputs: EdgeOutputs;
}

/**
 * The configuration of a stack file, whatever of it would be refused today: what is deployed is looked at.
 *
 * @throws UserError with what cannot be read of it
 */
export function configOf(path: string): CentralConfig | EdgeConfig {
  try {
    return checkedConfig(readStackFile(path), 'unchecked');
  } catch (error) {
    if (error instanceof ConfigError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/**
 * Reads what a stack promises.
 *
 * @throws UserError when it is not deployed, of another release, or of the other role
 */
export async function readStack(
  stack: string,
  config: CentralConfig | EdgeConfig,
  outputs: Outputs,
): Promise<CentralStack | EdgeStack> {
  if (config.role === 'edge') {
    return { role: 'edge', config, outputs: promised(stack, config, edgeOutputs, await outputs.plain()) };
  }
  const [plain, queryLogin, grafanaLogin] = await Promise.all([
    outputs.plain(),
    login(outputs, 'queryCredentials'),
    login(outputs, 'grafanaCredentials'),
  ]);
  return {
    role: 'central',
    config,
    outputs: promised(stack, config, centralOutputs, plain),
    queryLogin,
    grafanaLogin,
  };
}

const login = (outputs: Outputs, name: 'queryCredentials' | 'grafanaCredentials') =>
  observe(`output ${name}`, 60, async () => {
    const value = await outputs.secret(name);
    if (value === undefined) {
      throw new NotSeen(
        'it is not in the file',
        'Write the file with pulumi stack output --json --show-secrets, or leave --outputs out.',
      );
    }
    return centralSecretOutputs.shape[name].parse(value);
  });

function promised<T>(
  stack: string,
  { role, cluster }: CentralConfig | EdgeConfig,
  schema: z.ZodType<T>,
  outputs: Record<string, unknown>,
): T {
  if (Object.keys(outputs).length === 0) {
    throw new UserError(`Stack ${stack} has no outputs, so it is not deployed. Run pulumi up on it.`);
  }
  const found = 'tenants' in outputs ? 'central' : 'edge';
  if (found !== role || outputs['cluster'] !== cluster.name) {
    throw new UserError(
      `The outputs are those of the ${found} stack of ${String(outputs['cluster'])}, the stack file is that of the ${role} stack of ` +
        `${cluster.name}. Name a stack and its own file (--stack, --config, --outputs).`,
    );
  }
  const result = schema.safeParse(outputs);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.map(String).join('.')} (${issue.message})`);
  throw new UserError(
    `Outputs of stack ${stack} are of another release: ${wrong.join('; ')}. Look with the release that deployed it, or run pulumi up.`,
  );
}

/**
 * Refuses a cluster that is another than the stack's, or that does not answer.
 *
 * @throws UserError that says what to do
 */
export async function requireCluster({ cluster }: CentralConfig | EdgeConfig): Promise<void> {
  const violations = await clusterViolations(cluster).catch((error: unknown) => {
    // Neither YAML nor a file: whatever it is, it is not the stack's fault.
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UserError(
      `The kubeconfig for the context ${cluster.context} cannot be read: ${why}. Mend or name it.`,
    );
  });
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ key, found, allowed, fix }) =>
      `monitoring:${key}: found ${found ?? 'nothing'}; allowed: ${allowed}. ${fix}`,
  );
  throw new UserError(lines.join('\n'));
}
