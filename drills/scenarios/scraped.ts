import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../e2e/report.js';
import { eventually } from '../../e2e/waiting.js';
import type { Outcome } from '../drill.js';
import type { Fleet } from '../fleet.js';
import { NumberedTarget, targetMetric, targetSeries } from '../numbered-target.js';
import { countSlots, slotOf, slotSeconds, type SlotCount } from '../slots.js';

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
  const { count, recovery } = await recovered(fleet, target, since, back);
  const deduplicated = await inAnswer(fleet, target, since, back, true);
  return {
    sent: count.sent,
    found: count.found,
    recovery,
    said: [
      ...said,
      `with deduplication ${deduplicated.found} of ${deduplicated.sent}`,
      ...range(count, since + before * 1000),
    ],
  };
}

/** Waits until nothing is missing any more, or no more comes. */
async function recovered(fleet: Fleet, target: NumberedTarget, since: number, back: number) {
  for (;;) {
    const count = await inAnswer(fleet, target, since, back, false);
    const recovery = (Date.now() - back) / 1000;
    const complete = count.missing.length === 0 && recovery > underWay;
    if (complete || recovery > patience) return { count, recovery };
    await sleep(5000);
  }
}

async function inAnswer(
  fleet: Fleet,
  target: NumberedTarget,
  since: number,
  back: number,
  dedup: boolean,
): Promise<SlotCount> {
  const selector = `${targetMetric}{cluster="${fleet.platform.edgeName}"}`;
  const seconds = Math.ceil((Date.now() - since) / 1000) + 60;
  const series = await eventually(60, () =>
    fleet.platform.query((query) => query.raw(selector, `${seconds}s`, { dedup })),
  );
  const to = slotOf(Math.min(Date.now() - underWay * 1000, back + underWay * 1000));
  return countSlots(await target.scrapes(), series, targetSeries, slotOf(since), to);
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
