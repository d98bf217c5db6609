import { InvalidArgumentError } from '@commander-js/extra-typings';
import { chartPods } from '../../components/prometheus-stack/addresses';
import { command, run, UsageError, UserError } from '../command-line';
import { readingApi, type ApiReader } from '../kubernetes/api-reader';
import { needPrograms } from '../programs';
import { centralChecks } from './central-checks';
import { lookAtCentral, type CentralSeen } from './central';
import { testAlertTold, type TestAlertSeen } from './checks/test-alert';
import { patience } from './collect/cluster';
import { askForwarded } from './collect/forwarded';
import { outputsIn, outputsOf } from './collect/outputs';
import { sendTestAlert, severities, untilSent, type Severity } from './collect/test-alert';
import { edgeChecks, lookAtEdge } from './edge';
import type { Observation } from './finding';
import { exitCodes, findings, overall, text, type Line, type Report } from './report';
import { configOf, readStack, requireCluster, type CentralStack, type EdgeStack } from './stack';

const program = command(
  'npm run --silent doctor --',
  'Looks at a deployed stack and its cluster, and says in a line for each check what is well, what is wrong and what to do. ' +
    'It changes nothing. On PATH: kubectl, and pulumi unless --outputs is given. Exit code 0: all is well; 1: something is ' +
    'wrong; 2: nothing is, but not all could be looked at.',
)
  .option('--stack <name>', 'the stack, such as cluster-01 (needed)')
  .option('--config <file>', 'its stack file (default: Pulumi.STACK.yaml here)')
  .option(
    '--outputs <file>',
    'its outputs, as pulumi stack output --json --show-secrets wrote them (default: asks pulumi)',
  )
  .option(
    '--test-alert [severity]',
    `send an alert that says it is a test, with this severity: ${severities.join(', ')} (default: warning)`,
    severityOf,
  )
  .option('--json', 'print the report as JSON')
  .action(async ({ stack, config: file, outputs: given, testAlert, json }) => {
    if (stack === undefined) throw new UsageError('missing: --stack');
    const began = new Date();
    const path = file ?? `Pulumi.${stack}.yaml`;
    const config = configOf(path);
    if (testAlert !== undefined && config.role === 'edge') {
      throw new UserError(
        `--test-alert: ${stack} is the stack of an edge, which has no Alertmanager. Name the central stack.`,
      );
    }
    needPrograms('kubectl');
    const outputs = given === undefined ? outputsOf(stack, path) : outputsIn(given);
    await requireCluster(config);
    const read = await readStack(stack, config, outputs);
    const severity = testAlert === true ? 'warning' : testAlert;
    const checks = await readingApi(config.cluster, patience, (api) => examine(read, api, began, severity));
    const report: Report = {
      version: 1,
      stack,
      role: read.role,
      time: began.toISOString(),
      seconds: (Date.now() - began.getTime()) / 1000,
      status: overall(checks),
      checks,
    };
    console.log(json ? JSON.stringify(report, null, 2) : text(report));
    process.exitCode = exitCodes[report.status];
  });

function severityOf(given: string): Severity {
  const found = severities.find((severity) => severity === given);
  if (found) return found;
  throw new InvalidArgumentError(`Needed is one of ${severities.join(', ')}.`);
}

async function examine(
  stack: CentralStack | EdgeStack,
  api: ApiReader,
  now: Date,
  severity: Severity | undefined,
): Promise<Line[]> {
  if (stack.role === 'edge') return findings(edgeChecks(stack.config), await lookAtEdge(stack, api, now));
  const seen = await lookAtCentral(stack, api, now);
  const lines = findings(centralChecks(stack.config), seen);
  if (severity === undefined) return lines;
  return [...lines, { name: 'test alert', ...testAlertTold(await testAlert(stack, seen, severity)) }];
}

/** Sends the test to one Alertmanager: they tell each other what they have told. */
async function testAlert(
  { config }: CentralStack,
  { alertmanagerPods: pods }: CentralSeen,
  severity: Severity,
): Promise<Observation<TestAlertSeen>> {
  if ('why' in pods) return pods;
  const [pod] = pods.value;
  if (!pod) return { why: 'no pod of Alertmanager was found', fix: 'Run pulumi up on the stack.' };
  return askForwarded(
    config.cluster,
    { target: `pod/${pod.metadata.name}`, port: chartPods.alertmanager.ports.http },
    sendTestAlert(config.cluster.label, severity, new Date()),
    untilSent + patience,
  );
}

void run(program);
