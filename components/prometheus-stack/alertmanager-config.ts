import { defaultReceiver, type AlertmanagerConfig, type Route } from '../../config/alerting/alertmanager';
import { matcherText, oneOf, type Matcher } from '../../config/alerting/matchers';
import { ownReceivers } from '../../config/alerting/receivers';
import type { TimeInterval } from '../../config/alerting/time-intervals';
import { Duration } from '../../config/units';
import { edgeAlerts, inhibitions, type Inhibition } from './alertmanager-inhibitions';
import { receiverConfig, webhookConfig, type ReceiverConfig } from './alertmanager-receivers';
import { templateGlob } from './alertmanager-templates';

/**
 * The part of Alertmanager's configuration file that this project writes, in fields that the operator knows
 * too.
 */
export interface AlertmanagerFile {
  global: { resolve_timeout: string };
  route: RouteConfig & { receiver: string };
  receivers: ReceiverConfig[];
  inhibit_rules: readonly Inhibition[];
  time_intervals?: TimeIntervalConfig[];
  templates: string[];
}

interface RouteConfig {
  receiver?: string;
  matchers?: string[];
  continue?: true;
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  mute_time_intervals?: string[];
  active_time_intervals?: string[];
  routes?: RouteConfig[];
}

interface TimeIntervalConfig {
  name: string;
  time_intervals: {
    times?: { start_time: string; end_time: string }[];
    weekdays?: string[];
    days_of_month?: string[];
    months?: string[];
    years?: string[];
    location: string;
  }[];
}

/**
 * Who is told about which alert. Holds no secret: receivers take theirs from files.
 *
 * - The two Watchdogs go to an outside address each, all the time, so that something outside notices when
 *   they stop.
 * - Severity `none` goes nowhere: such alerts exist for Watchdogs and inhibitions.
 * - Then the routes of the stack file, and last its default receiver; without receivers, nowhere.
 *
 * AlertmanagerConfig objects of teams come before all of these, each with `continue`. What only routes with
 * `continue` have taken does not fall back to the root's receiver, so the default receiver is a route too,
 * the last one: a copy for somebody takes no alert from the others.
 */
export const alertmanagerFile = (config: AlertmanagerConfig): AlertmanagerFile => {
  const { groupBy, groupWait, groupInterval, repeatInterval } = config.default;
  const standard = defaultReceiver(config) ?? ownReceivers.none;
  const intervals = config.timeIntervals.map(timeIntervalConfig);
  return {
    global: { resolve_timeout: '5m' },
    route: {
      receiver: standard,
      group_by: groupBy,
      group_wait: groupWait.toString(),
      group_interval: groupInterval.toString(),
      repeat_interval: repeatInterval.toString(),
      routes: [
        watchdogRoute(config.watchdog),
        { receiver: ownReceivers.none, matchers: ['severity = "none"'] },
        ...config.routes.map(routeConfig),
        { receiver: standard, routes: [byEdges] },
      ],
    },
    receivers: [
      { name: ownReceivers.none },
      ...watchdogReceivers(config.watchdog),
      ...config.receivers.map(receiverConfig),
    ],
    inhibit_rules: inhibitions,
    ...(intervals.length > 0 ? { time_intervals: intervals } : {}),
    templates: [templateGlob],
  };
};

/** One message for edge alerts of one name, whatever edges they are about. */
const byEdges = { matchers: edgeAlerts, group_by: ['alertname'] };

function routeConfig(route: Route): RouteConfig {
  const {
    groupWait,
    groupInterval,
    repeatInterval,
    muteTimeIntervals: mute,
    activeTimeIntervals: active,
  } = route;
  // A child route inherits all but these two.
  const when = {
    ...(mute.length > 0 ? { mute_time_intervals: mute } : {}),
    ...(active ? { active_time_intervals: active } : {}),
  };
  const conditions = conditionsOf(route).map(matcherText);
  return {
    receiver: route.receiver,
    ...(conditions.length > 0 ? { matchers: conditions } : {}),
    ...(route.continue ? { continue: true } : {}),
    ...(groupWait ? { group_wait: groupWait.toString() } : {}),
    ...(groupInterval ? { group_interval: groupInterval.toString() } : {}),
    ...(repeatInterval ? { repeat_interval: repeatInterval.toString() } : {}),
    ...when,
    ...(route.groupBy ? { group_by: route.groupBy } : { routes: [{ ...byEdges, ...when }] }),
  };
}

/** The conditions of a route: those with keys of their own, and the free ones. */
export const conditionsOf = ({ severity, cluster, team, alertname, matchers }: Route): Matcher[] => [
  ...Object.entries({ severity, cluster, team, alertname }).flatMap(([label, values]) =>
    values ? [oneOf(label, values)] : [],
  ),
  ...matchers,
];

type Watchdog = AlertmanagerConfig['watchdog'];

const evaluators = ['ruler', 'prometheus'] as const;

/** Less than the interval of a beat: what is not strictly older than `repeat_interval` is not sent again. */
const repeatShare = 5 / 6;

/**
 * A beat in each `every`: Alertmanager looks at a group once in its interval, and tells again what it told
 * longer ago than `repeat_interval`. With both equal, beats are left out; a smaller repetition is the
 * maintainers' own advice (prometheus/alertmanager#3370), and Alertmanager warns of it in its log.
 */
const watchdogRoute = (watchdog: Watchdog): RouteConfig => ({
  receiver: ownReceivers.none,
  matchers: ['alertname = "Watchdog"'],
  group_by: ['evaluator'],
  group_wait: '0s',
  group_interval: watchdog.every.toString(),
  repeat_interval: Duration.ofSeconds(Math.floor(watchdog.every.seconds * repeatShare)).toString(),
  ...(watchdog.ruler || watchdog.prometheus
    ? {
        routes: evaluators
          .filter((evaluator) => watchdog[evaluator])
          .map((evaluator) => ({
            receiver: ownReceivers[evaluator],
            matchers: [`evaluator = "${evaluator}"`],
          })),
      }
    : {}),
});

const watchdogReceivers = (watchdog: Watchdog): ReceiverConfig[] =>
  evaluators.flatMap((evaluator) => {
    const address = watchdog[evaluator];
    // "Resolved" would be a beat too.
    return address
      ? [
          {
            name: ownReceivers[evaluator],
            webhook_configs: [webhookConfig({ ...address, sendResolved: false })],
          },
        ]
      : [];
  });

const timeIntervalConfig = ({ name, intervals }: TimeInterval): TimeIntervalConfig => ({
  name,
  time_intervals: intervals.map(({ times, weekdays, daysOfMonth, months, years, location }) => ({
    ...(times ? { times: times.map(({ from, to }) => ({ start_time: from, end_time: to })) } : {}),
    ...(weekdays ? { weekdays } : {}),
    ...(daysOfMonth ? { days_of_month: daysOfMonth } : {}),
    ...(months ? { months } : {}),
    ...(years ? { years } : {}),
    location,
  })),
});
