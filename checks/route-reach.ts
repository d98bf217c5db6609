import type { Route } from '../config/alerting/alertmanager';
import { literalValues, matcherText, meets, oneOf, type Matcher } from '../config/alerting/matchers';

/** Some values of a label, or all but some. A label that an alert has not is empty, as for Alertmanager. */
interface Values {
  values: ReadonlySet<string>;
  allBut: boolean;
}

/** Alerts, as the values that each label may have; of a label that is not named, any. */
type Box = ReadonlyMap<string, Values>;

/** A condition of a route. */
interface Condition {
  label: string;
  /** As Alertmanager's file holds it: equal texts are equal conditions. */
  text: string;
  /** The values that meet it, where it names them. */
  plain: Values | undefined;
  meets: (value: string) => boolean;
}

const everything: Values = { values: new Set(), allBut: true };

const isNothing = ({ values, allBut }: Values) => !allBut && values.size === 0;
const not = ({ values, allBut }: Values): Values => ({ values, allBut: !allBut });
const only = (values: Iterable<string>): Values => ({ values: new Set(values), allBut: false });

function both(a: Values, b: Values): Values {
  if (a.allBut && b.allBut) return { values: new Set([...a.values, ...b.values]), allBut: true };
  const [some, other] = a.allBut ? [b, a] : [a, b];
  return only([...some.values].filter((value) => other.values.has(value) !== other.allBut));
}

const ofMatcher = (matcher: Matcher, values = plainValues(matcher)): Condition => ({
  label: matcher.label,
  text: matcherText(matcher),
  plain: values,
  meets: meets(matcher),
});

function plainValues({ operator, value }: Matcher): Values | undefined {
  const values = operator.endsWith('~') ? literalValues(value) : [value];
  return values && { values: new Set(values), allBut: operator.startsWith('!') };
}

/** The conditions of a route; those that name values first, so that the others have some to ask about. */
function conditionsOf({ severity, cluster, team, alertname, matchers }: Route): Condition[] {
  const lists = Object.entries({ severity, cluster, team, alertname }).flatMap(([label, values]) =>
    values ? [ofMatcher(oneOf(label, values), only(values))] : [],
  );
  const all = [...lists, ...matchers.map((matcher) => ofMatcher(matcher))];
  return [...all.filter(({ plain }) => plain), ...all.filter(({ plain }) => !plain)];
}

/** What of some values meets a condition, and what does not; undefined where that is not known of each. */
function split(values: Values, { plain, meets }: Condition): { met: Values; unmet: Values } | undefined {
  if (plain) return { met: both(values, plain), unmet: both(values, not(plain)) };
  if (values.allBut) return undefined;
  const all = [...values.values];
  return { met: only(all.filter(meets)), unmet: only(all.filter((value) => !meets(value))) };
}

const partOf = (box: Box, label: string, condition: Condition) =>
  split(box.get(label) ?? everything, condition);

/** What of a box does not meet all conditions; the box itself when nothing of it does for certain. */
function outside(box: Box, conditions: readonly Condition[], held: ReadonlySet<string>): readonly Box[] {
  const found: Box[] = [];
  let inside = box;
  for (const condition of conditions) {
    const { label, text } = condition;
    const parts = partOf(inside, label, condition);
    if (!parts && held.has(text)) continue;
    if (!parts || isNothing(parts.met)) return [box];
    if (!isNothing(parts.unmet)) found.push(new Map(inside).set(label, parts.unmet));
    inside = new Map(inside).set(label, parts.met);
  }
  return found;
}

/** Alerts that a route describes: a box, and the conditions that hold of them beside it. */
function described(conditions: readonly Condition[]): { boxes: readonly Box[]; held: ReadonlySet<string> } {
  const held = new Set<string>();
  let box: Box = new Map();
  for (const condition of conditions) {
    const parts = partOf(box, condition.label, condition);
    if (!parts) held.add(condition.text);
    else if (isNothing(parts.met)) return { boxes: [], held };
    else box = new Map(box).set(condition.label, parts.met);
  }
  return { boxes: [box], held };
}

/** What the stack's own first routes take (`alertmanagerFile`). */
const ours = [
  [ofMatcher(oneOf('alertname', ['Watchdog']))],
  [ofMatcher(oneOf('severity', ['none']))],
] as const;

/** Whether a route gets an alert, or why it gets none: the earlier routes that together take all of them. */
export type Reach = 'reached' | 'contradicts itself' | 'ours' | readonly number[];

/** Parts of alerts to look at for one route: far more than routes by a few labels need, a moment to do. */
const mostParts = 5000;

/** Conditions of the routes that take what they describe, each with its place. */
const takersOf = (all: readonly (readonly Condition[])[], routes: readonly Route[]) =>
  all.flatMap((conditions, index) => (routes[index]?.continue ? [] : [{ index, conditions }]));

/**
 * Which routes take all of some alerts; undefined when something is left, or when it is too much to look at.
 * Depth first: most routes are reached, and one alert that comes through proves it.
 */
function takenBy(
  alerts: readonly Box[],
  held: ReadonlySet<string>,
  routes: ReturnType<typeof takersOf>,
): number[] | undefined {
  const takers = new Set<number>();
  let parts = 0;
  const comesThrough = (box: Box, from: number): boolean => {
    parts += 1;
    if (parts > mostParts) return true;
    for (const [i, { index, conditions }] of routes.slice(from).entries()) {
      const rest = outside(box, conditions, held);
      if (rest[0] === box) continue;
      takers.add(index);
      return rest.some((part) => comesThrough(part, from + i + 1));
    }
    return true;
  };
  return alerts.some((box) => comesThrough(box, 0)) ? undefined : [...takers].sort((a, b) => a - b);
}

/**
 * Whether each route gets an alert. Decided by the values that conditions name, of any label, and by regular
 * expressions where the values to ask about are named; of other regular expressions, only whether their texts
 * are equal. So a route that is called reached may still get nothing, and not the other way round.
 */
export function reaches(routes: readonly Route[]): Reach[] {
  const all = routes.map(conditionsOf);
  return all.map((conditions, index) => {
    const { boxes, held } = described(conditions);
    if (boxes.length === 0) return 'contradicts itself';
    const alerts = ours.reduce((left, own) => left.flatMap((box) => outside(box, own, held)), boxes);
    if (alerts.length === 0) return 'ours';
    return takenBy(alerts, held, takersOf(all.slice(0, index), routes)) ?? 'reached';
  });
}

/** Whether something is left for the default receiver. */
export const leavesSomething = (routes: readonly Route[]): boolean =>
  takenBy([new Map()], new Set(), takersOf(routes.map(conditionsOf), routes)) === undefined;
