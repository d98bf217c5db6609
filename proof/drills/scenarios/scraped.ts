import { setTimeout as sleep } from 'node:timers/promises';
import { countNumbered, type Count } from '../../samples/count';
import type { Series } from '../../samples/query-client';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import type { Outcome } from '../drill';
import { lacking, type Fleet } from '../fleet';
import {
  numbersBetween,
  NumberedTarget,
  scrapeInterval,
  targetSelector,
  targetSeries,
} from '../numbered-target';

/** Seconds of scrapes before anything happens. */
export const before = 30;

/** Seconds until the backlog is in: reconnecting, and sending it. */
const patience = 300;

/** Seconds that a sample may take from its scrape to an answer; newer ones are not counted. */
const underWay = 30;

/**
 * Counts every scrape by either of the edge's agents, from shortly before something happens until it has been
 * over for half a minute.
 *
 * @param act what happens; what it returns is said in the outcome
 */
export async function underScrapes(fleet: Fleet, act: () => Promise<string[]>): Promise<Outcome> {
  const target = await NumberedTarget.deploy(fleet.platform.edge);
  await eventually(180, async () => {
    const selector = targetSelector(fleet.platform.edgeName);
    const copies = await fleet.platform.query((query) => query.instant(selector, { dedup: false }));
    if (copies.length < 2 * targetSeries) throw new Failure(`${copies.length} series of the numbered target`);
  });
  const since = Date.now();
  await sleep(before * 1000);
  const said = await act();
  const back = Date.now();
  const { counts, recovery } = await recovered(fleet, target, since, back);
  const { all, merged, apart } = counts;
  return {
    sent: all.sent,
    found: all.found,
    recovery,
    said: [
      ...said,
      ...lacking({ found: all.found, merged: merged.found, apart: apart.found }),
      ...range(all, since + before * 1000),
    ],
  };
}

/** Waits until nothing is missing any more, or no more comes. */
async function recovered(fleet: Fleet, target: NumberedTarget, since: number, back: number) {
  for (;;) {
    const counts = await inAnswers(fleet, target, since, back);
    const recovery = (Date.now() - back) / 1000;
    const complete = counts.all.missing.length === 0 && recovery > underWay;
    if (complete || recovery > patience) return { counts, recovery };
    await sleep(5000);
  }
}

async function inAnswers(fleet: Fleet, target: NumberedTarget, since: number, back: number) {
  const { merged, apart } = await fleet.answers(targetSelector(fleet.platform.edgeName), since);
  const until = Math.min(Date.now() - underWay * 1000, back + underWay * 1000);
  const sent = numbersBetween(await target.log(), since, until).map((number) => ({ number }));
  const count = (answer: readonly Series[]): Count => countNumbered(sent, targetSeries, answer);
  return { all: count([...merged, ...apart]), merged: count(merged), apart: count(apart) };
}

/** Line that says which part is missing, if any. */
function range({ missing }: Count, began: number): string[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const at = (number: number) => (number * scrapeInterval - began / 1000).toFixed(0);
  return [
    `missing: ${missing.length} scrapes, one each ${scrapeInterval} s, ` +
      `${at(first)} to ${at(last + 1)} s after the beginning`,
  ];
}
