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
import { alertsCommand, type Arguments } from './arguments';
import { asWanted, heading, row, type AlertFault, type Told } from './fault';
import { faults } from './faults/list';
import { Inbox } from './inbox';
import { heard, named } from './messages';
import { asService, receivers, watchdogSecrets } from './receiver';

/** Makes one fault, waits for its message, undoes it, and waits for the message of its end. */
async function attempt(fault: AlertFault, fleet: Fleet, inbox: Inbox): Promise<Told> {
  const made = Date.now();
  const undo = await fault.make(fleet);
  const now = () => heard(inbox.since(made), fault.alert);
  let undone: number;
  try {
    await waitFor(fault.within, () => now().fired);
    await sleep((fault.goesOn ?? 0) * 1000);
  } finally {
    undone = Date.now();
    await undo();
  }
  await waitFor(fault.resolvedWithin, () => now().resolved);
  const messages = inbox.since(made);
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

async function main({ clusters, address, only }: Arguments): Promise<void> {
  needPrograms(...clusterPrograms);
  const inbox = await Inbox.open(address);
  try {
    const deployment = await Deployment.of(clusters, watchdogSecrets(inbox));
    const { central, edge } = deployment;
    const base = receivers(inbox);
    const report = new Report();
    await report.step('the webhook is a Service of the centre', () => asService(central, inbox));
    await report.step('pulumi up of the central stack', () => deployment.upCentral(base));
    await report.step('pulumi up of the edge stack', () => deployment.upEdge());
    await report.step('every pod of the centre is Ready', () => everyPodReady(central));
    await report.step('every pod of the edge is Ready', () => everyPodReady(edge));
    const fleet = await Fleet.of(deployment, base);
    await report.step('both Watchdogs reach the webhook', () => watchdogs(inbox));

    console.log(`\n  ${heading}`);
    const asked = faults.filter(({ name }) => only?.includes(name) ?? true);
    let failed = 0;
    for (const fault of asked) if (!(await told(fault, fleet, inbox))) failed++;
    await Promise.all([central, edge].map(deleteNamespace));
    console.log(`\n${asked.length - failed} faults told as wanted, ${failed} not`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await inbox.close();
  }
}

/** Seconds until both evaluators run, evaluate, and Alertmanager has posted what they send. */
const untilWatchdogs = 420;

/** Waits until the Watchdog of each evaluator has come: the whole way of an alert works, twice. */
async function watchdogs(inbox: Inbox): Promise<string> {
  const began = Date.now();
  const seconds = await eventually(untilWatchdogs, () => {
    const times = ['prometheus', 'ruler'].map((evaluator) => {
      const { fired } = heard(inbox.since(0), { alertname: 'Watchdog', evaluator });
      if (fired === undefined) throw new Failure(`no Watchdog of ${evaluator} has come`);
      return (fired - began) / 1000;
    });
    return Promise.resolve(times);
  });
  return seconds.map((time) => `${time.toFixed(0)} s`).join(' and ');
}

const names = faults.map(({ name }) => name);
void run(alertsCommand(names, process.env, main));
