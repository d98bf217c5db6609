/**
 * A configuration of `monitoring:alertmanager` with everything that it may hold: every way of every kind,
 * secrets from the stack and from a Secret, routes by each condition, time intervals, Watchdogs.
 */
export const fullAlertmanager = {
  default: { receiver: 'platform' },
  receivers: [
    {
      name: 'platform',
      slack: [{ url: { configKey: 'slackPlatform' }, channel: '#alerts' }],
      email: [
        {
          to: ['ops@example.org', 'night@example.org'],
          from: 'alertmanager@example.org',
          smarthost: 'smtp.example.org:587',
          username: 'alertmanager',
          password: { secretName: 'mail', key: 'password' },
        },
      ],
    },
    {
      name: 'on-call',
      pagerduty: [{ routingKey: { configKey: 'pagerduty' }, region: 'eu' }],
      incidentio: [
        {
          url: 'https://api.incident.io/v2/alert_events/alertmanager/01JQ7Z0000000000000000ABCD',
          token: { configKey: 'incidentio' },
        },
      ],
      opsgenie: [{ apiKey: { configKey: 'opsgenie' }, region: 'eu' }],
    },
    {
      name: 'shop',
      slack: [{ token: { secretName: 'shop-slack', key: 'token' }, channel: '#shop' }],
      msteams: [{ url: { secretName: 'shop-teams', key: 'url' } }],
    },
    {
      name: 'bridge',
      webhook: [
        { url: 'http://bridge.tools.svc:8080/alerts', token: { configKey: 'bridge' }, maxAlerts: 50 },
        { url: 'https://hooks.example.org:8443/alerts', sendResolved: false },
        { url: { configKey: 'bridgeAddress' } },
      ],
    },
  ],
  routes: [
    { receiver: 'bridge', severity: ['critical', 'warning'], continue: true },
    {
      receiver: 'shop',
      team: ['shop'],
      matchers: ['namespace =~ "shop-.*"', 'tier!=test'],
      muteTimeIntervals: ['nights'],
    },
    { receiver: 'on-call', severity: ['critical'], cluster: ['cluster-02', 'cluster-03'], groupWait: '30s' },
    {
      receiver: 'on-call',
      alertname: ['ThanosCompactHalted', 'EdgeSilent'],
      groupBy: ['...'],
      groupInterval: '1m',
      repeatInterval: '1h',
      activeTimeIntervals: ['nights', 'holidays'],
    },
  ],
  timeIntervals: [
    {
      name: 'nights',
      intervals: [
        {
          times: [
            { from: '00:00', to: '06:30' },
            { from: '22:00', to: '24:00' },
          ],
          weekdays: ['monday:friday'],
          location: 'Europe/Berlin',
        },
      ],
    },
    {
      name: 'holidays',
      intervals: [
        { daysOfMonth: ['24:26', '-1'], months: ['december'], years: ['2026:2027'] },
        { daysOfMonth: ['1'], months: ['1'] },
      ],
    },
  ],
  watchdog: {
    ruler: { url: { configKey: 'watchdogRuler' } },
    prometheus: { url: 'https://watch.example.org/prometheus', token: { configKey: 'watchdogToken' } },
  },
  configNamespaces: ['monitoring', 'shop'],
  egress: [9000],
};
