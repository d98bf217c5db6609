import { replicationFactor } from '../components/thanos/hashring';
import { Duration } from '../config/units';
import { block, ingestor, router } from './constants';
import { times, type Need } from './need';
import { sampleRate, writtenSeries, type Plan } from './plan';

/**
 * How much more than its even share the fullest ingestor has. Ketama puts each on the ring a thousand times (SectionsPerNode
 * in Thanos v0.42.4, pkg/receive/hashring.go); a share of so many random arcs deviates by 3 % (1 / √1000), and 10 % are three
 * deviations.
 */
const unevenness = 1.1;

/**
 * Hours of samples in the head's log: the head holds up to one and a half blocks of 2 h (Prometheus' storage
 * documentation), and a truncation leaves a third of the segments (`truncateWAL` in Prometheus v3.14.0, tsdb/head.go).
 */
const logged = Duration.parse('4h30m');

/** Length of a block; retention deletes a block only when its newest sample is old enough. */
export const blockLength = Duration.parse('2h');

/** Series in the head of the fullest ingestor. */
export function ingestorSeries(plan: Plan): number {
  const { ingestors } = plan.receive;
  const even = (writtenSeries(plan) * replicationFactor(ingestors)) / ingestors;
  return Math.ceil(ingestors > replicationFactor(ingestors) ? even * unevenness : even);
}

/**
 * Series whose samples come late after an outage, so that they need memory of their own: those of all agents of an edge
 * but one, when that one was restarted and is ahead of the others.
 */
const lateSeries = (plan: Plan): number =>
  Math.ceil((ingestorSeries(plan) * (plan.agents - 1)) / plan.agents);

/** Memory of one ingestor: a head for each tenant, its series, and chunks for those that come late. */
export const ingestorMemory = (plan: Plan): Need => ({
  component: 'receive ingestor',
  resource: 'memory',
  key: 'receive.resources.limits.memory',
  pods: plan.receive.ingestors,
  terms: [
    { what: 'the process', bytes: ingestor.memory },
    times(plan.edges.length, 'tenants', ingestor.memoryPerTenant),
    times(ingestorSeries(plan), 'series', ingestor.memoryPerSeries),
    times(lateSeries(plan), 'series with late samples', ingestor.memoryPerLateSeries),
  ],
});

/**
 * Volume of one ingestor: blocks until retention is over (they are uploaded long before), the log and chunks of the head,
 * and the backlog of an outage in them, which arrives within minutes and stays until the next truncation.
 */
export function ingestorDisk(plan: Plan): Need {
  const rate = sampleRate(ingestorSeries(plan), plan);
  const late = sampleRate(lateSeries(plan), plan);
  const kept = plan.receive.retention.plus(blockLength);
  const blocks = kept.seconds / blockLength.seconds;
  return {
    component: 'receive ingestor',
    resource: 'disk',
    key: 'receive.storage',
    pods: plan.receive.ingestors,
    terms: [
      times(rate * kept.seconds, `samples of ${kept.toString()} in blocks`, block.chunksPerSample),
      times(ingestorSeries(plan) * blocks, 'series in their indexes', block.indexPerSeries),
      times(
        rate * logged.plus(plan.outage).seconds,
        `samples of ${logged.plus(plan.outage).toString()} in the log`,
        ingestor.walPerSample,
      ),
      times(
        rate * logged.plus(plan.outage).seconds,
        `samples of ${logged.plus(plan.outage).toString()} in chunks of the head`,
        block.chunksPerSample,
      ),
      times(late * plan.outage.seconds, 'late samples in their log', ingestor.walPerLateSample),
    ],
  };
}

/** Memory of one router: it holds requests under way, no series. */
export const routerMemory = (plan: Plan): Need => ({
  component: 'receive router',
  resource: 'memory',
  key: 'receive.routers.resources.limits.memory',
  pods: plan.receive.routers,
  terms: [
    { what: 'the process', bytes: router.memory },
    times(
      sampleRate(writtenSeries(plan), plan) / plan.receive.routers,
      'samples/s',
      router.memoryPerSamplePerSecond,
    ),
  ],
});

export const receiveNeeds = (plan: Plan): Need[] => [
  routerMemory(plan),
  ingestorMemory(plan),
  ingestorDisk(plan),
];
