import { scrapedSeries } from '../capacity/agent';
import { capacityViolations, centralNeeds, edgeNeeds } from '../capacity/check';
import { edgeLevers, levers } from '../capacity/levers';
import { planOf } from '../capacity/plan';
import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';
import type { Duration } from '../config/units';

/** The keys of a central stack that cannot hold what its edges declare. */
export const centralCapacity = (config: CentralConfig): Violation[] =>
  capacityViolations(centralNeeds(planOf(config)), config, (need, held) => levers(config, need, held));

/** What the central stack has planned for one edge; from its outputs. */
export interface PlannedEdge {
  series: number;
  scrapeInterval: Duration;
  outage: Duration;
}

/** The same from its configuration; undefined for an edge that it does not list. */
export function plannedFor(
  { edges, prometheus, outage }: CentralConfig,
  edge: string,
): PlannedEdge | undefined {
  const listed = edges.find(({ name }) => name === edge);
  return listed && { series: listed.series, scrapeInterval: prometheus.scrapeInterval, outage };
}

/**
 * What an edge's own values contradict: the size of its agents' memory and volumes against its series and the
 * outage, and its series and scrape interval against those that the centre is sized for.
 */
export function edgeCapacity(config: EdgeConfig, planned: PlannedEdge): Violation[] {
  const { scrapeInterval, replicas, keepMetrics, series = planned.series } = config.agent;
  const counted = scrapedSeries(config.agent, planned.series);
  const sized = { agents: replicas, scrapeInterval, outage: planned.outage };
  const found = capacityViolations(edgeNeeds(counted, sized), config, (need, held) =>
    edgeLevers(counted, sized, { need, held }),
  );
  if (scrapeInterval.seconds < planned.scrapeInterval.seconds) {
    found.push({
      key: 'agent.scrapeInterval',
      found: scrapeInterval.toString(),
      allowed: `at least ${planned.scrapeInterval.toString()}, monitoring:prometheus.scrapeInterval of the central stack, which is sized for it`,
      fix: 'Raise it, or lower that one first and run pulumi up on the central stack.',
    });
  }
  if (series > planned.series && !keepMetrics) {
    found.push({
      key: 'agent.series',
      found: String(series),
      allowed: `at most ${planned.series}, the series of this edge in monitoring:edges of the central stack, which is sized for it`,
      fix: 'Raise that one first and run pulumi up on the central stack, or send a part alone (agent.keepMetrics).',
    });
  }
  return found;
}
