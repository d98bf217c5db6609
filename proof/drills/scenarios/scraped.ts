import { setTimeout as sleep } from 'node:timers/promises';
import type { Series } from '../../e2e/query';
import { Failure } from '../../e2e/report';
import { eventually } from '../../e2e/waiting';
import type { Outcome } from '../drill';
import { lacking, type Fleet } from '../fleet';
import { NumberedTarget, targetMetric, targetSeries } from '../numbered-target';
import { countSlots, slotOf, slotSeconds, type SlotCount } from '../slots';

/** Seconds of scrapes before anything happens. */
export const before = 30;

/** Seconds until the backlog is in: reconnecting, and sending it. */
const patience = 300;

/** Seconds that a slot may take from the scrape to an answer; the newest are not counted. */
const underWay = 30;

/**
 * Counts every time slot that either of the edge's agents scrapes from shortly before something happens until it has been
 * over for half a minute.
 *
 * @param act what happens; what it returns is said in the outcome
 */
export async function underScrapes(fleet: Fleet, act: () => Promise<string[]>): Promise<Outcome> {
  const target = await NumberedTarget.deploy(fleet.platform.edge);
  await eventually(180, async () => {
    const copies = await fleet.platform.query((query) => query.instant(targetMetric, { dedup: false }));
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
  const selector = `${targetMetric}{cluster="${fleet.platform.edgeName}"}`;
  const { merged, apart } = await fleet.answers(selector, since);
  const to = slotOf(Math.min(Date.now() - underWay * 1000, back + underWay * 1000));
  const scrapes = await target.scrapes();
  const count = (series: readonly Series[]): SlotCount =>
    countSlots(scrapes, series, targetSeries, slotOf(since), to);
  return { all: count([...merged, ...apart]), merged: count(merged), apart: count(apart) };
}

/** Which part is missing. */
function range({ missing }: SlotCount, began: number): string[] {
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined) return [];
  const at = (slot: number) => (slot * slotSeconds - began / 1000).toFixed(0);
  return [
    `missing: ${missing.length} slots of ${slotSeconds} s, ${at(first)} to ${at(last + 1)} s after the beginning`,
  ];
}
