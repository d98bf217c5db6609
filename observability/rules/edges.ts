import { oneOf, type RuleFacts } from './facts';
import type { AlertingRule, RuleGroup } from './rule-group';

/**
 * An edge is silent when nothing of ten minutes has arrived: 9m without a sample and 1m of `for`. Ten minutes
 * is twenty scrapes: a restarted router and a moved load balancer are over by then, and an agent has read a
 * log of up to 12 GB. `absent` alone would be true only after the look-back of 5m, since a killed agent
 * leaves no stale marker; a range says exactly how long. `for` is there so that one evaluation that finds
 * nothing wakes nobody.
 */
const silence = { range: '9m', for: '1m', said: '10 minutes' };

/**
 * Seconds that the newest sample of a healthy edge may be old: a scrape interval, a batch's deadline of 5 s,
 * a slow request and the minute between two evaluations. What is older counts against the objective
 * (objectives.ts).
 */
export const freshFor = 120;

/**
 * Whether an edge's newest sample is fresh: its age in seconds, or nothing. Of the agents' own targets, as
 * everywhere here.
 *
 * @param job of the agents
 */
export const isFresh = (edge: string, job: string): string =>
  `time() - max(timestamp(up{cluster="${edge}",job="${job}"})) < ${freshFor}`;

/** Seconds from which somebody is told that samples arrive late, and up to which it is not yet silence. */
const late = { from: 180, to: 540 };

/** What the rules record of the age of each edge's newest sample. */
export const newestSample = 'cluster:newest_sample:timestamp_seconds';
const newestSampleOfWeek = 'cluster:newest_sample:timestamp_seconds_7d';
export const newestSampleAge = 'cluster:newest_sample_age:seconds';
export const fresh = 'cluster:fresh:bool';

/**
 * The age of each edge's newest sample, of the agents' own targets: they are there whatever else an edge
 * scrapes, and few.
 *
 * `timestamp(up)` vanishes 5 minutes after the last sample, just when it matters; so the last known time is
 * taken over from evaluation to evaluation. No offset: the newest sample is what is asked for, and a maximum
 * is not wrong while others are still under way.
 */
export const edgeFreshness = ({ centre, edges, prometheus }: RuleFacts): RuleGroup => {
  const known = oneOf(edges.map(({ name }) => name));
  return {
    name: 'edge-freshness',
    evaluator: 'ruler',
    growsWithEdges: true,
    interval: '1m',
    rules:
      edges.length === 0
        ? []
        : [
            {
              record: newestSample,
              expr: `max by (cluster) (timestamp(up{cluster!="${centre}",job="${prometheus.job}"}))
or
max by (cluster) (last_over_time(${newestSample}{cluster=~"${known}"}[1h]))
or
max by (cluster) (last_over_time(${newestSampleOfWeek}{cluster=~"${known}"}[1h]))`,
            },
            { record: newestSampleAge, expr: `time() - ${newestSample}` },
            { record: fresh, expr: `${newestSampleAge} < bool ${freshFor}` },
          ],
  };
};

/**
 * The same over a week, out of the Rulers' volumes and the bucket: what takes the time over from evaluation
 * to evaluation forgets it when no Ruler evaluates for an hour, and an edge that was silent then would be
 * taken for one that never sent. A week of one series an edge is some eighty chunks, so it is asked for every
 * ten minutes and not every minute. A bucket that keeps less has a shorter memory, and nothing else.
 */
export const edgeMemory = ({ edges }: RuleFacts): RuleGroup => {
  const known = oneOf(edges.map(({ name }) => name));
  const expr = `max by (cluster) (last_over_time(${newestSample}{cluster=~"${known}"}[7d]))`;
  return {
    name: 'edge-memory',
    evaluator: 'ruler',
    growsWithEdges: true,
    interval: '10m',
    rules: edges.length === 0 ? [] : [{ record: newestSampleOfWeek, expr }],
  };
};

/**
 * Whether one of these edges has ever sent a sample. An hour, since a Ruler that was just started has not
 * recorded yet.
 */
