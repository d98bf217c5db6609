/*
 * Bytes that things take. Each comes from a run of the real programs or from a source; docs/capacity.md has
 * the table with the commands. Memory is the resident set at its largest, without a memory limit, so with the
 * slack that Go's collector leaves: under a limit of this size the program works without collecting all the
 * time.
 */

/** Prometheus Agent (3.14.0). */
export const agent = {
  memory: 150e6,
  memoryPerSeries: 3400,
  /**
   * Of a sample in the queue: the struct `timeSeries` (storage/remote/queue_manager.go), its labels are the
   * series'.
   */
  memoryPerQueuedSample: 100,
  /** In the write-ahead log, compressed. */
  walPerSample: 8.2,
  /** A series with its labels in the log or in a checkpoint. */
  checkpointPerSeries: 45,
  /** On the wire with HTTP headers, without TLS, one sample of each series in a request. */
  wirePerSample: 62,
};

/** Thanos Receive as ingestor (0.42.4). */
export const ingestor = {
  memory: 115e6,
  /** The empty head of a tenant: most of it are the head's hash stripes. */
  memoryPerTenant: 3.9e6,
  memoryPerSeries: 6400,
  /** Chunks of 32 samples for what comes late. */
  memoryPerLateSeries: 3300,
  /** What a query takes until it is answered, for each series that it reads and for each of their samples. */
  memoryPerSeriesRead: 930,
  memoryPerSampleRead: 5.4,
  walPerSample: 8.1,
  walPerLateSample: 7.9,
};

/** Thanos Receive as router: requests under way, in proportion to what passes. */
export const router = { memory: 90e6, memoryPerSamplePerSecond: 11_500 };

/** Prometheus in full mode (3.14.0), without the queries of its rules. */
export const server = { memory: 92e6, memoryPerSeries: 4900, walPerSample: 8.2 };

/** Blocks. */
export const block = {
  chunksPerSample: 2.2,
  /** The index of a block of two weeks, for each sample: references to chunks. */
  indexPerSample: 0.08,
  /** The index of a block of two hours, for each series. */
  indexPerSeries: 200,
  /**
   * A file of chunks while a compaction writes it: its whole length at once (tsdb/chunks,
   * DefaultChunkSegmentSize).
   */
  preallocated: 512 * 2 ** 20,
};

/** Downsampled blocks with their index, for a series and one step of the resolution. */
export const downsampled = { fiveMinutes: 7, oneHour: 9.1 };

/** Index headers, which Store keeps of every block. */
export const header = { perSeries: 24 };

/** Thanos Store with headers loaded when they are asked for. */
export const store = { memory: 70e6, memoryPerBlock: 30_000 };

/**
 * Thanos Ruler (0.42.4) with the rules of the chart and of this repository. Memory is for each series that a
 * rule reads; it records so many for each of them.
 */
export const ruler = {
  memory: 102e6,
  memoryPerSeriesRead: 820,
  recordedPerSeriesRead: 0.175,
  /** Share of a cluster's series that rules read: twice what the lab's clusters had, which run few pods. */
  seriesRead: 0.25,
};

/** Thanos Compactor (0.42.4), without pages of files, which the kernel takes back. */
export const compactor = {
  memory: 56e6,
  memoryPerSeries: 270,
  /** Series of a block of two weeks for each that is active: pods come and go. */
  churn: 4,
};

/** Thanos Query (0.42.4). Memory is for each series that the Ruler's rules read through it. */
export const query = { memory: 79e6, memoryPerSeriesRead: 1420 };

/**
 * kube-state-metrics (2.20.0). A series takes 870 bytes of it in the lab, whose objects are small; somebody's
 * cluster took twelve times as much (cozystack#3846: 25 600 series, at most 307 MiB), which counts here.
 */
export const kubeStateMetrics = {
  memory: 61e6,
  memoryPerSeries: 10_200,
  /** Share of a cluster's series that are its own: 65 a pod, and some 300 pods in 50 000 series. */
  share: 0.4,
};

/** Seconds of one core for each sample that passes. */
export const processor = { agent: 7.7e-6, router: 7.1e-6, ingestor: 6.1e-6 };
