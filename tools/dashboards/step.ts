/** Points that a panel has room for, about half of a wide screen: Grafana takes one for each pixel. */
const mostPoints = 1000;

/**
 * Seconds between two points of a curve, never less than a scrape. Grafana takes a round number near it,
 * which for six hours and less is the same: the time between two scrapes.
 *
 * @param range seconds that the dashboard looks back
 */
export const stepOf = (range: number, scrapeInterval: number): number =>
  Math.max(scrapeInterval, Math.ceil(range / mostPoints));
