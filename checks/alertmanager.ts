import { defaultReceiver, type AlertmanagerConfig } from '../config/alerting/alertmanager';
import { integrations, opsgenieEnds } from '../config/alerting/receivers';
import { placeOf, type SecretRef } from '../config/alerting/secrets';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { receiversSecret } from '../components/prometheus-stack/alertmanager-secret-files';
import { leavesSomething, reaches } from './route-reach';
import { distinct, oneOfReceivers, repeatedNames, routeRules } from './routes';
import { timeIntervalRules } from './time-intervals';
import type { Verdict } from './verdict';

/** What receivers, routes, time intervals and Watchdogs contradict in each other. */
export const alertmanagerRules = (config: CentralConfig): Violation[] => [
  ...receiverRules(config.alertmanager),
  ...defaultRules(config.alertmanager),
  ...routeRules(config),
  ...timeIntervalRules(config.alertmanager),
  ...watchdogRules(config),
];

function receiverRules(alertmanager: AlertmanagerConfig): Violation[] {
  const { receivers } = alertmanager;
  const named = receivers.map((receiver, i) => ({ receiver, key: `alertmanager.receivers.${i}.name` }));
  const mute = named.filter(({ receiver }) => integrations.every((way) => receiver[way].length === 0));
  return [
    ...repeatedNames('alertmanager.receivers', receivers, 'receiver'),
    ...mute.map(({ receiver, key }) => ({
      key,
      found: receiver.name,
      allowed: `a receiver with at least one of ${integrations.join(', ')}`,
      fix: 'Give it one or remove it: what is sent to it reaches nobody.',
    })),
    ...named
      .filter(({ receiver }) => !isTold(alertmanager, receiver.name))
      .map(({ receiver, key }) => ({
        key,
        found: receiver.name,
        allowed: 'a receiver that an alert may reach',
        fix: 'Name it in a route or as alertmanager.default.receiver, behind none that takes everything, or remove it.',
      })),
    ...ownSecret(alertmanager),
  ];
}

/**
 * Whether an alert reaches a receiver; without a default receiver, which is missed anyway, each may be meant
 * as one.
 */
function isTold(alertmanager: AlertmanagerConfig, name: string): boolean {
  const standard = defaultReceiver(alertmanager);
  const { routes } = alertmanager;
  return (
    standard === undefined ||
    (standard === name && leavesSomething(routes)) ||
    reaches(routes).some((reach, i) => routes[i]?.receiver === name && reach === 'reached')
  );
}

/** The Secret that this stack makes is not one of the user's. */
const ownSecret = ({ receivers, watchdog }: AlertmanagerConfig): Violation[] =>
  JSON.stringify([receivers, watchdog]).includes(`"secretName":"${receiversSecret}"`)
    ? [
        {
          key: 'alertmanager',
          found: `{ secretName: ${receiversSecret} }`,
          allowed: 'a Secret of yours',
          fix: 'Write { configKey: NAME } for what this stack holds: it makes that Secret itself.',
        },
      ]
    : [];

function defaultRules({ receivers, default: { receiver } }: AlertmanagerConfig): Violation[] {
  const names = receivers.map(({ name }) => name);
  const key = 'alertmanager.default.receiver';
  if (receiver !== undefined) {
    return names.includes(receiver) ? [] : [{ key, found: receiver, ...oneOfReceivers(names) }];
  }
  if (names.length < 2) return [];
  const fix = 'Set it to who gets what no route takes.';
  return [{ key, found: undefined, allowed: `one of ${distinct(names)}`, fix }];
}

function watchdogRules({ alertmanager: { watchdog }, ruler }: CentralConfig): Violation[] {
  const { ruler: ofRuler, prometheus: ofPrometheus } = watchdog;
  const same = ofRuler && ofPrometheus && place(ofRuler.url) === place(ofPrometheus.url);
  return [
    ...(same
      ? [
          {
            key: 'alertmanager.watchdog',
            found: 'one address for both evaluators',
            allowed: 'an address for each',
            fix: 'Give each its own: at one address the beats of the other would hide that one has stopped.',
          },
        ]
      : []),
    ...(watchdog.ruler && !ruler.enabled
      ? [
          {
            key: 'alertmanager.watchdog.ruler',
            found: 'an address',
            allowed: 'none while ruler.enabled is false',
            fix: 'Remove it: no beat would ever come.',
          },
        ]
      : []),
  ];
}

const place = (url: string | SecretRef): string =>
  typeof url === 'string' ? placeOf(url) : JSON.stringify(url);

/**
 * What a configuration leaves untold, and what ends: said at every preview, and what has ended is refused,
 * since an alert that is sent there is lost without a word.
 */
export function alertingVerdict({ alertmanager, ruler }: CentralConfig, now: Date): Verdict {
  const { receivers, watchdog } = alertmanager;
  const silent = [
    ...(watchdog.prometheus ? [] : ['monitoring:alertmanager.watchdog.prometheus']),
    ...(watchdog.ruler || !ruler.enabled ? [] : ['monitoring:alertmanager.watchdog.ruler']),
  ];
  const opsgenie = receivers.flatMap((receiver, i) => (receiver.opsgenie.length > 0 ? [i] : []));
  const ended = now.toISOString().slice(0, 10) > opsgenieEnds;
  const others = 'Use pagerduty, incidentio or msteams.';
  return {
    violations: ended
      ? opsgenie.map((i) => ({
          key: `alertmanager.receivers.${i}.opsgenie`,
          found: `an integration that ended on ${opsgenieEnds}`,
          allowed: 'none',
          fix: others,
        }))
      : [],
    warnings: [
      ...(receivers.length === 0
        ? ['Alerts reach nobody: monitoring:alertmanager.receivers is empty. Set it (docs/alerting.md).']
        : []),
      ...(silent.length > 0
        ? [
            `Nobody outside notices when alerting itself stops: ${silent.join(' and ')} ${silent.length > 1 ? 'have' : 'has'} no address (docs/alerting.md).`,
          ]
        : []),
      ...(ended
        ? []
        : opsgenie.map(
            (i) =>
              `monitoring:alertmanager.receivers.${i}.opsgenie ends on ${opsgenieEnds}, when Opsgenie does. ${others}`,
          )),
    ],
  };
}
