import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, plainRemoteWrite } from '../agent';
import { Centre } from '../centre';
import { folderBytes } from '../folder';
import { Gate } from '../gate';
import { LoadExporter } from '../load-exporter';
import { liveHeap, scrapeMetrics, total } from '../metrics';
import type { Process } from '../processes';
import { Server } from '../server';
import { blocksIn, indexHeaders } from './blocks';

export interface RunOptions {
  folder: string;
  series: number;
  /** Seconds. */
  scrapeInterval: number;
  /** Seconds of writing before the outage at the end. */
  duration: number;
  /** Length of a block of the ingestor and of the server; the default of 2h leaves everything in the head. */
  blockDuration?: string;
  /** Shards of the queue, each with the capacity of 10 000 samples that the project sets. */
  shards: number;
}

/** Result of one run, in bytes and seconds. Memory is the largest resident set of the phase. */
export interface Measurement {
  series: number;
  samplesPerSecond: number;
  agentMemory: number;
  /** The agent's memory after an outage has filled the queue. */
  agentMemoryOutage: number;
  /** The agent's memory after a restart that replayed the log. */
  agentMemoryReplay: number;
  queuedSamples: number;
  ingestorMemory: number;
  routerMemory: number;
  serverMemory: number;
  /** Heap that is in use after a collection. */
  agentHeap: number;
  ingestorHeap: number;
  serverHeap: number;
  /** Most bytes on disk before the outage. */
  agentDisk: number;
  ingestorDisk: number;
  serverDisk: number;
  /** Samples and bytes that the agent sent until the outage. */
  sentSamples: number;
  sentBytes: number;
  ingestorBlocks: number;
  headerPerSeries: number;
  storeMemory: number;
  agentWalPerSample: number;
  ingestorWalPerSample: number;
  serverWalPerSample: number;
  /** Bytes on TCP, without TLS. */
  wirePerSample: number;
  chunkPerSample: number;
  indexPerSeries: number;
  /** Bytes of its log that the agent replays in a second. */
  agentReplayRate: number;
  /** Processor seconds per sample. */
  agentCpuPerSample: number;
  ingestorCpuPerSample: number;
  routerCpuPerSample: number;
}

const tenant = 'capacity';

