import { agentBuffer } from '../../../capacity/outage';
import { Duration } from '../../../config/units';
import type { GateState } from '../gate';

/** What happens to one agent during a scenario; seconds since the outage began. */
export interface Event {
  at: number;
  agent: number;
  does: 'sigterm' | 'sigkill' | 'reload' | 'reload with another remote write';
}

export interface Scenario {
  name: string;
  /** Flags of the agents. */
  flags: readonly string[];
  queue?: Record<string, number>;
  agents: number;
  /** Series of each agent; only those of the first hundred numbers are sent when `filtered`. */
  series: number;
  filtered?: boolean;
  centre: 'window' | 'window of the outage' | 'half a window' | 'no window';
  /** How the connection breaks, or `none`; seconds since the start of the scenario. */
  outage: { kind: GateState | 'none'; from: number; to: number; slowBefore?: number };
  events: readonly Event[];
}

const seconds = (value: number) => `${Math.round(value)}s`;

const truncate = (frequency: number) => `--storage.agent.wal-truncate-frequency=${seconds(frequency)}`;
const maxTime = (time: number) => `--storage.agent.retention.max-time=${seconds(time)}`;
const minTime = (time: number) => `--storage.agent.retention.min-time=${seconds(time)}`;

/** Seconds before the outage, in which everything starts and sends. */
export const warmUp = 60;

/** Milliseconds between two scrapes. */
export const scrapeInterval = 1000;

/**
 * Scenarios for an outage of so many seconds. They run side by side, each as a tenant of its own.
 *
 * What scales down with the outage: the truncation period and the times. What cannot: a segment has at least
 * 10 MB, so two scenarios write far more series than they send, for several segments within a period.
 */
export function scenarios(outage: number): Scenario[] {
  const from = warmUp;
  const to = from + outage;
  const half = outage / 2;
  const buffer = agentBuffer(Duration.ofSeconds(outage));
  const promised = [truncate(4 * outage * (13 / 12)), maxTime(buffer.maxTime.seconds)];
  const base = {
    flags: promised,
    agents: 1,
    series: 200,
    centre: 'window',
    outage: { kind: 'refused', from, to },
    events: [],
  } as const satisfies Partial<Scenario>;
  const restart = (does: Event['does'], at = half, agent = 0): Event => ({ at, agent, does });
  const manySegments = {
    ...base,
    series: 10_000,
    filtered: true,
    queue: { capacity: 100, max_samples_per_send: 50 },
  };
  const uncompressed = ['--no-storage.agent.wal-compression', '--storage.agent.wal-segment-size=10MB'];
  const connected = { kind: 'none', from, to } as const;
  const slow = { kind: 'refused', from, to, slowBefore: 45 } as const;
  return [
    { ...base, name: 'agent keeps running' },
    { ...base, name: 'agent keeps running, packets dropped', outage: { kind: 'hang', from, to } },
    { ...base, name: 'agent keeps running, no window at Receive', centre: 'no window' },
    { ...base, name: 'short truncation, max-time = outage', flags: [truncate(outage / 10), maxTime(outage)] },
    {
      ...base,
      name: 'short truncation, min-time = outage',
      flags: [truncate(outage / 10), maxTime(2 * outage), minTime(outage)],
    },
    {
      ...manySegments,
      name: 'many segments, truncation = outage / 3 (2h for 6h)',
      flags: [truncate(outage / 3), maxTime(outage), ...uncompressed],
    },
    {
      ...manySegments,
      name: 'many segments, truncation = 4 x (outage + margin), falls into the outage',
      // A shorter outage in the same run: the first truncation comes five seconds before its end.
      flags: [truncate(to - 5), ...uncompressed],
      outage: { kind: 'refused', from: to - (to - 5) / (4 * (13 / 12)), to },
    },
    { ...base, name: 'SIGTERM while connected', outage: connected, events: [restart('sigterm')] },
    { ...base, name: 'SIGKILL while connected', outage: connected, events: [restart('sigkill')] },
    { ...base, name: 'SIGTERM in the outage', events: [restart('sigterm')] },
    { ...base, name: 'SIGKILL in the outage', events: [restart('sigkill')] },
    { ...base, name: 'reload in the outage, remote write unchanged', events: [restart('reload')] },
    {
      ...base,
      name: 'reload in the outage, remote write changed',
      events: [restart('reload with another remote write')],
    },
    { ...base, name: 'two agents, one restarted', agents: 2, events: [restart('sigterm', half, 1)] },
    {
      ...base,
      name: 'two agents, one restarted after the other',
      agents: 2,
      events: [restart('sigterm', outage / 3, 0), restart('sigterm', (2 * outage) / 3, 1)],
    },
    {
      ...base,
      name: 'two agents, one restarted, window of exactly the outage at Receive',
      agents: 2,
      centre: 'window of the outage',
      events: [restart('sigterm', half, 1)],
    },
    {
      ...base,
      name: 'two agents, one restarted, half a window at Receive',
      agents: 2,
      centre: 'half a window',
      events: [restart('sigterm', half, 1)],
    },
    {
      ...base,
      name: 'two agents, one restarted, no window at Receive',
      agents: 2,
      centre: 'no window',
      events: [restart('sigterm', half, 1)],
    },
    { ...base, name: 'slow receiver, then outage; 1 to 10 shards', outage: slow, queue: { max_shards: 10 } },
    {
      ...base,
      name: 'slow receiver, then outage; always 10 shards',
      outage: slow,
      queue: { min_shards: 10, max_shards: 10 },
    },
  ];
}
