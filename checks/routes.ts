import { longestRepeat, type AlertmanagerConfig, type Route } from '../config/alerting/alertmanager';
import { matcherText } from '../config/alerting/matchers';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { Duration } from '../config/units';

/** What routes and time intervals contradict in each other and in the list of clusters. */
export function routeRules(config: CentralConfig): Violation[] {
  const { routes, receivers, default: standard } = config.alertmanager;
  const names = receivers.map(({ name }) => name);
  return [
    ...labelCase('alertmanager.default.groupBy', standard.groupBy),
    ...tooLong('alertmanager.default.repeatInterval', standard.repeatInterval),
    ...routes.flatMap((route, i): Violation[] => {
      const key = `alertmanager.routes.${i}`;
      return [
        ...(names.includes(route.receiver)
          ? []
          : [{ key: `${key}.receiver`, found: route.receiver, ...oneOfReceivers(names) }]),
        ...neverReached(routes, i),
        ...unknownClusters(config, route, key),
        ...tooLong(`${key}.repeatInterval`, route.repeatInterval),
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

/** What is allowed, and what to do, where a receiver is named that there is not. */
export const oneOfReceivers = (names: readonly string[]): Pick<Violation, 'allowed' | 'fix'> => ({
  allowed:
    names.length > 0 ? `one of ${names.join(', ')}` : 'a receiver of alertmanager.receivers, which is empty',
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

const lists = ['severity', 'cluster', 'team', 'alertname'] as const;

/** Whether every alert that `later` takes is one that `earlier` takes; where it cannot be told, no. */
function takesAll(earlier: Route, later: Route): boolean {
  const narrower = lists.every((label) => {
    const [wide, narrow] = [earlier[label], later[label]];
    return (
      wide === undefined || (narrow?.every((value: string) => wide.some((other) => other === value)) ?? false)
    );
  });
  const also = later.matchers.map(matcherText);
  return narrower && earlier.matchers.every((matcher) => also.includes(matcherText(matcher)));
}

/** The earlier route that takes everything that a route could; undefined when it gets something. */
const shadowOf = (routes: readonly Route[], index: number): number | undefined => {
  const later = routes[index];
  const found = routes
    .slice(0, index)
    .findIndex((earlier) => !earlier.continue && later !== undefined && takesAll(earlier, later));
  return found < 0 ? undefined : found;
};

/** Whether a route gets an alert at all. */
export const isReached = (routes: readonly Route[], index: number): boolean =>
  shadowOf(routes, index) === undefined;

/** Whether something is left for the default receiver. */
export const leavesSomething = (routes: readonly Route[]): boolean =>
  routes.every(
    (route) =>
      route.continue || route.matchers.length > 0 || lists.some((label) => route[label] !== undefined),
  );

function neverReached(routes: readonly Route[], index: number): Violation[] {
  const shadow = shadowOf(routes, index);
  const key = `alertmanager.routes.${index}`;
  if (shadow !== undefined) {
    return [
      {
        key,
        found: `a route that alertmanager.routes.${shadow} leaves nothing`,
        allowed: 'the narrower route first',
        fix: `Change their order, give routes.${shadow} a condition or \`continue: true\`, or remove one.`,
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

/** Alertmanager forgets what it told, and so tells it again, after this long in any case. */
const tooLong = (key: string, repeat: Duration | undefined): Violation[] =>
  repeat && repeat.seconds > Duration.parse(longestRepeat).seconds
    ? [
        {
          key,
          found: repeat.toString(),
          allowed: `at most ${longestRepeat}, which is how long Alertmanager remembers what it told`,
          fix: 'Lower it.',
        },
      ]
    : [];

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
            ? `one of ${names.join(', ')}`
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
