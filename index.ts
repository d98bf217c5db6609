import * as pulumi from '@pulumi/pulumi';
import { clusterViolations } from './checks/cluster-access';
import { lastOutputs } from './checks/last-outputs';
import { preflight } from './checks/preflight';
import { readCentral } from './contract/read';
import { deploy } from './stacks/deploy';

/**
 * Loads the configuration, refuses what cannot or must not be deployed, deploys, and exports what `contract/`
 * promises.
 */
async function main(): Promise<object> {
  const cleared = await preflight(
    {
      stack: pulumi.getStack(),
      values: pulumi.runtime.allConfig(),
      secretKeys: JSON.parse(process.env['PULUMI_CONFIG_SECRET_KEYS'] ?? '[]') as string[],
    },
    {
      now: new Date(),
      environment: process.env,
      lastOutputs,
      centralForEdge: readCentral,
      clusterViolations,
    },
  );
  for (const warning of cleared.warnings) await pulumi.log.warn(warning);
  return deploy(cleared);
}

export = main;
