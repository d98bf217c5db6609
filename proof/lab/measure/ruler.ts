import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { metricNames } from '../../../tools/keep-list/metric-names';
import { Centre } from '../centre';
import { clusterSeries, type ClusterShape, type MadeSeries } from '../cluster-series';
import { scrapeMetrics, total } from '../metrics';
import { ruleFiles, type RuleFiles } from '../rule-files';
import { startRuler } from '../ruler';
import { PreparedSeries } from '../../samples/prepared-series';
import { Sender } from '../sender';
import { snappyLiteral } from '../../samples/snappy-literal';

/** Series in a request, as an agent sends them. */
const batch = 2000;

export interface RulerMeasureOptions extends ClusterShape {
  /** File of PrometheusRules. */
  rules: string;
  /** Agents of an edge, each of which sends everything. */
  agents: number;
  /** Seconds between two samples, and between two evaluations. */
  interval: number;
  /** Seconds of evaluating that are measured, after as many to warm up. */
  duration: number;
}

/** Result for one number of edges; memory in bytes at its largest, processor time in cores. */
export interface RulerMeasurement {
  edges: number;
  /** In the ingestor, of all edges and agents. */
  series: number;
  rulerMemory: number;
  rulerCores: number;
  queryMemory: number;
  queryCores: number;
  ingestorMemory: number;
  ingestorCores: number;
  /** Seconds that one evaluation of all groups takes, one after the other. */
  evaluationSeconds: number;
  /** Of the slowest group. */
  slowestGroupSeconds: number;
  recordedSeries: number;
  failures: number;
  /** Evaluations that did not happen, since the one before was not done. */
  missed: number;
}

/** Measures what the Ruler takes to evaluate rules over so many edges, one number after the other. */
export async function measureRuler(edges: readonly number[], options: RulerMeasureOptions): Promise<void> {
  const rules = ruleFiles(readFileSync(options.rules, 'utf8'));
  const made = clusterSeries(options);
  const folder = mkdtempSync(join(tmpdir(), 'ruler-'));
  console.log(`Logs, data and measurements.json: ${folder}`);
  console.log(
    `${rules.rules} rules, of which ${rules.records} record. An edge has ${made.length} series from each of ` +
      `${options.agents} agents. ${coverage(rules, made)}`,
  );
  const results: RulerMeasurement[] = [];
  for (const count of edges)
    results.push(await measure(count, made, rules, join(folder, String(count)), options));
  writeFileSync(join(folder, 'measurements.json'), JSON.stringify(results, undefined, 2));
  console.table(Object.fromEntries(results.map(({ edges: count, ...rest }) => [`${count} edges`, rest])));
}

/** What the rules read and the made clusters lack: those rules find nothing and cost little. */
function coverage({ expressions }: RuleFiles, made: readonly MadeSeries[]): string {
  const there = new Set(made.map(({ labels }) => labels['__name__']));
  const read = new Set(
    expressions.flatMap((expr) => metricNames(expr).names).filter((name) => !name.includes(':')),
  );
  const missing = [...read].filter((name) => !there.has(name)).sort();
  return `Of ${read.size} metrics that the rules read, these are not made: ${missing.join(', ') || 'none'}.`;
}

