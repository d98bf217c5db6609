export const agent = {
  memory: 95e6,
  memoryPerSeries: 4000,
  memoryPerQueuedSample: 300,
  walPerSample: 8.2,
  checkpointPerSeries: 400,
  wirePerSample: 62,
};
export const ingestor = {
  memory: 75e6,
  memoryPerTenant: 3.9e6,
  memoryPerSeries: 4000,
  memoryPerLateSeries: 3300,
  walPerSample: 8.5,
  walPerLateSample: 8,
};
export const router = { memory: 85e6, memoryPerSamplePerSecond: 5000 };
export const server = { memory: 95e6, memoryPerSeries: 4000, walPerSample: 8.2 };
export const block = { chunksPerSample: 1.5, indexPerSample: 0.08, indexPerSeries: 270 };
export const downsampled = { fiveMinutes: 6.9, oneHour: 8.2 };
export const header = { perSeries: 20 };
export const store = { memory: 80e6, memoryPerBlock: 50_000 };
