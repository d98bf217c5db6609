import { Duration } from '../config/units';
import { ballastTerm } from './ballast';
import { ruler } from './constants';
import { times, type Need, type Term } from './need';
import { writtenSeries, type Plan } from './plan';
import { blockTerms, headTerms, unfinishedChunks } from './server-disk';

/**
 * Retention on the Ruler's volume: Thanos' default. What is older is in the bucket; `for` of a running alert
 * is restored from here after a restart.
 */
export const rulerRetention = Duration.parse('48h');

/** Series of all clusters that rules read, from every agent and every Prometheus: Query answers with both. */
export const readSeries = (plan: Plan): number =>
  (writtenSeries(plan) + plan.central.series * plan.central.replicas) * ruler.seriesRead;

/** Memory of a Ruler: the answers to its queries, and the head of what it records. */
export const rulerMemory = (plan: Plan): Need => ({
  component: 'ruler',
  resource: 'memory',
  key: 'ruler.resources.limits.memory',
  pods: plan.ruler.replicas,
  terms: [
    { what: 'the process', bytes: ruler.memory },
    times(readSeries(plan), 'series that rules read', ruler.memoryPerSeriesRead),
  ],
});

/** Series that rules record. */
const recordedSeries = (plan: Plan): number => readSeries(plan) * ruler.recordedPerSeriesRead;

/** What a Ruler reads when it starts. */
export const rulerLog = (plan: Plan): Term[] => headTerms(recordedSeries(plan), plan);

/** Volume of a Ruler: what its rules record. */
export function rulerDisk(plan: Plan): Need {
  return {
    component: 'ruler',
    resource: 'disk',
    key: 'ruler.storage',
    pods: plan.ruler.replicas,
    terms: [
      ...rulerLog(plan),
      ...blockTerms(recordedSeries(plan), rulerRetention, plan),
      unfinishedChunks(),
      ballastTerm(),
    ],
  };
}

/** Nothing without a Ruler. */
export const rulerNeeds = (plan: Plan): Need[] =>
  plan.ruler.replicas === 0 ? [] : [rulerMemory(plan), rulerDisk(plan)];
