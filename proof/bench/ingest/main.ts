import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, run } from '../../../tools/command-line';
import { seconds, wholeNumber } from '../../../tools/option-values';
import { needPrograms } from '../../../tools/programs';
import { LoadExporter } from '../../lab/load-exporter';
import { killAll } from '../../lab/processes';
import { atDefaults, atDefaultsWithRouter } from './defaults';
import { asDeployed } from './deployed';
import { counters, stop, type Counters, type Pipeline } from './pipeline';

/** What is measured, and for how long; times in seconds. */
interface Load {
  series: number;
  interval: number;
  warmup: number;
  seconds: number;
}

/** Labels that any agent of a pair sends with each sample; the same for all, since they count on the wire. */
const externalLabels = {
  cluster: 'cluster-02',
  environment: 'production',
  prometheus: 'monitoring/kube-prometheus-stack-prometheus',
  prometheus_replica: 'prom-agent-kube-prometheus-stack-prometheus-0',
};

/** Cost of one pipeline between two moments. */
const cost = (before: Counters, after: Counters) => {
  const samples = after.samples - before.samples;
  const [agent, receive] = [after.agent - before.agent, after.receive - before.receive];
  return {
    samples,
    agent: samples / agent,
    receive: samples / receive,
    both: samples / (agent + receive),
    bytes: (after.bytes - before.bytes) / samples,
  };
};

type Cost = ReturnType<typeof cost>;

const rows: readonly [title: string, pick: (of: Cost) => number, digits: number][] = [
  ['samples sent', (c) => c.samples, 0],
  ['samples a second per core, agent', (c) => c.agent, 0],
  ['samples a second per core, Receive', (c) => c.receive, 0],
  ['samples a second per core, both', (c) => c.both, 0],
  ['bytes a sample on the wire', (c) => c.bytes, 1],
];

function print(costs: Record<string, Cost>): void {
  const columns = Object.entries(costs);
  const line = (title: string, cells: readonly string[]) => {
    console.log(title.padEnd(38) + cells.map((cell) => cell.padStart(24)).join(''));
  };
  line(
    '',
    columns.map(([name]) => name),
  );
  const [, first] = columns[0] ?? [];
  for (const [title, pick, digits] of rows) {
    const ratio = (c: Cost) => (first && c !== first ? ` (ours ${(pick(first) / pick(c)).toFixed(2)}×)` : '');
    line(
      title,
      columns.map(([, c]) => pick(c).toFixed(digits) + ratio(c)),
    );
  }
}

/** Runs every pipeline at the same time from the same targets, so that a noisy machine disturbs all alike. */
async function measure({ series, interval, warmup, seconds }: Load): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ingest-'));
  const exporter = await LoadExporter.start(series);
  const agent = {
    name: 'agent',
    targets: exporter.targets,
    scrapeInterval: `${interval}s`,
    scrapeTimeout: `${interval}s`,
    externalLabels,
  };
  const pipelines: Record<string, Pipeline> = {
    'as deployed': await asDeployed(join(folder, 'deployed'), series, agent),
    defaults: await atDefaults(join(folder, 'defaults'), agent),
    'defaults with a router': await atDefaultsWithRouter(join(folder, 'router'), agent),
  };
  const all = () =>
    Promise.all(
      Object.entries(pipelines).map(async ([name, pipeline]) => [name, await counters(pipeline)] as const),
    );
  await sleep(warmup * 1000);
  const before = new Map(await all());
  await sleep(seconds * 1000);
  const after = await all();
  const costs = after.map(([name, now]) => {
    const then = before.get(name);
    if (!then) throw new Error(`${name} was not measured before`);
    return [name, cost(then, now)] as const;
  });
  print(Object.fromEntries(costs));
  for (const pipeline of Object.values(pipelines)) await stop(pipeline);
  await exporter.stop();
  rmSync(folder, { recursive: true, force: true });
}

const someSeries = { least: 1, most: 1_000_000, why: 'every program of a run is on this one machine' };

const program = command(
  'npm run bench:ingest --',
  'Measures what a sample costs from agent to Receive, as this project deploys them and as they come, side by side: ' +
    'processor time and bytes on the wire. Programs on PATH: prometheus, thanos.',
)
  .option('--series <number>', 'active series of each agent', wholeNumber(someSeries), 20000)
  .option('--interval <seconds>', 'between two scrapes', seconds(1), 5)
  .option('--warmup <seconds>', 'before it is measured', seconds(0), 60)
  .option('--seconds <seconds>', 'of measuring', seconds(1), 300)
  .action(async (load) => {
    needPrograms('prometheus', 'thanos');
    process.once('SIGINT', () => void killAll().then(() => process.exit(130)));
    try {
      await measure(load);
    } finally {
      await killAll();
    }
  });

// Whatever a run that failed has left open would keep the process alive.
void run(program).then(() => process.exit());
