import { Duration } from '../../../config/units';
import { agent, ingestor, router, server } from '../../../capacity/constants';
import { total } from '../../../capacity/need';
import { loggedBlocks, storedTerms } from '../../../capacity/receive';
import type { Measurement } from './run';

/** One figure as the model has it and as it was measured; bytes. */
export interface Compared {
  what: string;
  model: number;
  measured: number;
  /** (model - measured) / measured, in percent: positive where the model asks for too much. */
  error: number;
}

/**
 * Compares the model with a run, for what the run has: no retention was over, nothing came late, the queue
 * was not full.
 *
 * @param block length of a block in the run
 */
export function compare(m: Measurement, block: Duration): Compared[] {
  const samples = m.sentSamples;
  const elapsed = Duration.ofSeconds(samples / m.samplesPerSecond);
  const logged = Math.min(elapsed.seconds, block.seconds * loggedBlocks);
  const stored = total(
    storedTerms({
      samplesPerSecond: m.samplesPerSecond,
      series: m.series,
      blocks: block.times(m.ingestorBlocks),
      blockLength: block,
      logged: Duration.ofSeconds(logged),
      lateSamples: 0,
      // What a compaction lays out for seconds is not measured.
      compactions: 0,
    }),
  );
  const rows: [string, number, number][] = [
    ['agent memory', agent.memory + m.series * agent.memoryPerSeries, m.agentMemory],
    [
      'agent memory, queue full',
      agent.memory + m.series * agent.memoryPerSeries + m.queuedSamples * agent.memoryPerQueuedSample,
      m.agentMemoryOutage,
    ],
    [
      'ingestor memory',
      ingestor.memory + ingestor.memoryPerTenant + m.series * ingestor.memoryPerSeries,
      m.ingestorMemory,
    ],
    ['router memory', router.memory + m.samplesPerSecond * router.memoryPerSamplePerSecond, m.routerMemory],
    ['Prometheus memory', server.memory + m.series * server.memoryPerSeries, m.serverMemory],
    ['agent disk', samples * agent.walPerSample + m.series * agent.checkpointPerSeries, m.agentDisk],
    ['ingestor disk', stored, m.ingestorDisk],
    ['Prometheus disk', stored, m.serverDisk],
    ['bytes sent', samples * agent.wirePerSample, m.sentBytes],
  ];
  return rows.map(([what, model, measured]) => ({
    what,
    model: Math.round(model),
    measured: Math.round(measured),
    error: Math.round(relativeError(model, measured) * 100),
  }));
}

/** (model - measured) / measured: positive where the model asks for more than there was. */
const relativeError = (model: number, measured: number): number => (model - measured) / measured;
