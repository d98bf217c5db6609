import { isPlainAddress } from '../../config/alerting/secrets';
import { receiver } from '../../config/alerting/receivers';

describe('an address that Alertmanager is given as it is written', () => {
  const local = { inCluster: true };

  it.each([
    'https://hooks.example.org',
    'https://hooks.example.org/',
    'https://hooks.example.org:8443/alerts/a%20b',
    'http://inbox.drills.svc:65535/',
    'https://notslack.com/services/alerts-2024',
    'https://hooks.example.org/deadbeef/facade',
    'https://remake.com/alerts',
  ])('may be %s', (text) => {
    expect(isPlainAddress(text, local)).toBe(true);
  });

  it.each([
    ' https://hooks.example.org/alerts',
    'https:hooks.example.org',
    'https:\\\\hooks.example.org/a',
    'https:///hooks.example.org',
    'https://hooks.example.org/%zz',
    'https://hooks.example.org/a b',
    'https://hooks.example.org/{{',
    'https://hooks\t.example.org/',
    'https://hooks.example.org:0/',
    'https://hooks.example.org:65536/',
    'http://inbox.drills.svc:0/',
    'https://nosnch.in/c2354d53d2',
    'https://hooks.slack.com/services/T/B/abcdefghijkl',
    'https://HC-PING.com/my-slug',
    'https://prod-1.westeurope.logic.azure.com/workflows',
    'https://nosnch.in./short',
    'https://events.pagerduty.com/integration/x/enqueue',
    'https://heartbeat.uptimerobot.com/m1-a',
    'https://hook.eu1.make.com/abc',
    'https://bridge.example.org/c2354d53d2',
    'https://127.0.0.1/x',
    'https://localhost:8443/',
    'https://[::1]/',
    'https://a%2eb/x',
    'https://a..b/x',
  ])('may not be %j', (text) => {
    expect(isPlainAddress(text, local)).toBe(false);
  });

  it('leads out of the cluster where that is what it is for', () => {
    const inside = ['https://beats.monitoring.svc/', 'https://beats.monitoring.svc.cluster.local./'];
    expect(inside.map((text) => isPlainAddress(text, { inCluster: false }))).toEqual([false, false]);
  });
});

describe('a mail server', () => {
  const accepted = (smarthost: string) =>
    receiver().safeParse({
      name: 'ops',
      email: [{ to: ['a@example.org'], from: 'b@example.org', smarthost }],
    }).success;

  it('has a port that something can listen on', () => {
    const hosts = [
      'smtp.example.org:1',
      'smtp.example.org:65535',
      'smtp.example.org:0',
      'smtp.example.org:65536',
      'localhost:25',
      '127.0.0.1:25',
    ];
    expect(hosts.map(accepted)).toEqual([true, true, false, false, false, false]);
  });
});
