import type { Duration } from '../config/units';
import { ballastTerm } from './ballast';
import { block, ingestor, router } from './constants';
import { times, type Need, type Term } from './need';
import { sampleRate, writtenSeries, type Plan } from './plan';
import { readersTerm } from './readers';
import { replicationFactor } from './replication';

/**
 * How much more than its even share the fullest ingestor has. Ketama puts each on the ring a thousand times
 * (SectionsPerNode in Thanos v0.42.4, pkg/receive/hashring.go); a share of so many random arcs deviates by 3
 * % (1 / √1000), and 10 % are three deviations.
 */
const unevenness = 1.1;

/**
 * Blocks' lengths of samples in the head's log: the head holds up to one and a half (Prometheus' storage
 * documentation), and a truncation leaves a third of the segments (`truncateWAL` in Prometheus v3.14.0,
 * tsdb/head.go).
 */
export const loggedBlocks = 2.25;

/** Seconds that the compaction of one tenant's head takes. */
const compactionSeconds = 14.4;

/**
 * Tenants for each compaction at the same time: block / 10 / 14.4 s, with blocks of 2h one of 50. Receive
 * starts the tenants' compactions at random within a tenth of a block (`generateCompactionDelay` in Thanos
 * v0.42.4, pkg/receive/multitsdb.go).
 */
const tenantsPerCompaction = (blockDuration: Duration): number =>
  Math.max(1, blockDuration.seconds / 10 / compactionSeconds);

/** Series in the head of the fullest ingestor. */
export function ingestorSeries(plan: Plan): number {
  const { ingestors } = plan.receive;
  const even = (writtenSeries(plan) * replicationFactor(ingestors)) / ingestors;
  return Math.ceil(ingestors > replicationFactor(ingestors) ? even * unevenness : even);
}

/**
 * Memory of one ingestor: a head for each tenant, its series, chunks for late samples, and what readers take.
 * After an outage of hours the backlog of every series is late (docs/outage.md).
 */
export const ingestorMemory = (plan: Plan): Need => ({
  component: 'receive ingestor',
  resource: 'memory',
  key: 'receive.resources.limits.memory',
  pods: plan.receive.ingestors,
  terms: [
    { what: 'the process', bytes: ingestor.memory },
    times(plan.edges.length, 'tenants', ingestor.memoryPerTenant),
    times(ingestorSeries(plan), 'series', ingestor.memoryPerSeries),
    times(ingestorSeries(plan), 'series with late samples', ingestor.memoryPerLateSeries),
    readersTerm(ingestorSeries(plan), plan),
  ],
});

/** What lies on an ingestor's volume. */
export interface Stored {
  samplesPerSecond: number;
  series: number;
  /** Time that blocks cover, and the length of one. */
  blocks: Duration;
  blockLength: Duration;
  /** Time that the head's log and chunks cover. */
  logged: Duration;
  /** Samples that came late and are in a log of their own. */
  lateSamples: number;
  /** Heads that are compacted at the same time. */
  compactions: number;
}

/** The part of it that is read again when the ingestor starts. */
const loggedTerms = ({
  samplesPerSecond,
  logged,
  lateSamples,
}: Pick<Stored, 'samplesPerSecond' | 'logged' | 'lateSamples'>): Term[] => {
  const inHead = samplesPerSecond * logged.seconds;
  return [
    times(inHead, `samples of ${logged.toString()} in the log`, ingestor.walPerSample),
    times(inHead, `samples of ${logged.toString()} in chunks of the head`, block.chunksPerSample),
    times(lateSamples, 'late samples in their log', ingestor.walPerLateSample),
  ];
};

export const storedTerms = (stored: Stored): Term[] => {
  const { samplesPerSecond, series, blocks } = stored;
  const kept = samplesPerSecond * blocks.seconds;
  return [
    times(kept, `samples of ${blocks.toString()} in blocks`, block.chunksPerSample),
    times(
      (series * blocks.seconds) / stored.blockLength.seconds,
      'series in their indexes',
      block.indexPerSeries,
    ),
    ...loggedTerms(stored),
    times(stored.compactions, 'chunk files of blocks being written', block.preallocated),
  ];
};

/** Log and chunks of the fullest ingestor's head, with the backlog of an outage in them. */
function headOf(plan: Plan) {
  const samplesPerSecond = sampleRate(ingestorSeries(plan), plan);
  return {
    samplesPerSecond,
    logged: plan.receive.blockDuration.times(loggedBlocks).plus(plan.outage),
    lateSamples: samplesPerSecond * plan.outage.seconds,
  };
}

/** What an ingestor reads when it starts. */
export const ingestorLog = (plan: Plan): Term[] => loggedTerms(headOf(plan));

/**
 * Volume of one ingestor: blocks until retention is over (they are uploaded long before), the log and chunks
 * of the head, and the backlog of an outage in them, which arrives within minutes and stays until the next
 * truncation.
 */
export function ingestorDisk(plan: Plan): Need {
  const { retention, blockDuration } = plan.receive;
  return {
    component: 'receive ingestor',
    resource: 'disk',
    key: 'receive.storage',
    pods: plan.receive.ingestors,
    terms: [
      ...storedTerms({
        ...headOf(plan),
        series: ingestorSeries(plan),
        // Retention deletes a block only when its newest sample is old enough.
        blocks: retention.plus(blockDuration),
        blockLength: blockDuration,
        compactions: Math.ceil(plan.edges.length / tenantsPerCompaction(blockDuration)),
      }),
      ballastTerm(),
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
