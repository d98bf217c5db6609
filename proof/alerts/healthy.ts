import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../e2e/platform';
import { activeAlerts } from './alertmanager';
import type { Inbox } from './inbox';
import { named } from './messages';

/**
 * Breaks nothing for some time, and writes down what a person is told all the same.
 *
 * @returns whether nobody was told anything, and both Watchdogs are still there
 */
export async function staysSilent(
  seconds: number,
  inbox: Pick<Inbox, 'since'>,
  platform: Platform,
): Promise<boolean> {
  const began = Date.now();
  await sleep(seconds * 1000);
  const messages = inbox.since(began);
  for (const message of messages) {
    const after = `${((message.at - began) / 1000).toFixed(0)} s`.padStart(8);
    console.log(`${after}  ${message.status}: ${named([message], message.status).join(', ')}`);
  }
  const active = (await activeAlerts(platform)).map(
    ({ alertname, evaluator }) => `${alertname ?? '?'}${evaluator === undefined ? '' : ` of ${evaluator}`}`,
  );
  console.log(`\n${messages.length} messages in ${seconds} s; at Alertmanager: ${active.sort().join(', ')}`);
  const watched = ['prometheus', 'ruler'].every((evaluator) => active.includes(`Watchdog of ${evaluator}`));
  return messages.length === 0 && watched;
}
