import type { CentralConfig } from '../config/central';
import { bounds } from '../config/scalars';
import { Duration, Quantity } from '../config/units';
import { leastReceiveRetention } from './outage';
import { centralNeeds, edgeNeeds } from './check';
import { total, whole, type Need } from './need';
import { planOf, type EdgePlan } from './plan';

/** A change of the configuration other than the key that is too small, and how it is said. */
interface Lever {
  said: string;
  config: CentralConfig;
}

/**
 * What else makes a need fit, each key with the value that is nearest to the present one. Keys by which
 * nothing is won are not named, so that nobody turns what does not help.
 *
 * @param need one that the configuration does not hold
 * @param held bytes that it has for it
 */
export function levers(config: CentralConfig, need: Need, held: number): string[] {
  const fits = (tried: CentralConfig) => {
    const same = centralNeeds(planOf(tried)).find(({ key }) => key === need.key);
    return same === undefined || total(same.terms) <= held;
  };
  return all.flatMap((candidates) => candidates(config).find((lever) => fits(lever.config))?.said ?? []);
}

/** The same of an edge: its interval, and the outage and the series that the central stack plans. */
export function edgeLevers(
  series: number,
  plan: EdgePlan,
  { need, held }: { need: Need; held: number },
): string[] {
  const fits = (count: number, tried: EdgePlan) =>
    edgeNeeds(count, tried).every(({ key, terms }) => key !== need.key || total(terms) <= held);
  const scrapeInterval = intervalsAbove(plan.scrapeInterval).find((time) =>
    fits(series, { ...plan, scrapeInterval: time }),
  );
  const shorter = hoursBelow(plan.outage, 1).find((time) => fits(series, { ...plan, outage: time }));
  const fewer = shares.map((share) => Math.floor(series * share)).find((count) => fits(count, plan));
  return [
    ...(scrapeInterval ? [`agent.scrapeInterval to ${scrapeInterval.toString()}`] : []),
    ...(shorter ? [`outage of the central stack to ${shorter.toString()}`] : []),
    ...(fewer === undefined ? [] : [`the series of this edge in monitoring:edges there to ${fewer}`]),
  ];
}

/** From the nearest to the farthest. */
type Candidates = (config: CentralConfig) => Lever[];

const shares = Array.from({ length: 19 }, (_, i) => (19 - i) / 20);

const steps = (count: number) => Array.from({ length: Math.max(0, count) }, (_, i) => i + 1);

const ingestors: Candidates = (config) => {
  const { receive } = config;
  return steps(bounds.ingestors - receive.ring).map((more) => {
    const replicas = receive.ring + more;
    const said = `receive.replicas to ${replicas}`;
    return { said, config: { ...config, receive: { ...receive, replicas, ring: replicas } } };
  });
};

const series: Candidates = (config) =>
  shares.map((share) => {
    const edges = config.edges.map((edge) => ({ ...edge, series: Math.floor(edge.series * share) }));
    const sum = edges.reduce((all, edge) => all + edge.series, 0);
    return { said: `the series of all edges to ${whole(sum)} together`, config: { ...config, edges } };
  });

const centralSeries: Candidates = (config) =>
  shares.map((share) => {
    const prometheus = { ...config.prometheus, series: Math.floor(config.prometheus.series * share) };
    return { said: `prometheus.series to ${prometheus.series}`, config: { ...config, prometheus } };
  });

const interval: Candidates = (config) =>
  intervalsAbove(config.prometheus.scrapeInterval).map((scrapeInterval) => ({
    said: `prometheus.scrapeInterval to ${scrapeInterval.toString()}`,
    config: { ...config, prometheus: { ...config.prometheus, scrapeInterval } },
  }));

/** What people write; one minute is the longest that the rules allow. */
const intervalsAbove = ({ seconds: present }: Duration): Duration[] =>
  [5, 10, 15, 20, 30, 45, 60]
    .filter((seconds) => seconds > present)
    .map((seconds) => Duration.ofSeconds(seconds));

const outage: Candidates = (config) =>
  hoursBelow(config.outage, 1).map((shorter) => ({
    said: `outage to ${shorter.toString()}`,
    config: { ...config, outage: shorter },
  }));

const ingestorRetention: Candidates = (config) => {
  const { receive, outage: longest } = config;
  const least = leastReceiveRetention(longest, receive.blockDuration).hours;
  return hoursBelow(receive.retention, Math.ceil(least)).map((retention) => ({
    said: `receive.retention to ${retention.toString()}`,
    config: { ...config, receive: { ...receive, retention } },
  }));
};

/**
 * From the longest on, each as long as before or as short as the others. Thanos refuses less than two and ten
 * days (`checks/central-rules.ts`).
 */
const bucketRetention: Candidates = (config) =>
  shares.map((share) => {
    const { raw, fiveMinutes, oneHour } = config.compactor.retention;
    const longest = Math.max(...[raw, fiveMinutes, oneHour].map(({ hours }) => hours));
    const days = (time: Duration, least: number) =>
      Duration.ofSeconds(Math.max(least, Math.floor(Math.min(time.hours, longest * share) / 24)) * 86_400);
    const retention = { raw: days(raw, 2), fiveMinutes: days(fiveMinutes, 10), oneHour: days(oneHour, 10) };
    const said =
      `compactor.retention to raw ${retention.raw.toString()}, fiveMinutes ${retention.fiveMinutes.toString()}, ` +
      `oneHour ${retention.oneHour.toString()}`;
    return { said, config: { ...config, compactor: { ...config.compactor, retention } } };
  });

const retentionSize: Candidates = (config) =>
  shares.map((share) => {
    const smaller = inMebibytes(config.prometheus.retentionSize, share);
    const prometheus = { ...config.prometheus, retentionSize: smaller };
    return { said: `prometheus.retentionSize to ${smaller.kubernetes}`, config: { ...config, prometheus } };
  });

const storeCache =
  (key: 'indexCacheSize' | 'chunkPoolSize'): Candidates =>
  (config) =>
    shares.map((share) => {
      const smaller = inMebibytes(config.store[key], share);
      return {
        said: `store.${key} to ${smaller.kubernetes}`,
        config: { ...config, store: { ...config.store, [key]: smaller } },
      };
    });

/** In the order of what people would rather do. */
const all: readonly Candidates[] = [
  ingestors,
  interval,
  outage,
  ingestorRetention,
  bucketRetention,
  retentionSize,
  storeCache('indexCacheSize'),
  storeCache('chunkPoolSize'),
  series,
  centralSeries,
];

/** Whole hours below a time: one by one for two days, then day by day. */
function hoursBelow(time: Duration, least: number): Duration[] {
  const most = Math.ceil(time.hours) - 1;
  const fine = steps(Math.min(48, most)).map((i) => most + 1 - i);
  const coarse = steps(Math.min(100, Math.floor((most - 48) / 24))).map((i) => most - 48 - (i - 1) * 24);
  return [...fine, ...coarse]
    .filter((hours) => hours >= least)
    .map((hours) => Duration.ofSeconds(hours * 3600));
}

const inMebibytes = ({ bytes }: Quantity, share: number) =>
  Quantity.ofBytes(Math.max(1, Math.floor((bytes * share) / 2 ** 20)) * 2 ** 20);
