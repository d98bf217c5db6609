/** The part of Alertmanager's configuration file that this project writes. */
export interface AlertmanagerConfig {
  global: { resolve_timeout: string };
  route: Route;
  receivers: { name: string }[];
  inhibit_rules: { source_matchers?: string[]; target_matchers: string[]; equal?: string[] }[];
  templates: string[];
}

interface Route {
  receiver: string;
  matchers?: string[];
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  routes?: Route[];
}

/**
 * Who is told about which alert. Holds no secret: receivers take theirs from files.
 *
 * - `default` gets every alert, grouped by alert, cluster and service.
 * - `watchdog` gets the alert that always fires, every 5 minutes, so that something outside can notice when
 *   it stops.
 * - `none` gets InfoInhibitor, which exists only to silence alerts of severity `info` that stand alone.
 *
 * The inhibitions are kube-prometheus' own with `cluster` added: an alert of one cluster must not silence
 * another's.
 */
export const alertmanagerConfig = (): AlertmanagerConfig => ({
  global: { resolve_timeout: '5m' },
  route: {
    receiver: 'default',
    group_by: ['alertname', 'cluster', 'service'],
    group_wait: '10s',
    group_interval: '5m',
    repeat_interval: '12h',
    routes: [
      {
        receiver: 'watchdog',
        matchers: ['alertname = "Watchdog"'],
        group_wait: '0s',
        group_interval: '1m',
        repeat_interval: '5m',
      },
      { receiver: 'none', matchers: ['alertname = "InfoInhibitor"'] },
    ],
  },
  receivers: [{ name: 'default' }, { name: 'watchdog' }, { name: 'none' }],
  inhibit_rules: [
    {
      source_matchers: ['severity = "critical"'],
      target_matchers: ['severity =~ "warning|info"'],
      equal: ['cluster', 'namespace', 'alertname'],
    },
    {
      source_matchers: ['severity = "warning"'],
      target_matchers: ['severity = "info"'],
      equal: ['cluster', 'namespace', 'alertname'],
    },
    {
      source_matchers: ['alertname = "InfoInhibitor"'],
      target_matchers: ['severity = "info"'],
      equal: ['cluster', 'namespace'],
    },
  ],
  templates: [],
});
