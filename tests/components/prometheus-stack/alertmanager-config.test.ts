import { alertmanagerConfig } from '../../../components/prometheus-stack/alertmanager-config';

describe('the configuration of Alertmanager', () => {
  const config = alertmanagerConfig();

  it('groups by alert, cluster and service: 10 s, 5 min, 12 h', () => {
    const { receiver, group_by, group_wait, group_interval, repeat_interval } = config.route;
    expect({ receiver, group_by, group_wait, group_interval, repeat_interval }).toEqual({
      receiver: 'default',
      group_by: ['alertname', 'cluster', 'service'],
      group_wait: '10s',
      group_interval: '5m',
      repeat_interval: '12h',
    });
  });

  it('sends the Watchdog on a route of its own, every 5 minutes', () => {
    expect(config.route.routes?.[0]).toEqual({
      receiver: 'watchdog',
      matchers: ['alertname = "Watchdog"'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '5m',
    });
  });

  it('names only receivers that exist', () => {
    const used = [config.route, ...(config.route.routes ?? [])].map((route) => route.receiver);
    expect(config.receivers.map(({ name }) => name)).toEqual(expect.arrayContaining(used));
  });

  it('lets no alert of one cluster silence those of another', () => {
    expect(config.inhibit_rules.map((rule) => rule.equal?.includes('cluster'))).toEqual([true, true, true]);
  });
});
