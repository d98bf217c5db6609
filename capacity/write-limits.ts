import type { CentralConfig } from '../config/central';
import { maxAgents } from '../config/cluster';
import { Quantity } from '../config/units';
import { router } from './constants';
import { remoteWrite } from './remote-write';

type Edge = CentralConfig['edges'][number];

/**
 * How many times its declared series an edge may have in the heads. They hold a series for up to 3 h after
 * its last sample (one and a half blocks), so an update of every workload within that time doubles them; a
 * ring grown by half or doubled shows up to 1.5 times as many for as long, since the old ingestors still hold
 * what has moved.
 */
const headSeriesHeadroom = 2;

/**
 * Agents add a tenth to a batch when they send exemplars (`queue.runShard` in Prometheus v3.14.0,
 * storage/remote/queue_manager.go).
 */
const exemplarShare = 1.1;

/**
 * The least that a limit must let through: one batch of our agents. An agent sends each sample as a series of
 * its own. 1 KiB is what a series of cAdvisor with long names takes uncompressed, which is what Receive
 * compares.
 */
export const agentBatch = {
  series: Math.ceil(remoteWrite.samplesPerSend * exemplarShare),
  samples: Math.ceil(remoteWrite.samplesPerSend * exemplarShare),
  size: Quantity.ofBytes(remoteWrite.samplesPerSend * 1024),
} as const;

/**
 * Largest request where an edge says nothing: five batches of our agents, so that a larger batch set on the
 * agents first is not lost, and 8 MiB, four batches of long series. Agents drop what is answered with 413:
 * these limits stop who is not an agent of ours, not an agent with more to send.
 */
const requestDefaults = {
  series: agentBatch.series * 5,
  samples: agentBatch.samples * 5,
  size: agentBatch.size.times(4),
} as const;

/**
 * Memory of a router for each byte of a request under way, uncompressed: 2.8 with one copy of each sample and
 * 3.2 with three, measured on routers whose ingestors did not answer (docs/limits.md), and a quarter more.
 */
const memoryPerByte = 4;

/**
 * Share of the memory limit that requests and the process may take; beyond it Go's collector slows everything
 * down.
 */
const memoryShare = 0.9;

/**
 * Fewer requests at once than this, and one edge on a slow line would hold up all: a request counts from its
 * first byte, and the two agents of an edge with 340 000 series have ten shards each (agent.ts) and send
 * twenty at once when they catch up. Twice that.
 */
export const leastConcurrency = 40;

/**
 * Series that an edge as declared has in the heads, each counted once however often it is stored: series ×
 * agents.
 */
export const declaredHeadSeries = (series: number): number => series * maxAgents;

/** Above it all of an edge's requests get 429: series × agents (2) × headroom (2). */
export const headSeriesLimit = (series: number): number => declaredHeadSeries(series) * headSeriesHeadroom;

/** Largest request of an edge. */
export const requestLimits = ({ limits }: Pick<Edge, 'limits'>) => ({
  size: limits?.request?.size ?? requestDefaults.size,
  series: limits?.request?.series ?? requestDefaults.series,
  samples: limits?.request?.samples ?? requestDefaults.samples,
});

/**
 * Size of the largest request that is expected of any edge: a batch of our agents, or what an edge says it
 * sends. Not the limit that applies where it says nothing: places for requests that no agent of ours sends
 * would be missing for those that they do send.
 */
export const expectedRequest = (edges: readonly Edge[]): Quantity =>
  Quantity.ofBytes(
    Math.max(agentBatch.size.bytes, ...edges.map(({ limits }) => limits?.request?.size?.bytes ?? 0)),
  );

/**
 * Requests that a router works on at once; others wait. As many as fit its memory when all edges catch up
 * after an outage: (limit × 0.9 − the idle process) / (expected request × 4). Not above zero when the memory
 * holds none.
 */
export const writeConcurrency = (memory: Quantity, expected: Quantity): number =>
  Math.floor((memory.bytes * memoryShare - router.memory) / (expected.bytes * memoryPerByte));

/** Memory limit of a router that works on so many requests at once; the inverse of `writeConcurrency`. */
export const memoryForConcurrency = (concurrency: number, expected: Quantity): Quantity =>
  Quantity.ofBytes((concurrency * expected.bytes * memoryPerByte + router.memory) / memoryShare);
