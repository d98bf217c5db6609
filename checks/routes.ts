import { longestRepeat, type Route } from '../config/alerting/alertmanager';
import { matcherText, meets } from '../config/alerting/matchers';
import type { CentralConfig } from '../config/central';
import type { Violation } from '../config/errors';
import { Duration } from '../config/units';
import { reaches, type Reach } from './route-reach';

/** What routes contradict in each other, in the receivers and in the list of clusters. */
export function routeRules(config: CentralConfig): Violation[] {
  const { routes, receivers, default: standard } = config.alertmanager;
  const names = receivers.map(({ name }) => name);
  const reached = reaches(routes);
  return [
    ...labelCase('alertmanager.default.groupBy', standard.groupBy),
    ...timeRules('alertmanager.default', standard, standard),
    ...routes.flatMap((route, i): Violation[] => {
      const key = `alertmanager.routes.${i}`;
      return [
        ...(names.includes(route.receiver)
          ? []
          : [{ key: `${key}.receiver`, found: route.receiver, ...oneOfReceivers(names) }]),
        ...neverReached(key, reached[i]),
        ...unknownClusters(config, route, key),
        ...timeRules(key, route, standard),
        ...labelCase(`${key}.groupBy`, route.groupBy ?? []),
        ...labelCase(
          `${key}.matchers`,
          route.matchers.map(({ label }) => label),
        ),
      ];
    }),
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

function neverReached(key: string, reached: Reach = 'reached'): Violation[] {
  switch (reached) {
    case 'reached':
      return [];
    case 'contradicts itself':
      return [
        {
          key,
          found: 'conditions that exclude each other',
          allowed: 'conditions that an alert can meet together',
          fix: 'Correct them: all conditions of a route must hold, and one of the values in a list.',
        },
      ];
    case 'ours':
      return [
        {
          key,
          found: 'a route for alerts that the stack routes itself',
          allowed: 'others than those named Watchdog and those of severity none',
          fix: 'Remove it: the Watchdogs go to alertmanager.watchdog alone, and severity none to nobody.',
        },
      ];
    default:
      return [
        {
          key,
          found: `a route that ${reached.map((i) => `alertmanager.routes.${i}`).join(' and ')} ${reached.length > 1 ? 'leave' : 'leaves'} nothing`,
          allowed: 'the narrower route first',
          fix: `Change their order, give ${reached.map((i) => `routes.${i}`).join(' or ')} a condition or \`continue: true\`, or remove one.`,
        },
      ];
  }
}

/** Clusters that no alert has, named in a list or by a matcher that none of the known ones meets. */
function unknownClusters({ cluster, edges }: CentralConfig, route: Route, key: string): Violation[] {
  const all = [cluster.label, ...edges.map(({ name }) => name)];
  const listed = (route.cluster ?? []).map((value, i) => ({
    key: `${key}.cluster.${i}`,
    found: value,
    known: all.includes(value),
  }));
  const matched = route.matchers.map((matcher, i) => ({
    key: `${key}.matchers.${i}`,
    found: matcherText(matcher),
    // Alerts without the label count as empty.
    known: matcher.label !== 'cluster' || ['', ...all].some(meets(matcher)),
  }));
  return [...listed, ...matched].flatMap(({ key, found, known }) =>
    known
      ? []
      : [
          {
            key,
            found,
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
