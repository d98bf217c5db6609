import { checkedConfig } from '../../checks/config';
import { alertingVerdict } from '../../checks/alertmanager';
import { ConfigError } from '../../config/errors';
import type { RawConfig } from '../../config/raw';
import { fullAlertmanager } from '../../proof/rules/alertmanager/full';
import { centralConfig, centralRaw } from '../support/stack-configs';

/** What is said of a configuration, without the headline and the indentation. */
function linesOf(raw: RawConfig): string[] {
  try {
    checkedConfig(raw);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().replace(/^monitoring:/, ''));
  }
  return [];
}

const refusal = (alertmanager: unknown) => linesOf(centralRaw({ alertmanager }));

const url = 'https://hooks.example.org/alerts';
const ops = { name: 'ops', webhook: [{ url }] };
const shop = { name: 'shop', webhook: [{ url }] };
const two = (routes: object[], rest: object = {}) => ({
  receivers: [ops, shop],
  default: { receiver: 'ops' },
  routes,
  ...rest,
});

const inFile = 'Change it in the stack file.';
const unknown = 'Remove it, or correct its name (docs/config.md lists every key).';
const hidden = 'something that is not shown, since it may be a secret';
const replace = 'If it was one, replace it where it is issued: it stands in the stack file.';
const reference =
  '{ configKey: NAME } with a name of your choice (ASCII letters and digits, the first in lower case), after pulumi config set --secret NAME; or { secretName, key } of a Secret in the namespace monitoring';
const outside = 'an https address without user, query and key, such as https://hooks.example.org/alerts';
const inCluster = `${outside}, or http to a Service of the cluster, http://NAME.NAMESPACE.svc:PORT/`;
const elsewhere = 'one that holds a key is a secret: { configKey: NAME } or { secretName, key }';
const ways = 'slack, email, pagerduty, msteams, incidentio, webhook, opsgenie';
const nameRule = 'lower-case ASCII letters, digits and inner hyphens, at most 63';

