import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../tools/command-line';
import { needPrograms } from '../../tools/programs';
import { deleteNamespace } from '../drills/faults/node';
import { Fleet } from '../drills/fleet';
import { clusterPrograms } from '../e2e/arguments';
import { everyPodReady } from '../e2e/checks/pods';
import { Deployment } from '../e2e/deployment';
import { Report } from '../e2e/report';
import { eventually } from '../eventually';
import { Failure } from '../failure';
import { activeAlerts } from './alertmanager';
import { alertsCommand, type Arguments } from './arguments';
import { asWanted, heading, row, type AlertFault, type Told } from './fault';
import { faults } from './faults/list';
import { staysSilent } from './healthy';
import { Inbox } from './inbox';
import { heard, named } from './messages';
import { asService, receivers } from './receiver';

/**
 * One edge, the deployed one: where it is the only one of several that sends, its silence is that of all
 * edges, which is another alert.
 */
const fleetOfOne = { edges: [{ name: 'cluster-02' }] };

/**
 * So that the bucket has blocks within minutes. No other fault is made with them: Store, Compactor and the
 * bucket work for many blocks then, and a small machine does nothing else.
 */
const shortBlocks = { receive: { blockDuration: '2m' } };

/**
 * Seconds after which the second Alertmanager has told what it believes that the first has not: it lets that
 * one go first by 15 s (`--cluster.peer-timeout`).
 */
const secondTurn = 30;

/** Makes one fault, waits for its message, undoes it, and waits for the message of its end. */
async function attempt(fault: AlertFault, fleet: Fleet, inbox: Inbox): Promise<Told> {
  const began = Date.now();
  const undo = await fault.make(fleet);
  const made = Date.now();
  const now = () => heard(inbox.since(began), fault.alert);
  let undone: number;
  try {
    await waitFor(fault.within, () => now().fired);
    await fault.meanwhile?.(fleet);
    await sleep((fault.goesOn ?? 0) * 1000);
  } finally {
    undone = Date.now();
    await undo();
  }
  await waitFor(fault.resolvedWithin, () => now().resolved);
  await sleep(secondTurn * 1000);
  const messages = inbox.since(began);
  return { made, undone, ...now(), beside: named(messages) };
}

/** Waits until something is there, or for so many seconds; what was missing is said by the table. */
async function waitFor(seconds: number, found: () => number | undefined): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (found() === undefined && Date.now() < end) await sleep(1000);
}

/** Prints the line of a fault. @returns whether a person was told in time, once, and of the end */
async function told(fault: AlertFault, fleet: Fleet, inbox: Inbox): Promise<boolean> {
  try {
    const outcome = await attempt(fault, fleet, inbox);
    console.log(`${asWanted(fault, outcome) ? '✔' : '✖'} ${row(fault, outcome)}`);
    console.log(`    all that fired: ${outcome.beside.join(', ') || 'nothing'}`);
    return asWanted(fault, outcome);
  } catch (error) {
    console.log(`✖ ${fault.title}\n    ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function main({ clusters, address, only, atOnce, healthy }: Arguments): Promise<void> {
  needPrograms(...clusterPrograms);
  const inbox = await Inbox.open(address);
  try {
    const deployment = await Deployment.of(clusters);
    const { central, edge } = deployment;
    const asked = healthy ? [] : faults.filter(({ name }) => only?.includes(name) ?? true);
    const blocks = asked.some(({ needsBlocks }) => needsBlocks) ? shortBlocks : {};
    const base = { ...receivers(inbox), ...fleetOfOne, ...blocks };
    const report = new Report();
    await report.step('the webhook is a Service of the centre', () => asService(central, inbox));
    await report.step('pulumi up of the central stack', () => deployment.upCentral(base));
    await report.step('pulumi up of the edge stack', () => deployment.upEdge());
    await report.step('every pod of the centre is Ready', () => everyPodReady(central));
    await report.step('every pod of the edge is Ready', () => everyPodReady(edge));
    const fleet = await Fleet.of(deployment, base);
    await report.step('the Watchdog of each evaluator is at Alertmanager', () => watchdogs(fleet));

    if (healthy !== undefined) {
      const silent = await staysSilent(healthy.seconds, inbox, fleet.platform);
      await Promise.all([central, edge].map(deleteNamespace));
      process.exitCode = silent ? 0 : 1;
      return;
    }
    console.log(`\n  ${heading}`);
    const outcomes: boolean[] = [];
    const one = async (fault: AlertFault) => {
      outcomes.push(await told(fault, fleet, inbox));
    };
    if (atOnce) await Promise.all(asked.map(one));
    else for (const fault of asked) await one(fault);
    const failed = outcomes.filter((wanted) => !wanted).length;
    await Promise.all([central, edge].map(deleteNamespace));
    console.log(`\n${asked.length - failed} faults told as wanted, ${failed} not`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await inbox.close();
  }
}

/** Seconds until both evaluators run, have evaluated, and have sent. */
const untilWatchdogs = 420;

/** Waits until both evaluators' Watchdogs are there: the way of an alert but its last step works, twice. */
async function watchdogs({ platform }: Fleet): Promise<string> {
  const began = Date.now();
  await eventually(untilWatchdogs, async () => {
    const alerts = await activeAlerts(platform);
    for (const evaluator of ['prometheus', 'ruler']) {
      const there = alerts.some(
        (labels) => labels['alertname'] === 'Watchdog' && labels['evaluator'] === evaluator,
      );
      if (!there) throw new Failure(`the Watchdog of ${evaluator} is not there`);
    }
  });
  return `after ${((Date.now() - began) / 1000).toFixed(0)} s`;
}

const names = faults.map(({ name }) => name);
void run(alertsCommand(names, process.env, main));
