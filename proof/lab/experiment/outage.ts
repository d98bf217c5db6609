import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countNumbered, lost, type Count } from '../../samples/count';
import { Agent, plainRemoteWrite } from '../agent';
import { UsageError } from '../../../tools/command-line';
import { Centre } from '../centre';
import { Gate } from '../gate';
import { total } from '../metrics';
import { NumberedExporter } from '../numbered-exporter';
import { lostByAll, missingRuns } from './loss';
import { longestGap, samplesOf } from './query';
import { scenarios, scrapeInterval, warmUp, type Event, type Scenario } from './scenarios';

/** Result of a scenario, for the table and for a closer look. */
interface Result {
  scenario: string;
  /** Samples that all agents were served, and how many of them a query without deduplication lacks. */
  sent: number;
  lost: number;
  /** Number of scrapes that no replica of the scenario has. */
  lostByAll: number;
  /** Longest time between two samples of a deduplicated series, in seconds. */
  longestGap: number;
  /** Runs of missing scrapes of each agent, in seconds since the outage began. */
  missing: string[];
  /** Counters of each agent at the end. */
  counters: string[];
  /** How many seconds each agent is behind just before the connection comes back. */
  lags: string[];
}

/** An outage of so many seconds, and where agents and centres keep their data. */
interface Trial {
  outage: number;
  folder: string;
}

/**
 * Runs the scenarios side by side and prints what each has lost.
 *
 * @param outage seconds
 * @param only part of the names of the scenarios to run
 */
