import { z } from 'zod';

/** What Alertmanager's webhook integration posts, as far as it is counted here (its message version 4). */
export const notification = z.object({
  receiver: z.string(),
  status: z.enum(['firing', 'resolved']),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: z.record(z.string(), z.string()),
    }),
  ),
});

export type Notification = z.output<typeof notification>;

/** A notification, and when it came (Unix time in milliseconds). */
export interface Message extends Notification {
  at: number;
}

/** Which alerts are meant: those that have all of these labels. */
export type Labels = Readonly<Record<string, string>>;

/** What was heard of one alert. */
export interface Heard {
  /** When the first message came that says that it fires; undefined: none. */
  fired: number | undefined;
  /** When the first message after that came that says that it is resolved; undefined: none. */
  resolved: number | undefined;
  /** Messages that say that it fires. One is what a person wants. */
  messages: number;
  /** Messages after the first that say that it is resolved. One again. */
  endings: number;
}

const matches = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

const says = ({ alerts }: Notification, status: 'firing' | 'resolved', wanted: Labels): boolean =>
  alerts.some((alert) => alert.status === status && matches(alert.labels, wanted));

/** What messages say of an alert. */
export function heard(messages: readonly Message[], wanted: Labels): Heard {
  const firing = messages.filter((message) => says(message, 'firing', wanted));
  const fired = firing[0]?.at;
  const resolved = messages.filter(
    (message) => fired !== undefined && message.at > fired && says(message, 'resolved', wanted),
  );
  return { fired, resolved: resolved[0]?.at, messages: firing.length, endings: resolved.length };
}

/** Names of all alerts that messages say are so, each with its clusters, in alphabetical order. */
export function named(messages: readonly Message[], status: 'firing' | 'resolved' = 'firing'): string[] {
  const all = messages.flatMap(({ alerts }) => alerts.filter((alert) => alert.status === status));
  const names = all.map(
    ({ labels }) => `${labels['alertname'] ?? '?'} (${labels['cluster'] ?? 'no cluster'})`,
  );
  return [...new Set(names)].sort();
}