const hasSent = (edges: string): string => `last_over_time(${newestSample}{cluster=~"${edges}"}[1h])`;

/**
 * How long an edge of the list may take to send its first sample: the entry comes first, then its `pulumi
 * up`, by somebody else perhaps, and not in the night. Each `up` of the centre leaves the time running.
 */
const firstSample = { within: '1d', said: 'a day' };

const silentEdge = (name: string): string => `absent_over_time(up{cluster="${name}"}[${silence.range}])`;

/**
 * One dead-man alert for each edge of the list that has ever sent. An alert over "all clusters that send"
 * forgets a cluster as soon as it stops; `absent_over_time` with the name written out does not. An edge is in
 * the list before it is deployed: one that never sent is no emergency, and told after a day.
 *
 * When all edges are silent at once the fault is the centre's, mostly: then one alert says so, and none for
 * each edge. That is also what it looks like when Query has lost the ingestors.
 */
export const edgeSilence = (facts: RuleFacts): RuleGroup => {
  const { centre, edges, outage, prometheus } = facts;
  const known = oneOf(edges.map(({ name }) => name));
  // Not by their names: it stands in the rule of each edge, and the object would grow with their square.
  const all = `absent_over_time(up{cluster!="${centre}",job="${prometheus.job}"}[${silence.range}])`;
  const keeps = `Its agents keep ${outage.toString()} of samples; after that samples are lost.`;
  return {
    name: 'edge-silence',
    evaluator: 'ruler',
    growsWithEdges: true,
    interval: '1m',
    rules: [
      ...edges.map(({ name }): AlertingRule => ({
        alert: 'EdgeSilent',
        // Of one edge alone nothing tells an edge's silence from the centre's.
        expr: `${silentEdge(name)}\nand on ()\n${hasSent(name)}${edges.length > 1 ? `\nunless on ()\n${all}` : ''}`,
        for: silence.for,
        labels: { severity: 'critical', edge: name },
        annotations: {
          summary: `No samples from ${name} for ${silence.said}`,
          description: `The edge is down, cut off, or refused (certificate, limits). ${keeps}`,
        },
      })),
      ...(edges.length > 1
        ? [
            {
              alert: 'EdgesAllSilent',
              expr: `${all}\nand on ()\n${hasSent(known)}`,
              for: silence.for,
              labels: { severity: 'critical', cluster: centre, explains: 'edges' },
              annotations: {
                summary: `No samples from any of ${edges.length} edges for ${silence.said}`,
                description: `Look at the centre first: routers, load balancer, ingestors, Query. ${keeps}`,
              },
            } as const,
          ]
        : []),
      ...(edges.length > 0
        ? [
            {
              alert: 'EdgeSamplesLate',
              expr: `(${newestSampleAge} > ${late.from}) < ${late.to}`,
              for: '5m',
              labels: { severity: 'warning' },
              annotations: {
                summary: 'The newest sample of {{ $labels.cluster }} is {{ $value | humanizeDuration }} old',
                description:
                  'Its samples arrive, but late: the agents are catching up, or send more slowly than they scrape. Alerts and dashboards of this cluster lag as much.',
              },
            } as const,
          ]
        : []),
    ],
  };
};

/**
 * The edges of the list that have never sent. A group of its own, since the operator takes no object above
 * 512 KiB, and each of 400 edges has a rule here and one in `edge-silence`.
 */
export const edgeArrival = ({ edges }: RuleFacts): RuleGroup => ({
  name: 'edge-arrival',
  evaluator: 'ruler',
  growsWithEdges: true,
  interval: '1m',
  rules: edges.map(({ name }): AlertingRule => ({
    alert: 'EdgeNeverReported',
    expr: `${silentEdge(name)}\nunless on ()\n${hasSent(name)}`,
    for: firstSample.within,
    labels: { severity: 'warning', edge: name },
    annotations: {
      summary: `${name} has been in the list for ${firstSample.said} and has never sent a sample`,
      description: `Nobody has deployed it, or its agents cannot write. Until its first sample nothing of it is watched.`,
    },
  })),
});
