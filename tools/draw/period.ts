/** The time that is drawn. Seconds since 1970. */
export interface Period {
  from: number;
  to: number;
}

/** Grafana asks for no step that nobody would choose; these are the usual ones. */
const steps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/**
 * Seconds between two points of a curve: about one for each pixel, and never closer than samples are.
 *
 * @param pixels width of the panel
 * @param scrapeInterval the least, as the datasource is told
 */
export function stepOf({ from, to }: Period, pixels: number, scrapeInterval: number): number {
  const wanted = Math.max((to - from) / pixels, scrapeInterval);
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** Grafana begins and ends at whole steps, so that a curve does not change when it is drawn again. */
export const aligned = ({ from, to }: Period, step: number): Period => ({
  from: Math.floor(from / step) * step,
  to: Math.floor(to / step) * step,
});