/** Runs agent, router, ingestor, object store and a Prometheus server on loopback under a synthetic load. */
export async function measure(options: RunOptions): Promise<Measurement> {
  const { folder, scrapeInterval, shards } = options;
  const exporter = await LoadExporter.start(options.series);
  const centre = await Centre.start({
    folder: join(folder, 'centre'),
    outOfOrderWindow: '2h',
    objectStore: true,
    ...(options.blockDuration && { blockDuration: options.blockDuration }),
  });
  const gate = await Gate.to(centre.router.ports.remoteWrite);
  const agent = new Agent({
    name: 'agent',
    folder: join(folder, 'agent'),
    targets: exporter.targets,
    scrapeInterval: `${scrapeInterval}s`,
    scrapeTimeout: `${scrapeInterval}s`,
    externalLabels: {
      environment: 'production',
      prometheus: 'monitoring/kube-prometheus-stack-prometheus',
      prometheus_replica: 'prom-agent-kube-prometheus-stack-prometheus-0',
    },
    remoteWrite: plainRemoteWrite(gate.url, tenant, {
      capacity: 10_000,
      max_samples_per_send: 2000,
      min_shards: shards,
      max_shards: shards,
    }),
  });
  await agent.start();
  const server = await Server.start({
    folder: join(folder, 'server'),
    targets: exporter.targets,
    scrapeInterval: `${scrapeInterval}s`,
    blockDuration: options.blockDuration ?? '2h',
  });
  const state = async () => {
    const [a, s, i, r] = await Promise.all([
      agent.metrics(),
      server.metrics(),
      scrapeMetrics(centre.ingestor.url),
      scrapeMetrics(centre.router.url),
    ]);
    return {
      at: Date.now() / 1000,
      agentSamples: total(a, 'prometheus_agent_samples_appended_total'),
      series: total(a, 'prometheus_agent_active_series'),
      sent: total(a, 'prometheus_remote_storage_samples_total'),
      serverSamples: total(s, 'prometheus_tsdb_head_samples_appended_total'),
      ingestorSamples: total(i, 'prometheus_tsdb_head_samples_appended_total'),
      agentWal: agent.wal().bytes,
      serverWal: folderBytes(join(server.data, 'wal')),
      ingestorWal: centre.ingestorBytes(join(tenant, 'wal')),
      wire: gate.sentBytes,
      agentCpu: total(a, 'process_cpu_seconds_total'),
      ingestorCpu: total(i, 'process_cpu_seconds_total'),
      routerCpu: total(r, 'process_cpu_seconds_total'),
    };
  };
  // The first third shows the series for the first time: labels go into logs and memory once.
  await sleep((options.duration / 3) * 1000);
  const before = await state();
  const memory = await largest(
    {
      agent: residentSet(agent.running),
      ingestor: residentSet(centre.ingestor.process),
      router: residentSet(centre.router.process),
      server: residentSet(server.running),
      agentDisk: () => agent.wal().bytes,
      ingestorDisk: () => centre.ingestorBytes(tenant),
      serverDisk: () => folderBytes(server.data),
    },
    (options.duration / 3) * 2,
  );
  const after = await state();
  const ingestorBlocks = blocksIn(join(folder, 'centre', 'ingestor', tenant)).count;
  const heap = {
    agent: await liveHeap(agent.url),
    ingestor: await liveHeap(centre.ingestor.url),
    server: await liveHeap(server.url),
  };

  await gate.set('refused');
  const outage = await largest({ agent: residentSet(agent.running) }, 60);
  const queuedSamples = total(await agent.metrics(), 'prometheus_remote_storage_samples_pending');
  await gate.set('open');
  await sleep(20_000);

  await agent.running.stop();
  const logBytes = agent.wal().bytes;
  await agent.start();
  const replay = await largest({ agent: residentSet(agent.running) }, 30);
  const replaySeconds = total(await agent.metrics(), 'prometheus_agent_data_replay_duration_seconds');

  await agent.running.stop();
  await gate.close();
  await server.running.stop();
  await centre.stop();
  await exporter.stop();
  const block = blocksIn(join(folder, 'centre', 'ingestor', tenant));
  const store = await indexHeaders(join(folder, 'centre', 'ingestor', tenant), join(folder, 'store'));
  const per = (key: 'agentWal' | 'ingestorWal' | 'serverWal', samples: keyof typeof before) =>
    (after[key] - before[key]) / (after[samples] - before[samples]);
  return {
    series: after.series,
    samplesPerSecond: (after.agentSamples - before.agentSamples) / (after.at - before.at),
    agentMemory: memory.agent,
    agentMemoryOutage: outage.agent,
    agentMemoryReplay: replay.agent,
    queuedSamples,
    ingestorMemory: memory.ingestor,
    routerMemory: memory.router,
    serverMemory: memory.server,
    agentHeap: heap.agent,
    ingestorHeap: heap.ingestor,
    serverHeap: heap.server,
    agentDisk: memory.agentDisk,
    ingestorDisk: memory.ingestorDisk,
    serverDisk: memory.serverDisk,
    sentSamples: after.sent,
    sentBytes: after.wire,
    ingestorBlocks,
    headerPerSeries: store.bytes / block.series,
    storeMemory: store.memory,
    agentWalPerSample: per('agentWal', 'agentSamples'),
    ingestorWalPerSample: per('ingestorWal', 'ingestorSamples'),
    serverWalPerSample: per('serverWal', 'serverSamples'),
    wirePerSample: (after.wire - before.wire) / (after.sent - before.sent),
    chunkPerSample: block.chunkBytes / block.samples,
    indexPerSeries: block.indexBytes / block.series,
    agentReplayRate: logBytes / replaySeconds,
    agentCpuPerSample: (after.agentCpu - before.agentCpu) / (after.agentSamples - before.agentSamples),
    ingestorCpuPerSample:
      (after.ingestorCpu - before.ingestorCpu) / (after.ingestorSamples - before.ingestorSamples),
    routerCpuPerSample: (after.routerCpu - before.routerCpu) / (after.sent - before.sent),
  };
}

const residentSet = (process: Process) => () => process.memory().now;

/** Largest value of each while so many seconds pass. */
async function largest<K extends string>(
  values: Record<K, () => number>,
  seconds: number,
): Promise<Record<K, number>> {
  const keys = Object.keys(values) as K[];
  const most = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    for (const key of keys) {
      try {
        most[key] = Math.max(most[key], values[key]());
      } catch (error) {
        // A file went while its folder was being counted; the next time counts again.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    await sleep(2000);
  }
  return most;
}
