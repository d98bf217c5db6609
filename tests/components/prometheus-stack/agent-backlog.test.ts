import { spawnSync } from 'node:child_process';
import { backlogContainer, mayGo } from '../../../components/prometheus-stack/agent-backlog';
import { Duration } from '../../../config/units';
import { edgeExample } from './example';

const outage = Duration.parse('6h');
const now = 1_790_000_000;

/** What the real awk says of an agent that has sent up to so many seconds before its newest scrape. */
function goes(behind: number | 'nothing sent'): boolean {
  const sent = behind === 'nothing sent' ? 0 : now - behind;
  const metrics = [
    '# TYPE prometheus_remote_storage_highest_timestamp_in_seconds gauge',
    `prometheus_remote_storage_highest_timestamp_in_seconds ${now.toExponential()}`,
    `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{remote_name="thanos-receiver",url="https://x/"} ${sent.toExponential()}`,
    // What the queue has read says nothing.
    `prometheus_remote_storage_queue_highest_timestamp_seconds{remote_name="thanos-receiver",url="https://x/"} ${now.toExponential()}`,
  ].join('\n');
  const { status, error } = spawnSync('awk', [mayGo(outage)], { input: `${metrics}\n` });
  if (error) throw error;
  return status === 0;
}

describe('an agent with a backlog', () => {
  it('may go while it keeps up, and not while it holds what nobody else has', () => {
    expect([0, 5, 59, 60, 300, outage.seconds].map(goes)).toEqual([true, true, true, false, false, false]);
  });

  it('may go when more than the promised outage is over', () => {
    expect(goes(outage.seconds + 1)).toBe(true);
  });

  it('may not go before it has sent anything: the centre is away since it started', () => {
    expect(goes('nothing sent')).toBe(false);
  });

  it('holds no brace pair that Helm would take for a template, nor a variable that kubelet would expand', () => {
    expect(JSON.stringify(backlogContainer(outage, edgeExample.agent.backlog.resources))).not.toMatch(/\{\{|\$\(/);
  });
});
