import { run } from '../../tools/command-line';
import { needPrograms } from '../../tools/programs';
import { clusterPrograms } from '../e2e/arguments';
import { everyPodReady } from '../e2e/checks/pods';
import { Deployment } from '../e2e/deployment';
import { Report } from '../e2e/report';
import type { StackConfig } from '../e2e/stack-config';
import { Duration } from '../../config/units';
import { drillsCommand, type Arguments } from './arguments';
import { asPromised, heading, row, type Drill, type Outcome } from './drill';
import { deleteNamespace } from './faults/node';
import { Fleet } from './fleet';
import { agentDrills } from './scenarios/agents';
import { agentVolumeDrills } from './scenarios/agent-volume';
import { hostileDrills, noisyEdges } from './scenarios/hostile';
import { identityDrills, leavingEdge } from './scenarios/identity';
import { writingEdge } from './scenarios/loaded';
import { neverSentDrills } from './scenarios/never-sent';
import { objectStoreDrills } from './scenarios/object-store';
import { outageDrills } from './scenarios/outage';
import { readerDrills } from './scenarios/readers';
import { receiveDrills } from './scenarios/receive';
import { renewalDrills } from './scenarios/renewal';
import { scalingDrills } from './scenarios/scaling';
import { volumeDrills } from './scenarios/volume';

/** Overrides of the committed central stack: blocks of minutes, and an outage that can be waited for. */
const base = (outage: Duration): StackConfig => ({
  outage: outage.toString(),
  edges: [{ name: 'cluster-02' }, { name: 'cluster-03' }, ...noisyEdges, { name: leavingEdge }],
  receive: { blockDuration: '2m' },
});

const drills = (outage: Duration): Drill[] => [
  ...receiveDrills,
  ...objectStoreDrills,
  ...volumeDrills,
  ...readerDrills,
  ...hostileDrills,
  ...identityDrills,
  ...renewalDrills,
  ...scalingDrills,
  ...outageDrills(outage),
  ...neverSentDrills(outage),
  ...agentDrills(outage),
  ...agentVolumeDrills,
];

/** Runs one drill and prints its line. @returns its outcome; undefined when it could not be carried out */
async function attempt(drill: Drill, fleet: Fleet): Promise<Outcome | undefined> {
  try {
    await fleet.writable(writingEdge);
    const outcome = await drill.run(fleet);
    console.log(`${asPromised(outcome) ? '✔' : '✖'} ${row(drill.title, outcome)}`);
    for (const line of outcome.said ?? []) console.log(`    ${line}`);
    return outcome;
  } catch (error) {
    console.log(`✖ ${drill.title}\n    ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function main({ clusters, outage, only }: Arguments): Promise<void> {
  needPrograms(...clusterPrograms);
  const deployment = await Deployment.of(clusters);
  const { central, edge } = deployment;
  const report = new Report();
  await report.step('pulumi up of the central stack', () => deployment.upCentral(base(outage)));
  await report.step('pulumi up of the edge stack', () => deployment.upEdge());
  await report.step('every pod of the centre is Ready', () => everyPodReady(central));
  await report.step('every pod of the edge is Ready', () => everyPodReady(edge));
  const fleet = await Fleet.of(deployment, base(outage));

  console.log(`\n  ${heading}`);
  const asked = drills(outage).filter(({ name }) => only?.includes(name) ?? true);
  let failed = 0;
  for (const drill of asked) {
    const outcome = await attempt(drill, fleet);
    if (!outcome || !asPromised(outcome)) failed++;
  }
  await Promise.all([central, edge].map(deleteNamespace));
  console.log(`\n${asked.length - failed} drills as promised, ${failed} not`);
  process.exitCode = failed === 0 ? 0 : 1;
}

const names = drills(Duration.parse('10m')).map(({ name }) => name);
void run(drillsCommand(names, process.env, main));
