import { longestRepeat, type AlertmanagerConfig, type Route } from '../config/alerting/alertmanager';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { Duration } from '../config/units';
import { takenBefore } from './route-reach';

/** What routes and time intervals contradict in each other and in the list of clusters. */
export function routeRules(config: CentralConfig): Violation[] {
  const { routes, receivers, default: standard } = config.alertmanager;
  const names = receivers.map(({ name }) => name);
  return [
    ...labelCase('alertmanager.default.groupBy', standard.groupBy),
    ...timeRules('alertmanager.default', standard, standard),
    ...routes.flatMap((route, i): Violation[] => {
      const key = `alertmanager.routes.${i}`;
      return [
        ...(names.includes(route.receiver)
          ? []
          : [{ key: `${key}.receiver`, found: route.receiver, ...oneOfReceivers(names) }]),
        ...neverReached(routes, i),
        ...unknownClusters(config, route, key),
        ...timeRules(key, route, standard),
        ...labelCase(`${key}.groupBy`, route.groupBy ?? []),
        ...labelCase(
          `${key}.matchers`,
          route.matchers.map(({ label }) => label),
        ),
      ];
    }),
    ...timeIntervalRules(config.alertmanager),
  ];
}

/** Names for a message, each once. */
export const distinct = (names: readonly string[]): string => [...new Set(names)].join(', ');

/** What is allowed, and what to do, where a receiver is named that there is not. */
export const oneOfReceivers = (names: readonly string[]): Pick<Violation, 'allowed' | 'fix'> => ({
  allowed:
    names.length > 0 ? `one of ${distinct(names)}` : 'a receiver of alertmanager.receivers, which is empty',
  fix: 'Correct the name, or add the receiver to alertmanager.receivers.',
});

/** Names that stand a second time in a list. */
export const repeatedNames = (key: string, named: readonly { name: string }[], what: string): Violation[] =>
  named.flatMap(({ name }, i) => {
    const first = named.findIndex((other) => other.name === name);
    if (first === i) return [];
    return [
      {
        key: `${key}.${i}.name`,
        found: name,
        allowed: `a name of its own for each ${what}`,
        fix: `Rename or remove one: ${key}.${first}.name has it.`,
      },
    ];
  });

function neverReached(routes: readonly Route[], index: number): Violation[] {
  const key = `alertmanager.routes.${index}`;
  const before = takenBefore(routes, index);
  if (before !== undefined) {
    const them = before.map((i) => `alertmanager.routes.${i}`).join(' and ');
    const first = before.map((i) => `routes.${i}`).join(' or ');
    return [
      {
        key,
        found: `a route that ${them} ${before.length > 1 ? 'leave' : 'leaves'} nothing`,
        allowed: 'the narrower route first',
        fix: `Change their order, give ${first} a condition or \`continue: true\`, or remove one.`,
      },
    ];
  }
  if (routes[index]?.alertname?.every((name) => name === 'Watchdog')) {
    return [
      {
        key: `${key}.alertname`,
        found: 'Watchdog',
        allowed: 'other alerts: the Watchdogs go to alertmanager.watchdog alone',
        fix: 'Set alertmanager.watchdog and remove the route.',
      },
    ];
  }
  return [];
}

function unknownClusters({ cluster, edges }: CentralConfig, route: Route, key: string): Violation[] {
  const all = [cluster.label, ...edges.map(({ name }) => name)];
  return (route.cluster ?? []).flatMap((value, i) =>
    all.includes(value)
      ? []
      : [
          {
            key: `${key}.cluster.${i}`,
            found: value,
            allowed: 'an edge by its name, or the centre by cluster.label',
            fix: 'Correct it, or add the edge: no alert has this cluster.',
          },
        ],
  );
}

const times = ['groupWait', 'groupInterval', 'repeatInterval'] as const;

type Times = Partial<Record<(typeof times)[number], Duration>>;

/**
 * Times that Alertmanager takes and does not keep. It forgets what it told after so long, and tells it again
 * in any case; and it looks at a group once in its interval, so that it cannot repeat more often.
 */
function timeRules(key: string, own: Times, standard: Required<Times>): Violation[] {
  const { groupInterval, repeatInterval } = { ...standard, ...given(own) };
  const tooOften =
    (own.groupInterval ?? own.repeatInterval) && repeatInterval.seconds < groupInterval.seconds;
  return [
    ...times.flatMap((name) => {
      const time = own[name];
      if (!time || time.seconds <= Duration.parse(longestRepeat).seconds) return [];
      const allowed = `at most ${longestRepeat}, which is how long Alertmanager remembers what it told`;
      return [{ key: `${key}.${name}`, found: time.toString(), allowed, fix: 'Lower it.' }];
    }),
    ...(tooOften
      ? [
          {
            key: `${key}.repeatInterval`,
            found: repeatInterval.toString(),
            allowed: `at least groupInterval, ${groupInterval.toString()}: Alertmanager looks at a group no more often`,
            fix: 'Raise it, or lower groupInterval.',
          },
        ]
      : []),
  ];
}

const given = ({ groupInterval, repeatInterval }: Times): Times => ({
  ...(groupInterval && { groupInterval }),
  ...(repeatInterval && { repeatInterval }),
});

const knownLabels = [
  'alertname',
  'cluster',
  'environment',
  'evaluator',
  'instance',
  'job',
  'namespace',
  'service',
  'severity',
  'team',
];

/** Known labels in another case: `alertName` is the name of no label, and nothing else would say so. */
const labelCase = (key: string, labels: readonly string[]): Violation[] =>
  labels.flatMap((label, i) => {
    const meant = knownLabels.find((known) => known === label.toLowerCase() && known !== label);
    return meant === undefined
      ? []
      : [{ key: `${key}.${i}`, found: label, allowed: `the label ${meant}`, fix: `Write ${meant}.` }];
  });

function timeIntervalRules({ routes, timeIntervals }: AlertmanagerConfig): Violation[] {
  const names = timeIntervals.map(({ name }) => name);
  const uses = routes.flatMap(({ muteTimeIntervals, activeTimeIntervals }, i) => [
    ...muteTimeIntervals.map((name, j) => ({ key: `alertmanager.routes.${i}.muteTimeIntervals.${j}`, name })),
    ...activeTimeIntervals.map((name, j) => ({
      key: `alertmanager.routes.${i}.activeTimeIntervals.${j}`,
      name,
    })),
  ]);
  return [
    ...repeatedNames('alertmanager.timeIntervals', timeIntervals, 'time interval'),
    ...uses
      .filter(({ name }) => !names.includes(name))
      .map(({ key, name }) => ({
        key,
        found: name,
        allowed:
          names.length > 0
            ? `one of ${distinct(names)}`
            : 'a time interval of alertmanager.timeIntervals, which is empty',
        fix: 'Correct the name, or add the interval to alertmanager.timeIntervals.',
      })),
    ...timeIntervals.flatMap(({ name }, i) =>
      uses.some((use) => use.name === name)
        ? []
        : [
            {
              key: `alertmanager.timeIntervals.${i}.name`,
              found: name,
              allowed: 'a time interval that a route names',
              fix: 'Name it in a route or remove it.',
            },
          ],
    ),
  ];
}
