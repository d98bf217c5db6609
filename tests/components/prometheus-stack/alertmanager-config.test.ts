import { alertmanagerFile } from '../../../components/prometheus-stack/alertmanager-config';
import { unknownToOperator } from './operator-fields';
import { centralConfig } from '../../support/stack-configs';
import { fullAlertmanager } from '../../../proof/rules/alertmanager/full';

const fileOf = (alertmanager: object) => alertmanagerFile(centralConfig({ alertmanager }).alertmanager);
const routesOf = (alertmanager: object) => fileOf(alertmanager).route.routes ?? [];

/** One receiver, with no matter what. */
const ops = { name: 'ops', webhook: [{ url: 'https://hooks.example.org/alerts' }] };

describe('the configuration of Alertmanager', () => {
  it('groups by alert, cluster and service: 10 s, 5 min, 12 h', () => {
    const { routes, ...root } = fileOf({ receivers: [ops] }).route;
    expect(root).toEqual({
      receiver: 'ops',
      group_by: ['alertname', 'cluster', 'service'],
      group_wait: '10s',
      group_interval: '5m',
      repeat_interval: '12h',
    });
    expect(routes).toHaveLength(3);
  });

  it('sends nothing anywhere without receivers', () => {
    const { route, receivers } = fileOf({});
    expect([route.receiver, ...(route.routes ?? []).map(({ receiver }) => receiver)]).toEqual([
      'none',
      'none',
      'none',
      'none',
    ]);
    expect(receivers).toEqual([{ name: 'none' }]);
  });

  it('lets a Watchdog of each evaluator beat once a minute, and says no end', () => {
    const { watchdog } = fullAlertmanager;
    expect(routesOf({ watchdog })[0]).toEqual({
      receiver: 'none',
      matchers: ['alertname = "Watchdog"'],
      group_by: ['evaluator'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: '50s',
      routes: [
        { receiver: 'watchdog-ruler', matchers: ['evaluator = "ruler"'] },
        { receiver: 'watchdog-prometheus', matchers: ['evaluator = "prometheus"'] },
      ],
    });
    expect(fileOf({ watchdog }).receivers.slice(1)).toEqual([
      {
        name: 'watchdog-ruler',
        webhook_configs: [
          {
            send_resolved: false,
            url_file: '/etc/alertmanager/secrets/alertmanager-receivers/watchdogRuler',
          },
        ],
      },
      {
        name: 'watchdog-prometheus',
        webhook_configs: [
          {
            send_resolved: false,
            url: 'https://watch.example.org/prometheus',
            http_config: {
              authorization: {
                type: 'Bearer',
                credentials_file: '/etc/alertmanager/secrets/alertmanager-receivers/watchdogToken',
              },
            },
          },
        ],
      },
    ]);
  });

  it('makes edge alerts of one name one message on every route, in the hours of that route', () => {
    const edges = { matchers: ['alertname =~ "Edge.+"'], group_by: ['alertname'] };
    const routes = routesOf(fullAlertmanager);
    expect(routes.map(({ routes: inner }) => inner)).toEqual([
      expect.any(Array),
      undefined,
      [edges],
      [{ ...edges, mute_time_intervals: ['nights'] }],
      [edges],
      undefined,
      [edges],
    ]);
    expect(routes.at(-1)).toEqual({ receiver: 'platform', routes: [edges] });
  });

  it('takes the conditions of a route as matchers, literally, and those in Alertmanager’s syntax as they are', () => {
    const [, , , shop, central] = routesOf(fullAlertmanager);
    expect(shop?.matchers).toEqual(['team = "shop"', 'namespace =~ "shop-.*"', 'tier != "test"']);
    expect(central?.matchers).toEqual(['severity = "critical"', 'cluster =~ "cluster-02|cluster-03"']);
    const dots = routesOf({ receivers: [ops], routes: [{ receiver: 'ops', team: ['a.b', 'c'] }] });
    expect(dots[2]?.matchers).toEqual(['team =~ "a\\\\.b|c"']);
  });

  it('lets no alert of one cluster silence those of another, but for what explains edges at the centre', () => {
    expect(fileOf({}).inhibit_rules.map(({ equal }) => equal?.includes('cluster'))).toEqual([
      true,
      true,
      true,
      undefined,
      true,
      true,
    ]);
    expect(fileOf({}).inhibit_rules[3]).toEqual({
      source_matchers: ['explains = "edges"'],
      target_matchers: ['alertname =~ "Edge.+|IngestBudgetBurning"'],
    });
  });

  it('lets what says that pods of the centre are gone silence what the chart says of pods, there alone', () => {
    expect(fileOf({}).inhibit_rules[5]).toEqual({
      source_matchers: [
        'alertname =~ "ThanosDown|ThanosReceiveNoQuorum|AlertmanagerMissing"',
        'severity = "critical"',
      ],
      target_matchers: [
        'alertname =~ "TargetDown|KubePodNotReady|KubePodCrashLooping|KubeContainerWaiting|KubeDeploymentReplicasMismatch|KubeStatefulSetReplicasMismatch"',
        'namespace = "monitoring"',
      ],
      equal: ['cluster'],
    });
  });

  it('writes time intervals in Alertmanager’s own words', () => {
    expect(fileOf(fullAlertmanager).time_intervals).toEqual([
      {
        name: 'nights',
        time_intervals: [
          {
            times: [
              { start_time: '00:00', end_time: '06:30' },
              { start_time: '22:00', end_time: '24:00' },
            ],
            weekdays: ['monday:friday'],
            location: 'Europe/Berlin',
          },
        ],
      },
      {
        name: 'holidays',
        time_intervals: [
          { days_of_month: ['24:26', '-1'], months: ['december'], years: ['2026:2027'], location: 'UTC' },
          { days_of_month: ['1'], months: ['1'], location: 'UTC' },
        ],
      },
    ]);
    expect(fileOf({})).not.toHaveProperty('time_intervals');
  });

  it('has no field that the operator does not know, which would keep the old configuration without a word', () => {
    const file = fileOf(fullAlertmanager);
    expect(unknownToOperator(file)).toEqual([]);
    // Known to Alertmanager 0.34 alone.
    const [rule] = file.inhibit_rules;
    expect(
      unknownToOperator({
        ...file,
        route: { ...file.route, labels: { a: 'b' } },
        inhibit_rules: [{ ...rule, name: 'edges' }],
        tracing: {},
      }),
    ).toEqual(['route.labels', 'inhibit_rules.name', 'tracing']);
  });

  it('holds no secret, only where each is read', () => {
    const text = JSON.stringify(fileOf(fullAlertmanager));
    expect(text).not.toContain('placeholder');
    expect(
      text.match(/"(app_token|auth_password|routing_key|api_key|credentials|webhook_url)":/g),
    ).toBeNull();
    expect(text.match(/"api_url":"[^"]+"/g)).toEqual(['"api_url":"https://api.eu.opsgenie.com/"']);
    const files = new Set(text.match(/\/etc\/alertmanager\/secrets\/[^"]+/g));
    expect([...files].map((file) => file.replace('/etc/alertmanager/secrets/', '')).sort()).toEqual([
      'alertmanager-receivers/bridge',
      'alertmanager-receivers/bridgeAddress',
      'alertmanager-receivers/incidentio',
      'alertmanager-receivers/opsgenie',
      'alertmanager-receivers/pagerduty',
      'alertmanager-receivers/slackPlatform',
      'alertmanager-receivers/watchdogRuler',
      'alertmanager-receivers/watchdogToken',
      'mail/password',
      'shop-slack/token',
      'shop-teams/url',
    ]);
  });

  it('names only receivers that exist', () => {
    const { route, receivers } = fileOf(fullAlertmanager);
    const walk = (routes: typeof route.routes): string[] =>
      (routes ?? []).flatMap(({ receiver, routes: inner }) => [
        ...(receiver === undefined ? [] : [receiver]),
        ...walk(inner),
      ]);
    const names = receivers.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([route.receiver, ...walk(route.routes)]));
  });
});