async function measure(
  edges: number,
  made: readonly MadeSeries[],
  rules: RuleFiles,
  folder: string,
  { agents, interval, duration }: RulerMeasureOptions,
): Promise<RulerMeasurement> {
  const centre = await Centre.start({ folder: join(folder, 'centre'), outOfOrderWindow: '2h' });
  const names = Array.from({ length: edges }, (_, i) => `edge-${i + 1}`);
  const feed = new Feed(centre.router.ports.remoteWrite, names, made, { agents, interval });
  try {
    // A rate needs two samples, and the Ruler looks back a minute.
    await feed.run(3 * interval + 60, 'however slow');
    const ruler = await startRuler({
      folder: join(folder, 'ruler'),
      query: centre.query.url,
      files: rules.files,
      evaluationInterval: `${interval}s`,
    });
    await feed.run(duration);
    const parts = { ruler, query: centre.query, ingestor: centre.ingestor };
    const before = await state(parts);
    await feed.run(duration);
    const after = await state(parts);
    const cores = (part: keyof typeof parts) => (after[part].cpu - before[part].cpu) / (after.at - before.at);
    const page = await scrapeMetrics(ruler.url);
    const groups = [...page].flatMap(([name, value]) =>
      name.startsWith('prometheus_rule_group_last_duration_seconds{') ? [value] : [],
    );
    const ingestor = await scrapeMetrics(centre.ingestor.url);
    const result = {
      edges,
      series: total(ingestor, 'prometheus_tsdb_head_series'),
      rulerMemory: ruler.process.memory().most,
      rulerCores: cores('ruler'),
      queryMemory: centre.query.process.memory().most,
      queryCores: cores('query'),
      ingestorMemory: centre.ingestor.process.memory().most,
      ingestorCores: cores('ingestor'),
      evaluationSeconds: groups.reduce((sum, seconds) => sum + seconds, 0),
      slowestGroupSeconds: Math.max(0, ...groups),
      recordedSeries: total(page, 'prometheus_tsdb_head_series'),
      failures: total(page, 'prometheus_rule_evaluation_failures_total'),
      missed: total(page, 'prometheus_rule_group_iterations_missed_total'),
    };
    await ruler.process.stop();
    return result;
  } finally {
    feed.close();
    await centre.stop();
  }
}

async function state<Part extends string>(parts: Record<Part, { url: string }>) {
  const cpu = await Promise.all(
    Object.entries<{ url: string }>(parts).map(async ([part, { url }]) => [
      part,
      { cpu: total(await scrapeMetrics(url), 'process_cpu_seconds_total') },
    ]),
  );
  return {
    at: Date.now() / 1000,
    ...(Object.fromEntries(cpu) as Record<Part, { cpu: number }>),
  };
}

/** Writes the samples of every edge, each agent's under its replica label, as long as it runs. */
class Feed {
  private readonly senders: Sender[];
  /** Of one edge, from each of its agents. */
  private readonly series: { valueAt: MadeSeries['valueAt']; prepared: PreparedSeries }[];
  private readonly began = Date.now();

  constructor(
    port: number,
    edges: readonly string[],
    made: readonly MadeSeries[],
    private readonly options: { agents: number; interval: number },
  ) {
    this.senders = edges.map((edge) => new Sender(port, edge));
    this.series = Array.from({ length: options.agents }, (_, agent) =>
      made.map(({ labels, valueAt }) => ({
        valueAt,
        prepared: new PreparedSeries({
          ...labels,
          environment: 'lab',
          prometheus_replica: `agent-${agent}`,
        }),
      })),
    ).flat();
  }

  /**
   * @param seconds for how long
   * @param pace `however slow` while nothing is measured: the first samples make the tenants' heads
   * @throws Error when samples are refused, or sending takes longer than the interval
   */
  async run(seconds: number, pace: 'in time' | 'however slow' = 'in time'): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
      const round = Date.now();
      for (const sender of this.senders) await this.send(sender);
      const rest = this.options.interval * 1000 - (Date.now() - round);
      if (rest < 0 && pace === 'in time') {
        throw new Error(
          `sending took ${-rest} ms longer than the interval; take fewer edges or a longer interval`,
        );
      }
      await sleep(Math.max(0, rest));
    }
  }

  private async send(sender: Sender): Promise<void> {
    const timestamp = Date.now();
    const seconds = (timestamp - this.began) / 1000;
    for (let from = 0; from < this.series.length; from += batch) {
      const parts = this.series
        .slice(from, from + batch)
        .map(({ prepared, valueAt }) => prepared.with(valueAt(seconds), timestamp));
      const { status } = await sender.sendBody(snappyLiteral(Buffer.concat(parts)));
      if (status !== 200) throw new Error(`Receive answered ${status} to ${sender.tenant}`);
    }
  }

  close(): void {
    for (const sender of this.senders) sender.close();
  }
}
