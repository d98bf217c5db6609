import { replicationFactor } from '../../capacity/replication';
import { catchUp, catchUpRate, largestEdge, sentBytesPerSecond, shards } from '../../capacity/agent';
import { bucketPerDay, bucketTerms } from '../../capacity/bucket';
import { centralNeeds, edgeNeeds } from '../../capacity/check';
import { processor } from '../../capacity/constants';
import { size, sum, total, whole, type Need } from '../../capacity/need';
import { sampleRate, writtenSeries, type Plan } from '../../capacity/plan';
import { wholeRetention } from '../../capacity/prometheus';
import { agentStartup, ingestorStartup, prometheusStartup, rulerStartup } from '../../capacity/startup';

/** The plan as a page of text: what each pod needs, what the bucket grows to, what goes over the network. */
export function page(plan: Plan): string {
  const series = largestEdge(plan);
  const needs = [
    ...edgeNeeds(series, plan).map((need) => ({ ...need, pods: need.pods * plan.edges.length })),
    ...centralNeeds(plan),
  ];
  const bucket = bucketTerms(plan);
  const written = sampleRate(writtenSeries(plan), plan);
  const sent = sentBytesPerSecond(series, plan);
  const backlog = catchUp(series, plan);
  return [
    `${counted(plan.edges.length, 'edge')} of at most ${whole(series)} series, ${counted(plan.agents, 'agent')} each, every ${plan.scrapeInterval.toString()}; outage ${plan.outage.toString()}`,
    `${whole(written)} samples/s written by the edges; ${counted(plan.receive.ingestors, 'ingestor')}`,
    '',
    ...columns([['component', 'pods', 'resource', 'each', 'sum'], ...needs.map((need) => row(need))]),
    '',
    `bucket: ${size(bucketPerDay(plan))} a day, ${size(total(bucket))} in the end = ${sum(bucket)}`,
    `prometheus.retention whole: ${size(total(wholeRetention(plan)))} a replica`,
    `an edge sends ${size(sent * plan.agents)}/s, all edges ${size((sent / (series || 1)) * writtenSeries(plan))}/s`,
    backlog
      ? `after an outage of ${plan.outage.toString()} an agent with ${counted(shards(series, plan), 'shard')} has caught up in ${minutes(backlog.time.seconds)}, sending ${size(backlog.bytesPerSecond)}/s at most`
      : 'an agent never catches up: more samples come in than its shards can send',
    ...processors(plan),
    starts(plan),
  ].join('\n');
}

/** Cores, as things are and while all edges catch up after the centre was away. */
function processors(plan: Plan): string[] {
  const { ingestors, routers } = plan.receive;
  const written = sampleRate(writtenSeries(plan), plan);
  const behind = plan.edges.reduce((sum, { series }) => sum + catchUpRate(series, plan) * plan.agents, 0);
  const cores = (rate: number) =>
    `each router ${((rate * processor.router) / routers).toFixed(2)}, each ingestor ${((rate * replicationFactor(ingestors) * processor.ingestor) / ingestors).toFixed(2)}`;
  return [`cores: ${cores(written)}; while all edges catch up: ${cores(behind)}`];
}

/** Longest time that each part may take to read its log. */
function starts(plan: Plan): string {
  const parts = {
    'each agent': agentStartup(largestEdge(plan), plan),
    'each ingestor': ingestorStartup(plan),
    'each Prometheus': prometheusStartup(plan),
    ...(plan.ruler.replicas > 0 && { 'each Ruler': rulerStartup(plan) }),
  };
  const times = Object.entries(parts).map(([part, { seconds }]) => `${part} ${minutes(seconds)}`);
  return `time to read its log at a start, at most: ${times.join(', ')}`;
}

const row = ({ component, pods, resource, terms }: Need): string[] => [
  component,
  String(pods),
  resource,
  size(total(terms)),
  sum(terms),
];

const counted = (count: number, what: string) => `${whole(count)} ${what}${count === 1 ? '' : 's'}`;

const minutes = (seconds: number) => `${Math.ceil(seconds / 60)} min`;

/** Pads every column but the last to its widest cell. */
function columns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  return rows.map((cells) =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd((widths[i] ?? 0) + 2))).join(''),
  );
}
