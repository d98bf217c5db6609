import { run } from '../../tools/command-line';
import { needPrograms } from '../../tools/programs';
import { clusterPrograms, e2eCommand, type Arguments } from './arguments';
import { everyEndpointUp } from './checks/endpoints';
import { datasourceAnswers } from './checks/grafana';
import { peopleReachIt } from './checks/ingress';
import { leastRights } from './checks/object-store-rights';
import { everyPodReady } from './checks/pods';
import { ingestorRestart, storeAnswers } from './checks/receive-restart';
import { onlyAsOneself } from './checks/remote-write';
import { recordedArrive } from './checks/recorded';
import { samplesArrive } from './checks/samples';
import { nothingToChange } from './checks/unchanged';
import { Deployment, stacks } from './deployment';
import { Report } from './report';

async function main(args: Arguments): Promise<void> {
  needPrograms(...clusterPrograms);
  const report = new Report();
  const deployment = await Deployment.of(args);
  const { central, edge, pulumi } = deployment;
  console.log(`central ${central.access.server}, edge ${edge.access.server}; state in ${pulumi.folder}`);
  console.log(`provider plugins: ${deployment.plugins}; charts: ${process.env['CHART_DIR'] ?? 'registry'}`);

  if (args.only === 'down') return report.step('both stacks destroyed', () => deployment.down());

  report.section('Deployment');
  if (args.only === 'all') {
    await report.step('pulumi up of the central stack', () => deployment.upCentral());
    await report.step('pulumi up of the edge stack', () => deployment.upEdge());
  }
  await report.check('every pod of the centre is Ready', () => everyPodReady(central));
  await report.check('every pod of the edge is Ready', () => everyPodReady(edge));
  const platform = await deployment.platform();

  report.section('Samples');
  await samplesArrive(platform, report);
  await recordedArrive(platform, report);
  await everyEndpointUp(platform, report);

  report.section('Who may write, and as whom');
  await onlyAsOneself(platform, report);

  report.section('What is at Receive reaches the bucket');
  const block = await ingestorRestart(platform, report);
  if (block) await storeAnswers(platform, report, block);

  report.section('People');
  await datasourceAnswers(platform, report);
  await peopleReachIt(platform, report);

  report.section('Rights on the bucket');
  await leastRights(platform, report);

  report.section('Again');
  await nothingToChange(pulumi, stacks, report);

  const passed = report.summary();
  if (args.afterwards === 'down') await report.step('both stacks destroyed', () => deployment.down());
  process.exitCode = passed ? 0 : 1;
}

void run(e2eCommand(process.env, main));