describe('alerting', () => {
  it('takes everything at once', () => {
    expect(refusal(fullAlertmanager)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    [
      'a receiver that no route reaches',
      { receivers: [ops, shop], default: { receiver: 'ops' } },
      [
        'alertmanager.receivers.1.name: found shop; allowed: a receiver that an alert may reach. Name it in a route or as alertmanager.default.receiver, behind none that takes everything, or remove it.',
      ],
    ],
    [
      'a receiver that only a route names which gets nothing',
      two([{ receiver: 'ops' }, { receiver: 'shop', team: ['shop'] }]),
      [
        'alertmanager.receivers.1.name: found shop; allowed: a receiver that an alert may reach. Name it in a route or as alertmanager.default.receiver, behind none that takes everything, or remove it.',
        'alertmanager.routes.1: found a route that alertmanager.routes.0 leaves nothing; allowed: the narrower route first. Change their order, give routes.0 a condition or `continue: true`, or remove one.',
      ],
    ],
    [
      'a default receiver that gets nothing',
      two([{ receiver: 'shop' }]),
      [
        'alertmanager.receivers.0.name: found ops; allowed: a receiver that an alert may reach. Name it in a route or as alertmanager.default.receiver, behind none that takes everything, or remove it.',
      ],
    ],
    [
      'a route that several before it leave nothing',
      two([
        { receiver: 'shop', severity: ['critical'] },
        { receiver: 'ops', matchers: ['severity =~ "warning|info"'] },
        { receiver: 'shop', severity: ['critical', 'warning'], cluster: ['cluster-02'] },
      ]),
      [
        'alertmanager.routes.2: found a route that alertmanager.routes.0 and alertmanager.routes.1 leave nothing; allowed: the narrower route first. Change their order, give routes.0 or routes.1 a condition or `continue: true`, or remove one.',
      ],
    ],
    [
      'a route whose matcher says what an earlier list does',
      two([
        { receiver: 'shop', team: ['shop', 'cart'] },
        { receiver: 'ops', matchers: ['team = "cart"', 'namespace =~ "x-.*"'] },
      ]),
      [
        'alertmanager.routes.1: found a route that alertmanager.routes.0 leaves nothing; allowed: the narrower route first. Change their order, give routes.0 a condition or `continue: true`, or remove one.',
      ],
    ],
    [
      'times that Alertmanager does not keep',
      two([{ receiver: 'shop', team: ['shop'], groupInterval: '13h', groupWait: '999h' }], {
        default: { receiver: 'ops', repeatInterval: '1m' },
      }),
      [
        'alertmanager.default.repeatInterval: found 1m; allowed: at least groupInterval, 5m: Alertmanager looks at a group no more often. Raise it, or lower groupInterval.',
        'alertmanager.routes.0.groupWait: found 999h; allowed: at most 5d, which is how long Alertmanager remembers what it told. Lower it.',
        'alertmanager.routes.0.repeatInterval: found 1m; allowed: at least groupInterval, 13h: Alertmanager looks at a group no more often. Raise it, or lower groupInterval.',
      ],
    ],
    [
      'a Watchdog that beats more often than anybody tells it',
      { receivers: [ops], watchdog: { every: '1s' } },
      [
        `alertmanager.watchdog.every: found "1s"; allowed: a duration such as 30s, 6h or 15d, at least 5s, at most 1d. ${inFile}`,
      ],
    ],
    [
      'a receiver that is nothing',
      { receivers: [null] },
      [`alertmanager.receivers.0: found nothing; allowed: a mapping of keys. ${inFile}`],
    ],
    [
      'a route to a receiver that is not there, of two with one name',
      { receivers: [ops, ops], default: { receiver: 'oops' }, routes: [{ receiver: 'ops', team: ['a'] }] },
      [
        'alertmanager.receivers.1.name: found ops; allowed: a name of its own for each receiver. Rename or remove one: alertmanager.receivers.0.name has it.',
        'alertmanager.default.receiver: found oops; allowed: one of ops. Correct the name, or add the receiver to alertmanager.receivers.',
      ],
    ],
    [
      'a route to a receiver that is not there',
      two([
        { receiver: 'shops', severity: ['critical'] },
        { receiver: 'shop', team: ['shop'] },
      ]),
      [
        'alertmanager.routes.0.receiver: found shops; allowed: one of ops, shop. Correct the name, or add the receiver to alertmanager.receivers.',
      ],
    ],
    [
      'a route where there are no receivers',
      { routes: [{ receiver: 'ops' }] },
      [
        'alertmanager.routes.0.receiver: found ops; allowed: a receiver of alertmanager.receivers, which is empty. Correct the name, or add the receiver to alertmanager.receivers.',
      ],
    ],
    [
      'a default receiver that is not there',
      { receivers: [ops], default: { receiver: 'oops' }, routes: [{ receiver: 'ops', team: ['a'] }] },
      [
        'alertmanager.default.receiver: found oops; allowed: one of ops. Correct the name, or add the receiver to alertmanager.receivers.',
      ],
    ],
    [
      'two receivers and no default one',
      { receivers: [ops, shop] },
      [
        'alertmanager.default.receiver: missing; allowed: one of ops, shop. Set it to who gets what no route takes.',
      ],
    ],
    [
      'two receivers of one name',
      { receivers: [ops, ops], default: { receiver: 'ops' } },
      [
        'alertmanager.receivers.1.name: found ops; allowed: a name of its own for each receiver. Rename or remove one: alertmanager.receivers.0.name has it.',
      ],
    ],
    [
      'a receiver without a way',
      { receivers: [{ name: 'ops' }] },
      [
        `alertmanager.receivers.0.name: found ops; allowed: a receiver with at least one of ${ways}. Give it one or remove it: what is sent to it reaches nobody.`,
      ],
    ],
    [
      'a receiver with a name of this stack',
      { receivers: [{ ...ops, name: 'none' }] },
      [
        `alertmanager.receivers.0.name: found "none"; allowed: a name other than none, watchdog-ruler, watchdog-prometheus, which this stack uses. ${inFile}`,
      ],
    ],
    [
      'a name that is no name',
      { receivers: [{ ...ops, name: 'Ops team' }] },
      [`alertmanager.receivers.0.name: found "Ops team"; allowed: ${nameRule}. ${inFile}`],
    ],
    [
      'another kind of receiver',
      { receivers: [{ ...ops, telegram: [{ chat: 1 }] }] },
      [
        `alertmanager.receivers.0.telegram (ops): found ${hidden}; allowed: no such key. ${unknown} ${replace}`,
      ],
    ],
    [
      'a key in plain text',
      { receivers: [{ name: 'ops', pagerduty: [{ routingKey: 'R0UT1NGK3Y' }] }] },
      [
        `alertmanager.receivers.0.pagerduty.0.routingKey (ops): found ${hidden}; allowed: ${reference}. ${inFile} ${replace}`,
      ],
    ],
    [
      'a key where the name of one belongs',
      {
        receivers: [
          { name: 'ops', slack: [{ url: { configKey: 'https://hooks.slack.com/services/T0/B0/XYZ' } }] },
        ],
      },
      [
        `alertmanager.receivers.0.slack.0.url.configKey (ops): found ${hidden}; allowed: ${reference}. ${inFile} ${replace}`,
      ],
    ],
    [
      'a key under a field of Alertmanager’s own',
      { receivers: [{ ...ops, slack: [{ api_url: 'https://hooks.slack.com/services/T0/B0/XYZ' }] }] },
      [
        `alertmanager.receivers.0.slack.0.api_url (ops): found ${hidden}; allowed: no such key. ${unknown} ${replace}`,
        'alertmanager.receivers.0.slack.0.url (ops): missing; allowed: either url or token. Set it in the stack file.',
      ],
    ],
    [
      'an address that holds a key',
      {
        receivers: [
          { name: 'ops', webhook: [{ url: 'https://hc-ping.com/5d1f0a3c-0c1e-4b7a-9d5e-0123456789ab' }] },
        ],
      },
      [
        `alertmanager.receivers.0.webhook.0.url (ops): found ${hidden}; allowed: ${inCluster}; ${elsewhere}. ${inFile} ${replace}`,
      ],
    ],
    [
      'an address with a password',
      { receivers: [{ name: 'ops', webhook: [{ url: 'https://ops:geheim@hooks.example.org/' }] }] },
      [
        `alertmanager.receivers.0.webhook.0.url (ops): found ${hidden}; allowed: ${inCluster}; ${elsewhere}. ${inFile} ${replace}`,
      ],
    ],
    [
      'an address without https',
      { receivers: [{ name: 'ops', webhook: [{ url: 'http://hooks.example.org/alerts' }] }] },
      [
        `alertmanager.receivers.0.webhook.0.url (ops): found ${hidden}; allowed: ${inCluster}; ${elsewhere}. ${inFile} ${replace}`,
      ],
    ],
    [
      'a Watchdog inside the cluster',
      { receivers: [ops], watchdog: { ruler: { url: 'http://watch.tools.svc/' } } },
      [
        `alertmanager.watchdog.ruler.url: found ${hidden}; allowed: ${outside}; ${elsewhere}. ${inFile} ${replace}`,
      ],
    ],
    [
      'one address for both Watchdogs',
      { receivers: [ops], watchdog: { ruler: { url }, prometheus: { url } } },
      [
        'alertmanager.watchdog: found one address for both evaluators; allowed: an address for each. Give each its own: at one address the beats of the other would hide that one has stopped.',
      ],
    ],
    [
      'mail with half a login',
      {
        receivers: [
          {
            name: 'ops',
            email: [{ to: ['a@example.org'], from: 'b@example.org', smarthost: 'smtp:25', username: 'x' }],
          },
        ],
      },
      [
        'alertmanager.receivers.0.email.0.password (ops): missing; allowed: username and password, or neither. Set it in the stack file.',
      ],
    ],
    [
      'a mail server without a port',
      { receivers: [{ name: 'ops', email: [{ to: ['a@example.org'], from: 'ops', smarthost: 'smtp' }] }] },
      [
        `alertmanager.receivers.0.email.0.from (ops): found "ops"; allowed: an e-mail address in ASCII such as ops@example.org. ${inFile}`,
        `alertmanager.receivers.0.email.0.smarthost (ops): found "smtp"; allowed: HOST:PORT of a mail server in ASCII with a port from 1 to 65535, such as smtp.example.org:587. ${inFile}`,
      ],
    ],
    [
      'a time that Alertmanager refuses',
      two([
        {
          receiver: 'shop',
          team: ['shop'],
          groupWait: '1 minute',
          groupInterval: '0s',
          repeatInterval: '90d',
        },
      ]),
      [
        `alertmanager.routes.0.groupWait: found "1 minute"; allowed: a duration such as 30s, 6h or 15d. ${inFile}`,
        `alertmanager.routes.0.groupInterval: found "0s"; allowed: a duration such as 30s, 6h or 15d, at least 1s. ${inFile}`,
      ],
    ],
    [
      'times that Go cannot count, or that leave Alertmanager no rest',
      two([{ receiver: 'shop', team: ['shop'], groupWait: '9999999h', groupInterval: '5ms' }], {
        default: { receiver: 'ops', repeatInterval: '12ms' },
      }),
      [
        `alertmanager.default.repeatInterval: found "12ms"; allowed: a duration such as 30s, 6h or 15d, at least 1s. ${inFile}`,
        `alertmanager.routes.0.groupWait: found "9999999h"; allowed: a duration such as 30s, 6h or 15d, at most 106751d. ${inFile}`,
        `alertmanager.routes.0.groupInterval: found "5ms"; allowed: a duration such as 30s, 6h or 15d, at least 1s. ${inFile}`,
      ],
    ],
    [
      'a repetition that Alertmanager cannot remember',
      two([{ receiver: 'shop', team: ['shop'], repeatInterval: '6d' }]),
      [
        'alertmanager.routes.0.repeatInterval: found 6d; allowed: at most 5d, which is how long Alertmanager remembers what it told. Lower it.',
      ],
    ],
    [
      'matchers that are none',
      two([
        {
          receiver: 'shop',
          matchers: ['namespace', 'a == "b"', 'x =~ "("', 'x =~ "(?=a)"', '{a="b"}', 'a="b",c="d"'],
        },
      ]),
      [0, 1, 2, 3, 4, 5].map(
        (i) =>
          `alertmanager.routes.0.matchers.${i}: found ${JSON.stringify(['namespace', 'a == "b"', 'x =~ "("', 'x =~ "(?=a)"', '{a="b"}', 'a="b",c="d"'][i])}; allowed: a matcher of one label such as namespace =~ "shop-.*" (=, !=, =~ or !~; a regular expression of RE2). ${inFile}`,
      ),
    ],
    [
      'labels that no alert has',
      two([{ receiver: 'shop', team: ['shop'], groupBy: ['alertName', 'my-label'] }]),
      [
        `alertmanager.routes.0.groupBy.1: found "my-label"; allowed: the name of a label (ASCII letters, digits and _), or ... alone for all labels. ${inFile}`,
      ],
    ],
    [
      'letters that are not ASCII, where no others are allowed',
      two([{ receiver: 'shop', alertname: ['Störung'], groupBy: ['größe'], muteTimeIntervals: ['nächte'] }], {
        receivers: [{ name: 'büro', slack: [{ url: { configKey: 'schlüssel' } }] }],
        configNamespaces: ['zürich'],
      }),
      [
        `alertmanager.receivers.0.name: found "büro"; allowed: ${nameRule}. ${inFile}`,
        `alertmanager.receivers.0.slack.0.url.configKey (büro): found ${hidden}; allowed: ${reference}. ${inFile} ${replace}`,
        `alertmanager.routes.0.alertname.0: found "Störung"; allowed: the name of an alert (ASCII letters, digits, _ and :). ${inFile}`,
        `alertmanager.routes.0.groupBy.0: found "größe"; allowed: the name of a label (ASCII letters, digits and _), or ... alone for all labels. ${inFile}`,
        `alertmanager.routes.0.muteTimeIntervals.0: found "nächte"; allowed: ${nameRule}. ${inFile}`,
        `alertmanager.configNamespaces.0: found "zürich"; allowed: the name of a namespace: lower-case ASCII letters, digits and inner hyphens, at most 63. ${inFile}`,
      ],
    ],
    [
      'a label in another case',
      two([{ receiver: 'shop', matchers: ['Severity = "critical"'], groupBy: ['alertName'] }]),
      [
        'alertmanager.routes.0.groupBy.0: found alertName; allowed: the label alertname. Write alertname.',
        'alertmanager.routes.0.matchers.0: found Severity; allowed: the label severity. Write severity.',
      ],
    ],
    [
      'a cluster that there is not',
      two([{ receiver: 'shop', cluster: ['cluster-02', 'cluster-9', 'cluster-01'] }]),
      [1, 2].map(
        (i) =>
          `alertmanager.routes.0.cluster.${i}: found ${i === 1 ? 'cluster-9' : 'cluster-01'}; allowed: an edge by its name, or the centre by cluster.label. Correct it, or add the edge: no alert has this cluster.`,
      ),
    ],
    [
      'a severity that there is not',
      two([{ receiver: 'shop', severity: ['page'] }]),
      [`alertmanager.routes.0.severity.0: found "page"; allowed: one of critical, warning, info. ${inFile}`],
    ],
    [
      'a route for the Watchdog',
      two([
        { receiver: 'shop', alertname: ['Watchdog'] },
        { receiver: 'shop', team: ['shop'], matchers: ['severity =~ "none"'] },
      ]),
      [
        'alertmanager.receivers.1.name: found shop; allowed: a receiver that an alert may reach. Name it in a route or as alertmanager.default.receiver, behind none that takes everything, or remove it.',
        ...[0, 1].map(
          (i) =>
            `alertmanager.routes.${i}: found a route for alerts that the stack routes itself; allowed: others than those named Watchdog and those of severity none. Remove it: the Watchdogs go to alertmanager.watchdog alone, and severity none to nobody.`,
        ),
      ],
    ],
    [
      'conditions that exclude each other',
      two([
        { receiver: 'ops', severity: ['critical'], matchers: ['severity =~ "warn.*"'] },
        { receiver: 'shop', team: ['shop'] },
        { receiver: 'ops', matchers: ['namespace = "a"', 'namespace != "a"'] },
      ]),
      [0, 2].map(
        (i) =>
          `alertmanager.routes.${i}: found conditions that exclude each other; allowed: conditions that an alert can meet together. Correct them: all conditions of a route must hold, and one of the values in a list.`,
      ),
    ],
    [
      'a matcher of clusters that there are not',
      two([
        { receiver: 'shop', matchers: ['cluster =~ "clster-.*"'] },
        { receiver: 'shop', matchers: ['cluster =~ "cluster-0[23]"', 'cluster != "cluster-9"'] },
      ]),
      [
        'alertmanager.routes.0.matchers.0: found cluster =~ "clster-.*"; allowed: an edge by its name, or the centre by cluster.label. Correct it, or add the edge: no alert has this cluster.',
      ],
    ],
    [
      'a time interval that is not there',
      two([{ receiver: 'shop', team: ['shop'], muteTimeIntervals: ['nights'] }]),
      [
        'alertmanager.routes.0.muteTimeIntervals.0: found nights; allowed: a time interval of alertmanager.timeIntervals, which is empty. Correct the name, or add the interval to alertmanager.timeIntervals.',
      ],
    ],
    [
      'a time interval that nobody uses',
      two([{ receiver: 'shop', team: ['shop'] }], { timeIntervals: [{ name: 'nights', intervals: [{}] }] }),
      [
        'alertmanager.timeIntervals.0.name: found nights; allowed: a time interval that a route names. Name it in a route or remove it.',
      ],
    ],
    [
      'time intervals that are none',
      two([{ receiver: 'shop', team: ['shop'], activeTimeIntervals: ['x'] }], {
        timeIntervals: [
          {
            name: 'x',
            intervals: [
              { times: [{ from: '22:00', to: '06:00' }] },
              { times: [{ from: '9:00', to: '24:30' }] },
              { weekdays: ['saturday:monday', 'Monday'] },
              { daysOfMonth: ['0', '-1:1', '20:-10'], months: ['13', 'decembre'], years: ['2027:2026'] },
              { location: 'Berlin/Mitte' },
            ],
          },
        ],
      }),
      [
        `alertmanager.timeIntervals.0.intervals.0.times.0 (x): found {"from":"22:00","to":"06:00"}; allowed: from before to: a night is two ranges, 22:00 to 24:00 and 00:00 to 06:00. ${inFile}`,
        `alertmanager.timeIntervals.0.intervals.1.times.0.from (x): found "9:00"; allowed: a time of day such as 08:30, or 24:00 for its end. ${inFile}`,
        `alertmanager.timeIntervals.0.intervals.1.times.0.to (x): found "24:30"; allowed: a time of day such as 08:30, or 24:00 for its end. ${inFile}`,
        ...['saturday:monday', 'Monday'].map(
          (text, i) =>
            `alertmanager.timeIntervals.0.intervals.2.weekdays.${i} (x): found "${text}"; allowed: a weekday or a range such as monday:friday; the week begins with sunday. ${inFile}`,
        ),
        ...['0', '-1:1', '20:-10'].map(
          (text, i) =>
            `alertmanager.timeIntervals.0.intervals.3.daysOfMonth.${i} (x): found "${text}"; allowed: days of the month such as 1:7, or -3:-1 for the last three. ${inFile}`,
        ),
        ...['13', 'decembre'].map(
          (text, i) =>
            `alertmanager.timeIntervals.0.intervals.3.months.${i} (x): found "${text}"; allowed: months such as january:march or 1:3. ${inFile}`,
        ),
        `alertmanager.timeIntervals.0.intervals.3.years.0 (x): found "2027:2026"; allowed: years such as 2027 or 2027:2028. ${inFile}`,
        `alertmanager.timeIntervals.0.intervals.4.location (x): found "Berlin/Mitte"; allowed: a present name of the IANA time zone database as it is written there, such as Europe/Berlin or UTC; Alertmanager’s image has no older ones such as US/Eastern. ${inFile}`,
      ],
    ],
    [
      'the Secret that the stack makes itself',
      {
        receivers: [
          { name: 'ops', pagerduty: [{ routingKey: { secretName: 'alertmanager-receivers', key: 'x' } }] },
        ],
      },
      [
        'alertmanager: found { secretName: alertmanager-receivers }; allowed: a Secret of yours. Write { configKey: NAME } for what this stack holds: it makes that Secret itself.',
      ],
    ],
    [
      'a secret with the name of a key',
      { receivers: [{ name: 'ops', pagerduty: [{ routingKey: { configKey: 'outage' } }] }] },
      [
        'alertmanager: found { configKey: outage }; allowed: a name that is no key of the configuration. Choose another name.',
      ],
    ],
  ])('with %s is refused', (_, alertmanager, lines) => {
    expect(refusal(alertmanager)).toEqual(lines);
  });

  it.each([
    ['that end with a slash', `${url}/`],
    ['in another case', 'https://HOOKS.example.org/alerts'],
    ['with the port that https has', 'https://hooks.example.org:443/alerts'],
    ['with the dot of the root', 'https://hooks.example.org./alerts/'],
  ])('with one address for both Watchdogs is refused, also %s', (_, other) => {
    const watchdog = { ruler: { url }, prometheus: { url: other } };
    expect(refusal({ receivers: [ops], watchdog })).toEqual([
      'alertmanager.watchdog: found one address for both evaluators; allowed: an address for each. Give each its own: at one address the beats of the other would hide that one has stopped.',
    ]);
  });

  it.each([
    [
      [
        { receiver: 'shop', severity: ['critical'] },
        { receiver: 'ops', severity: ['warning', 'info'] },
        { receiver: 'shop', team: ['shop'] },
      ],
    ],
    [
      [
        { receiver: 'shop', matchers: ['namespace = "a"'] },
        { receiver: 'ops', team: ['shop'] },
      ],
    ],
    [
      [
        { receiver: 'shop', team: ['shop'], continue: true },
        { receiver: 'ops', team: ['shop'] },
      ],
    ],
    [
      [
        { receiver: 'shop', matchers: ['team != "shop"'] },
        { receiver: 'ops', team: ['shop', 'cart'] },
      ],
    ],
  ])('takes routes of which each gets something: %j', (routes) => {
    expect(refusal(two(routes))).toEqual([]);
  });

  it('never repeats what may be a secret', () => {
    const said = refusal({
      receivers: [
        { name: 'ops', slack: 'https://hooks.slack.com/services/T0/B0/XYZ', email: [{ password: 'XYZ' }] },
        { name: 'b', webhook: [{ url: 'ftp://XYZ' }], incidentio: [{ token: ['XYZ'], url: 'http://a/XYZ' }] },
      ],
      watchdog: { ruler: 'XYZ', prometheus: { url: 'XYZ', token: 'XYZ' } },
    }).join('\n');
    expect(said).not.toContain('XYZ');
  });
});

describe('the secrets of receivers', () => {
  const told = (change: (raw: RawConfig) => Partial<RawConfig>) => {
    const raw = centralRaw({ alertmanager: fullAlertmanager });
    return linesOf({ ...raw, ...change(raw) });
  };
  const without = ({ values }: RawConfig, key: string) =>
    Object.fromEntries(Object.entries(values).filter(([full]) => full !== `monitoring:${key}`));
  const command = (key: string) => `Run: pulumi config set --secret --stack cluster-01 ${key}`;

  it('that are missing are told with the command that sets them', () => {
    expect(told((raw) => ({ values: without(raw, 'slackPlatform') }))).toEqual([
      `slackPlatform: missing; allowed: an encrypted value. ${command('slackPlatform')}`,
    ]);
  });

  it('in plain text are refused, and not shown', () => {
    expect(
      told(({ secretKeys }) => ({ secretKeys: secretKeys.filter((key) => key !== 'monitoring:pagerduty') })),
    ).toEqual([
      `pagerduty: found a value in plain text; allowed: an encrypted value. ${command('pagerduty')}`,
    ]);
  });

  it('that are addresses are https', () => {
    const values = { 'monitoring:watchdogRuler': 'http://hc-ping.com/x' };
    expect(told((raw) => ({ values: { ...raw.values, ...values } }))).toEqual([
      `watchdogRuler: found [secret]; allowed: an https address. ${command('watchdogRuler')}`,
    ]);
  });

  it('that are one address for both Watchdogs are refused, under two keys or beside a plain one', () => {
    const { watchdog } = fullAlertmanager;
    const said = (plain: object, values: Record<string, string>) => {
      const raw = centralRaw({ alertmanager: { ...fullAlertmanager, watchdog: { ...watchdog, ...plain } } });
      const own = Object.entries(values).map(([key, value]) => ({ [`monitoring:${key}`]: value }));
      return linesOf({ ...raw, values: Object.assign({}, raw.values, ...own) as RawConfig['values'] });
    };
    const one =
      'alertmanager.watchdog: found one address for both evaluators; allowed: an address for each. At one the beats of the other would hide that one has stopped. ';
    const second = { prometheus: { url: { configKey: 'bridgeAddress' } } };
    const [ruler, address] = ['https://hc-ping.com/x', 'https://HC-ping.com/x/\n'];
    expect(said(second, { watchdogRuler: ruler, bridgeAddress: address })).toEqual([
      `${one}${command('watchdogRuler')} or ${command('bridgeAddress')}`,
    ]);
    expect(said(second, { watchdogRuler: ruler, bridgeAddress: `${ruler}y` })).toEqual([]);
    expect(said({}, { watchdogRuler: 'https://watch.example.org/prometheus' })).toEqual([
      `${one}${command('watchdogRuler')}`,
    ]);
  });

  it('that nobody refers to are refused like every unknown key', () => {
    expect(
      told(({ values, secretKeys }) => ({
        values: { ...values, 'monitoring:slackOld': 'https://x' },
        secretKeys: [...secretKeys, 'monitoring:slackOld'],
      })),
    ).toEqual([`slackOld: found [secret]; allowed: no such key. ${unknown}`]);
  });
});

describe('every preview', () => {
  const verdict = (alertmanager: object, day = '2026-11-27', rest: object = {}) =>
    alertingVerdict(centralConfig({ alertmanager, ...rest }), new Date(`${day}T12:00:00Z`));
  const { watchdog } = fullAlertmanager;
  const opsgenie = { receivers: [{ name: 'ops', opsgenie: [{ apiKey: { configKey: 'genie' } }] }], watchdog };

  it('says that alerts reach nobody, and with which key that changes', () => {
    expect(verdict({ watchdog })).toEqual({
      violations: [],
      warnings: [
        'Alerts reach nobody: monitoring:alertmanager.receivers is empty. Set it (docs/alerting.md).',
      ],
    });
  });

  it('says which Watchdog nobody hears', () => {
    const silent = (text: string) => ({
      violations: [],
      warnings: [`Nobody outside notices when alerting itself stops: ${text} (docs/alerting.md).`],
    });
    const { ruler, prometheus } = watchdog;
    expect(verdict({ receivers: [ops] })).toEqual(
      silent(
        'monitoring:alertmanager.watchdog.prometheus and monitoring:alertmanager.watchdog.ruler have no address',
      ),
    );
    expect(verdict({ receivers: [ops], watchdog: { ruler } })).toEqual(
      silent('monitoring:alertmanager.watchdog.prometheus has no address'),
    );
    expect(verdict({ receivers: [ops], watchdog: { prometheus } })).toEqual(
      silent('monitoring:alertmanager.watchdog.ruler has no address'),
    );
    expect(
      verdict({ receivers: [ops], watchdog: { prometheus } }, undefined, {
        'ruler.enabled': false,
        edges: [],
      }).warnings,
    ).toEqual([]);
  });

  it('says nothing when both are set', () => {
    expect(verdict({ receivers: [ops], watchdog })).toEqual({ violations: [], warnings: [] });
  });

  it('says when Opsgenie ends, and refuses it from the day after', () => {
    expect(verdict(opsgenie, '2027-04-05')).toEqual({
      violations: [],
      warnings: [
        'monitoring:alertmanager.receivers.0.opsgenie ends on 2027-04-05, when Opsgenie does. Use pagerduty, incidentio or msteams.',
      ],
    });
    expect(verdict(opsgenie, '2027-04-06')).toEqual({
      violations: [
        {
          key: 'alertmanager.receivers.0.opsgenie',
          found: 'an integration that ended on 2027-04-05',
          allowed: 'none',
          fix: 'Use pagerduty, incidentio or msteams.',
        },
      ],
      warnings: [],
    });
  });

  it('of a stack without a ruler refuses an address for its Watchdog', () => {
    expect(
      linesOf(
        centralRaw({ alertmanager: { receivers: [ops], watchdog }, 'ruler.enabled': false, edges: [] }),
      ),
    ).toEqual([
      'alertmanager.watchdog.ruler: found an address; allowed: none while ruler.enabled is false. Remove it: no beat would ever come.',
    ]);
  });
});
