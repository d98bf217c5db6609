import * as pulumi from '@pulumi/pulumi';
import { chartDirectory, chartViolations } from './components/prometheus-stack/chart-source';
import { ConfigError } from './config/errors';
import { parseConfig } from './checks/load';
import { clusterViolations } from './checks/cluster-access';
import { deploy } from './stacks/deploy';
import { lastOutputs } from './checks/last-outputs';
import { stepViolations } from './checks/steps';

/** Loads the configuration, checks that it can be reached from what is deployed and in the right cluster, deploys, and exports what `contract/` promises. */
async function main(): Promise<object> {
  const stack = pulumi.getStack();
  const config = parseConfig({
    stack,
    values: pulumi.runtime.allConfig(),
    secretKeys: JSON.parse(process.env['PULUMI_CONFIG_SECRET_KEYS'] ?? '[]') as string[],
  });
  const [last, access] = await Promise.all([
    config.role === 'central' ? lastOutputs() : undefined,
    clusterViolations(config.cluster),
  ]);
  const violations = [
    ...chartViolations(chartDirectory(config.charts, process.env)),
    ...access,
    ...(config.role === 'central' ? stepViolations(last, config, new Date()) : []),
  ];
  if (violations.length > 0) throw new ConfigError(stack, violations);
  return deploy(config, last);
}

// A RunError is printed as one message, without a stack trace.
export = () =>
  main().catch((error: unknown) => {
    throw error instanceof ConfigError ? new pulumi.RunError(error.message) : error;
  });
