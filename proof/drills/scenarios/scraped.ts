import { setTimeout as sleep } from 'node:timers/promises';
import { maxAgents } from '../../../config/cluster';
import type { Cluster } from '../../../tools/kubernetes/cluster';
import { countNumbered, type Count } from '../../samples/count';
import type { Series } from '../../samples/query-client';
import { Failure } from '../../failure';
import { eventually } from '../../eventually';
import type { Outcome } from '../drill';
import { alone, answers, lacking } from '../answers';
import type { Fleet } from '../fleet';
import {
  numbersBetween,
  NumberedTarget,
  scrapeInterval,
  targetSelector,
  targetSeries,
} from '../numbered-target';

/** Seconds of scrapes before anything happens. */
export const before = 30;

/** Seconds until all of them send of this moment: one may still have the backlog of the drill before. */
const untilCurrent = 900;

/** Seconds until the backlog is in: reconnecting, and sending it. */
const patience = 300;

/** Seconds that a sample may take from its scrape to an answer; newer ones are not counted. */
const underWay = 30;

/** Who scrapes the numbered target. */
export interface Scrapers {
  cluster: Cluster;
  /** Value of the label `cluster` of its samples. */
  label: string;
  /** How many of them scrape it. */
  count: number;
}

const agentsOfEdge = ({ platform: { edge, edgeName } }: Fleet): Scrapers => ({
  cluster: edge,
  label: edgeName,
  count: maxAgents,
});

/**
 * Counts every scrape by whichever of the scrapers, from shortly before something happens until it has been
 * over for half a minute.
 *
 * @param act what happens; what it returns is said in the outcome
 * @param scrapers default the edge's agents
 */
export async function underScrapes(
  fleet: Fleet,
  act: (target: NumberedTarget) => Promise<string[]>,
  scrapers: Scrapers = agentsOfEdge(fleet),
): Promise<Outcome> {
  const target = await NumberedTarget.deploy(scrapers.cluster);
  const selector = targetSelector(scrapers.label);
  await eventually(untilCurrent, async () => {
    const copies = await fleet.platform.query((query) => query.instant(selector, { dedup: false }));
    if (copies.length < scrapers.count * targetSeries)
      throw new Failure(`${copies.length} series of the numbered target`);
  });
  const since = Date.now();
  await sleep(before * 1000);
  const said = await act(target);
  const back = Date.now();
  const { counts, recovery } = await recovered(fleet, { target, selector, since, back });
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

interface Scraped {
  target: NumberedTarget;
  /** PromQL for what was scraped. */
  selector: string;
  /** From when on it is counted, and when everything was as before (Unix time in milliseconds). */
  since: number;
  back: number;
}

/** Waits until nothing is missing any more, or no more comes. */
async function recovered(fleet: Fleet, scraped: Scraped) {
  for (;;) {
    const counts = await inAnswers(fleet, scraped);
    const recovery = (Date.now() - scraped.back) / 1000;
    const complete = counts.all.missing.length === 0 && recovery > underWay;
    if (complete) return { counts, recovery };
    if (recovery > patience) return { counts: await inAnswers(fleet, scraped, 'also alone'), recovery };
    await sleep(5000);
  }
}

async function inAnswers(
  fleet: Fleet,
  { target, selector, since, back }: Scraped,
  asked: 'together' | 'also alone' = 'together',
) {
  const { merged, apart } = await answers(fleet, selector, since);
  const besides = asked === 'together' ? [] : await alone(fleet, selector, since);
  const until = Math.min(Date.now() - underWay * 1000, back + underWay * 1000);
  const sent = numbersBetween(await target.log(), since, until).map((number) => ({ number }));
  const count = (answer: readonly Series[]): Count => countNumbered(sent, targetSeries, answer);
  return { all: count([...merged, ...apart, ...besides]), merged: count(merged), apart: count(apart) };
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
