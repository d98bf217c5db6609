import { spawnSync } from 'node:child_process';
import { backlogContainer, mayGo } from '../../../components/prometheus-stack/agent-backlog';
import { Duration } from '../../../config/units';
import { edgeExample } from './example';

const outage = Duration.parse('6h');
const promised = outage.seconds;
const now = 1_790_000_000;

/** Ages in seconds of what an agent tells; undefined: it does not tell it. */
interface Agent {
  /** Of its process. */
  started: number;
  /** Of the newest sample that it has scraped, and sent. */
  scraped?: number;
  sent?: number | 'never';
}

const labels = '{remote_name="thanos-receiver",url="https://x/"}';

const metrics = ({ started, scraped, sent }: Agent): string[] => [
  `process_start_time_seconds ${(now - started).toExponential()}`,
  ...(scraped === undefined
    ? []
    : [
        '# TYPE prometheus_remote_storage_highest_timestamp_in_seconds gauge',
        `prometheus_remote_storage_highest_timestamp_in_seconds ${(now - scraped).toExponential()}`,
        // What the queue has read says nothing.
        `prometheus_remote_storage_queue_highest_timestamp_seconds${labels} ${now.toExponential()}`,
      ]),
  ...(sent === undefined
    ? []
    : [
        `prometheus_remote_storage_queue_highest_sent_timestamp_seconds${labels} ${sent === 'never' ? 0 : (now - sent).toExponential()}`,
      ]),
];

/** What the real awk says of what the probe's shell feeds it. */
function exits(lines: readonly (string | number)[]): boolean {
  const { status, error } = spawnSync('awk', [mayGo(outage)], { input: `${lines.join('\n')}\n` });
  if (error) throw error;
  return status === 0;
}
const goes = (agent: Agent): boolean => exits([now, ...metrics(agent)]);

describe('an agent that has sent something', () => {
  const running = { started: 10 * promised, scraped: 0 };

  it('may go while it keeps up, and not while it holds what nobody else has', () => {
    const ages = [0, 5, 59, 60, 300, promised];
    expect(ages.map((sent) => goes({ ...running, sent }))).toEqual([true, true, true, false, false, false]);
  });

  it('may go when more than the promised outage is over', () => {
    expect(goes({ ...running, sent: promised + 1 })).toBe(true);
  });

  it('is measured by the clock when it scrapes no more', () => {
    const stopped = (since: number) => goes({ ...running, scraped: since, sent: since + 300 });
    expect([100, promised - 300, promised - 299].map(stopped)).toEqual([false, false, true]);
  });

  it('may go when it scrapes no more and everything has been sent', () => {
    expect(goes({ ...running, scraped: 4000, sent: 4000 })).toBe(true);
  });

  it('is measured by its last success, however short ago it started', () => {
    expect(goes({ started: 120, scraped: 0, sent: 61 })).toBe(false);
  });
});

describe('an agent that has sent nothing', () => {
  it.each<[string, Pick<Agent, 'scraped' | 'sent'>]>([
    ['its metric says 0', { scraped: 0, sent: 'never' }],
    ['it has no such metric', { scraped: 0 }],
    ['it has scraped nothing either', {}],
  ])('must stay for as long as the promised outage from its start, and no longer: %s', (_, seen) => {
    const ages = [1, 60, 300, promised, promised + 1, 10 * promised];
    expect(ages.map((started) => goes({ started, ...seen }))).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('an agent that says nothing', () => {
  it('must stay: nobody knows what it holds', () => {
    expect(exits([now])).toBe(false);
  });
});

describe('the probe', () => {
  const command = backlogContainer(outage, edgeExample.agent.backlog.resources).readinessProbe.exec.command;

  it('gives awk the time first, then the metrics', () => {
    expect(command.slice(0, 3)).toEqual(['/bin/busybox', 'sh', '-c']);
    expect(command[3]).toBe(
      `{ busybox date +%s; busybox wget -q -O - http://127.0.0.1:9090/metrics; } | busybox awk '${mayGo(outage)}'`,
    );
  });

  it('holds no brace pair that Helm would take for a template, nor a variable that kubelet would expand', () => {
    expect(JSON.stringify(backlogContainer(outage, edgeExample.agent.backlog.resources))).not.toMatch(
      /\{\{|\$\(/,
    );
  });
});