export async function outageExperiment(outage: number, only = ''): Promise<void> {
  const chosen = scenarios(outage).filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    const names = scenarios(outage).map(({ name }) => `\n  ${name}`);
    throw new UsageError(`--only ${only}: in the name of no scenario. There are:${names.join('')}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'outage-'));
  console.log(`Logs, write-ahead logs and results.json: ${folder}`);
  const exporter = await NumberedExporter.start();
  const windows: Record<Scenario['centre'], number> = {
    window: Math.ceil(outage * (13 / 12)),
    'window of the outage': outage,
    'half a window': outage / 2,
    'no window': 0,
  };
  const centres = new Map<Scenario['centre'], Centre>();
  for (const centre of new Set(chosen.map((scenario) => scenario.centre))) {
    const outOfOrderWindow = `${windows[centre]}s`;
    // The shortest block that Receive still cuts on time; its rules count in blocks.
    const options = {
      folder: join(folder, centre.replaceAll(' ', '-')),
      outOfOrderWindow,
      blockDuration: '2m',
    };
    centres.set(centre, await Centre.start(options));
  }
  const results = await Promise.all(
    chosen.map((scenario, i) => {
      const centre = centres.get(scenario.centre);
      if (!centre) throw new Error(`no centre with ${scenario.centre}`);
      return run(scenario, i, centre, exporter, { outage, folder });
    }),
  );
  for (const centre of centres.values()) await centre.stop();
  await exporter.stop();
  writeFileSync(join(folder, 'results.json'), JSON.stringify(results, undefined, 2));
  console.log(table(results));
}

async function run(
  scenario: Scenario,
  i: number,
  centre: Centre,
  exporter: NumberedExporter,
  { outage, folder }: Trial,
): Promise<Result> {
  // Not all at once: twenty programs that start together take each other's time.
  await sleep(i * 500);
  const tenant = `s${i}`;
  const gate = await Gate.to(centre.router.ports.remoteWrite);
  const agents = Array.from({ length: scenario.agents }, (_, k) => {
    const path = NumberedExporter.path(`${tenant}-${k}`, scenario.series);
    return new Agent({
      name: `${tenant}-${k}`,
      folder: join(folder, `${tenant}-${k}`),
      targets: { address: exporter.address, paths: [path] },
      scrapeInterval: `${scrapeInterval}ms`,
      externalLabels: { prometheus_replica: `agent-${k}` },
      remoteWrite: plainRemoteWrite(gate.url, tenant, {
        ...{ capacity: 500, max_samples_per_send: 100, max_shards: 2, min_shards: 2 },
        ...scenario.queue,
      }),
      flags: scenario.flags,
    });
  });
  const relabel = scenario.filtered
    ? { write_relabel_configs: [{ source_labels: ['series'], regex: '\\d{1,2}', action: 'keep' }] }
    : {};
  for (const agent of agents) {
    agent.configure(relabel);
    await agent.start();
  }
  const began = Date.now();
  const { kind, from, to, slowBefore } = scenario.outage;
  const until = (second: number) => sleep(Math.max(0, began + second * 1000 - Date.now()));
  if (slowBefore) {
    await until(from - slowBefore);
    await gate.set('slow');
  }
  await until(from);
  const cut = Date.now();
  if (kind !== 'none') await gate.set(kind);
  // Not awaited before the connection is back: an agent that is told to stop first tries to flush for a
  // minute.
  const events = scenario.events.map(async (event) => {
    await until(from + event.at);
    await happen(event, agents[event.agent], relabel);
  });
  await until(to - 5);
  const lags = await Promise.all(agents.map(lag));
  await until(to);
  await gate.set('open');
  await Promise.all(events);
  await until(to + warmUp + outage / 3);
  const counters = await Promise.all(agents.map(counted));
  for (const agent of agents) await agent.running.stop();
  await gate.close();
  const end = Date.now();
  const series = scenario.filtered ? 100 : scenario.series;
  const replicas = await Promise.all(
    agents.map(async (agent, k) => {
      const served = exporter.scrapes(agent.options.targets.paths[0] ?? '');
      const answer = await samplesOf(centre, { tenant, replica: `agent-${k}` }, began, end);
      return { served, count: countNumbered(served, series, answer) };
    }),
  );
  const sum = (of: (count: Count) => number) => replicas.reduce((all, { count }) => all + of(count), 0);
  return {
    scenario: scenario.name,
    sent: sum(({ sent }) => sent),
    lost: sum(lost),
    lostByAll: lostByAll(
      replicas.map(({ served, count }) => ({ served, missing: count.missing })),
      scrapeInterval * 1.5,
    ).length,
    longestGap: await longestGap(centre, tenant, began, end),
    missing: replicas.map(({ served, count }) =>
      missingRuns(served, count.missing)
        .map((run) => `${since(cut, run.first.at)}..${since(cut, run.last.at)}s (${run.count})`)
        .join(', '),
    ),
    counters,
    lags,
  };
}

const since = (start: number, at: number) => Math.round((at - start) / 1000);

async function happen(event: Event, agent: Agent | undefined, relabel: object): Promise<void> {
  if (!agent) throw new Error(`no agent ${event.agent}`);
  if (event.does === 'sigterm' || event.does === 'sigkill') {
    await (event.does === 'sigterm' ? agent.running.stop() : agent.running.kill());
    await agent.start();
    return;
  }
  // A reload that does change something, but not remote write: the scrape timeout.
  if (event.does === 'reload') agent.configure({ ...relabel }, '900ms');
  else agent.configure({ ...relabel, remote_timeout: '29s' });
  agent.running.signal('SIGHUP');
}

async function counted(agent: Agent): Promise<string> {
  const metrics = await agent.metrics();
  const names = ['samples_failed_total', 'samples_retried_total', 'samples_dropped_total', 'shards'];
  const shown = names.map((name) => `${name} ${total(metrics, `prometheus_remote_storage_${name}`)}`);
  return [...shown, `wal ${Math.round(agent.wal().bytes / 1e6)} MB in ${agent.wal().segments}`].join(', ');
}

/** Seconds that are scraped and not sent, by what the log has and by what the queue has read of it. */
async function lag(agent: Agent): Promise<string> {
  try {
    const metrics = await agent.metrics();
    const sent = total(metrics, 'prometheus_remote_storage_queue_highest_sent_timestamp_seconds');
    const log = total(metrics, 'prometheus_remote_storage_highest_timestamp_in_seconds');
    const queue = total(metrics, 'prometheus_remote_storage_queue_highest_timestamp_seconds');
    return sent === 0 ? 'nothing sent since the start' : `log ${log - sent} s, queue ${queue - sent} s`;
  } catch {
    return 'not running';
  }
}

function table(results: readonly Result[]): string {
  const rows = results.map((r) => [
    r.scenario,
    r.sent,
    r.lost,
    r.lostByAll,
    r.longestGap.toFixed(1),
    r.missing.map((m) => m || 'none').join(' / '),
    r.lags.join(' / '),
  ]);
  const header = [
    'scenario',
    'samples served',
    'lost',
    'scrapes no replica has',
    'longest gap s',
    'missing of each agent, seconds of the outage (scrapes)',
    'behind just before the end',
  ];
  return [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
