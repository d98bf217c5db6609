import type { Route } from '../config/alerting/alertmanager';
import { literalValues, matcherText, type Matcher } from '../config/alerting/matchers';

/** Labels that a route names values of. */
const labels = ['severity', 'cluster', 'team', 'alertname'] as const;
type Label = (typeof labels)[number];

/** Some values of a label, or all but some. */
interface Values {
  values: ReadonlySet<string>;
  allBut: boolean;
}

/** Alerts, as the values that each label may have: a box in as many dimensions as there are labels. */
type Box = Readonly<Record<Label, Values>>;

const everything: Values = { values: new Set(), allBut: true };
const everyAlert: Box = {
  severity: everything,
  cluster: everything,
  team: everything,
  alertname: everything,
};

function both(a: Values, b: Values): Values {
  if (a.allBut && b.allBut) return { values: new Set([...a.values, ...b.values]), allBut: true };
  const [some, other] = a.allBut ? [b, a] : [a, b];
  return {
    values: new Set([...some.values].filter((v) => other.values.has(v) !== other.allBut)),
    allBut: false,
  };
}

const not = ({ values, allBut }: Values): Values => ({ values, allBut: !allBut });

const isEmpty = (box: Box): boolean =>
  labels.some((label) => !box[label].allBut && box[label].values.size === 0);

/** What of one box is not in another: at most one box for each label. */
function minus(box: Box, other: Box): Box[] {
  const found: Box[] = [];
  let inside = box;
  for (const label of labels) {
    found.push({ ...inside, [label]: both(inside[label], not(other[label])) });
    inside = { ...inside, [label]: both(inside[label], other[label]) };
  }
  return found.filter((part) => !isEmpty(part));
}

/** What a route's matchers say of one of `labels`; undefined: it is not said by whole values. */
function ofMatcher({ label, operator, value }: Matcher): [Label, Values] | undefined {
  const known = labels.find((name) => name === label);
  const values = operator.endsWith('~') ? literalValues(value) : [value];
  return known && values && [known, { values: new Set(values), allBut: operator.startsWith('!') }];
}

/** The alerts that a route's lists and simple matchers describe, and the texts of its other matchers. */
function described(route: Route): { box: Box; others: ReadonlySet<string> } {
  const lists = labels.flatMap((label): [Label, Values][] => {
    const values: readonly string[] | undefined = route[label];
    return values ? [[label, { values: new Set(values), allBut: false }]] : [];
  });
  const simple = route.matchers.flatMap((matcher) => {
    const said = ofMatcher(matcher);
    return said ? [said] : [];
  });
  const box = [...lists, ...simple].reduce<Box>(
    (all, [label, values]) => ({ ...all, [label]: both(all[label], values) }),
    everyAlert,
  );
  return { box, others: new Set(route.matchers.filter((one) => !ofMatcher(one)).map(matcherText)) };
}

/**
 * What earlier routes leave of some alerts, and which took a part. One whose further matchers the alerts need
 * not meet takes nothing for certain: matchers are compared as texts.
 */
function left(routes: readonly Route[], { box, others }: ReturnType<typeof described>) {
  const takers: number[] = [];
  let boxes = isEmpty(box) ? [] : [box];
  for (const [i, route] of routes.entries()) {
    const taken = described(route);
    if (route.continue || [...taken.others].some((text) => !others.has(text))) continue;
    const rest = boxes.flatMap((part) => minus(part, taken.box));
    if (JSON.stringify(rest.map(texts)) !== JSON.stringify(boxes.map(texts))) takers.push(i);
    boxes = rest;
  }
  return { boxes, takers };
}

const texts = (box: Box) => labels.map((label) => [box[label].allBut, [...box[label].values].sort()]);

/** The earlier routes that together take everything that a route could; undefined when it gets something. */
export function takenBefore(routes: readonly Route[], index: number): number[] | undefined {
  const route = routes[index];
  if (!route) return undefined;
  const { boxes, takers } = left(routes.slice(0, index), described(route));
  return boxes.length > 0 || takers.length === 0 ? undefined : takers;
}

/** Whether something is left for the default receiver. */
export const leavesSomething = (routes: readonly Route[]): boolean =>
  left(routes, { box: everyAlert, others: new Set() }).boxes.length > 0;
