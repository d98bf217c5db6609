import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, plainRemoteWrite } from '../agent';
import { LoadExporter } from '../load-exporter';
import { total } from '../metrics';

const count = 20_000;
const scrapeInterval = 10;

/**
 * What a series with its labels takes in an agent's write-ahead log: the log after the first scrapes, less
 * their samples.
 */
export async function measureSeries(): Promise<void> {
  const exporter = await LoadExporter.start(count);
  const agent = new Agent({
    name: 'agent',
    folder: mkdtempSync(join(tmpdir(), 'series-')),
    targets: exporter.targets,
    externalLabels: { prometheus_replica: 'agent-0' },
    // Nobody listens, and the log is the same.
    remoteWrite: plainRemoteWrite('http://127.0.0.1:9', 'capacity'),
    scrapeInterval: `${scrapeInterval}s`,
    scrapeTimeout: `${scrapeInterval}s`,
  });
  await agent.start();
  const state = async () => {
    const metrics = await agent.metrics();
    return {
      bytes: agent.wal().bytes,
      series: total(metrics, 'prometheus_agent_active_series'),
      samples: total(metrics, 'prometheus_agent_samples_appended_total'),
    };
  };
  // All targets are scraped within one interval; after two more, the bytes of a sample are known.
  await sleep(scrapeInterval * 1500);
  const early = await state();
  await sleep(scrapeInterval * 2000);
  const later = await state();
  const perSample = (later.bytes - early.bytes) / (later.samples - early.samples);
  console.log(
    `${early.series} series: ${(early.bytes - early.samples * perSample) / early.series} bytes each, ` +
      `and ${perSample} bytes a sample`,
  );
  await agent.running.stop();
  await exporter.stop();
}
