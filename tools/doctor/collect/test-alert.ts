import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { TestAlertSeen } from '../checks/test-alert';
import type { Asked } from './forwarded';

/** Name of the alert that a test sends; a route that is to ignore tests can ask for it. */
export const testAlertName = 'DoctorTest';

export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** How long the alert lasts, in seconds; then Alertmanager tells its end. */
const life = 120;

/** Longest that Alertmanager may take: `group_wait`, and for each replica before it 15 s. */
export const untilSent = 75;

const groups = z.array(z.object({ receiver: z.object({ name: z.string() }) }));

/** Notifications by integration, since the start of an Alertmanager. */
interface Counters {
  sent: Record<string, number>;
  failed: Record<string, number>;
}

/** Reads Alertmanager's counters from what it shows on `/metrics`. */
export function countersIn(text: string): Counters {
  const sums: Counters = { sent: {}, failed: {} };
  for (const [, failed, integration = '', value] of text.matchAll(
    /^alertmanager_notifications_(failed_)?total\{[^}]*integration="([^"]*)"[^}]*\} (\S+)$/gm,
  )) {
    const into = failed === undefined ? sums.sent : sums.failed;
    into[integration] = (into[integration] ?? 0) + Number(value);
  }
  return sums;
}

/** What has been counted since. */
const since = (before: Record<string, number>, now: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(now)
      .map(([integration, count]) => [integration, count - (before[integration] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

/**
 * Sends an alert that says it is a test, and waits until something was told, or the time is over. The only
 * thing that the doctor does to a cluster, on request; it ends by itself.
 *
 * @param cluster its label `cluster`, by which routes choose
 */
export const sendTestAlert =
  (cluster: string, severity: Severity, now: Date, pause = 2000) =>
  async (asked: Asked): Promise<TestAlertSeen> => {
    const before = countersIn(await asked.get('/metrics'));
    await asked.post('/api/v2/alerts', [
      {
        labels: { alertname: testAlertName, severity, cluster },
        annotations: {
          summary: 'A test by npm run doctor: nothing is wrong',
          description: `It ends by itself after ${life / 60} minutes.`,
        },
        startsAt: now.toISOString(),
        endsAt: new Date(now.getTime() + life * 1000).toISOString(),
      },
    ]);
    const end = Date.now() + untilSent * 1000;
    for (;;) {
      const [receivers, counters] = await Promise.all([
        receiversOf(asked, severity),
        asked.get('/metrics').then(countersIn),
      ]);
      const seen = {
        receivers,
        sent: since(before.sent, counters.sent),
        failed: since(before.failed, counters.failed),
      };
      const told = Object.keys(seen.sent).length + Object.keys(seen.failed).length > 0;
      // Those that go nowhere are told to nobody, and there is nothing to wait for.
      if (told || (receivers.length > 0 && receivers.every((name) => name === 'none')) || Date.now() > end)
        return seen;
      await sleep(pause);
    }
  };

/** Of this test alone: one of another severity may have been sent a minute ago. */
async function receiversOf({ get }: Asked, severity: Severity): Promise<string[]> {
  const filters = [`alertname="${testAlertName}"`, `severity="${severity}"`].map(
    (filter): [string, string] => ['filter', filter],
  );
  const query = new URLSearchParams(filters).toString();
  const found = groups.parse(JSON.parse(await get(`/api/v2/alerts/groups?${query}`)));
  return [...new Set(found.map(({ receiver }) => receiver.name))];
}
