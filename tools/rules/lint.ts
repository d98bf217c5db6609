import { Duration } from '../../config/units';
import { ambiguousMatches } from './ambiguous-matches';
import { metricNames } from '../keep-list/metric-names';
import { children, Expression, has, type Labels, type SyntaxNode } from './expression';
import type { RenderedAlerting, RenderedGroup, RenderedRule } from './rendered';

/** What a check needs besides the rule. */
export interface Surroundings extends Pick<RenderedAlerting, 'groups' | 'scrapeInterval' | 'centre'> {
  /** Metrics that were seen in a real run, or stand in the source of a program that we deploy. */
  knownMetrics: ReadonlySet<string>;
}

/** One rule of one group, and what its expression is. */
export interface Checked {
  group: RenderedGroup;
  rule: RenderedRule;
  expression: Expression;
}

/** A check of one rule: what is wrong with it, each in a sentence; nothing: all is well. */
export type Check = (checked: Checked, surroundings: Surroundings) => string[];

const comparisons = ['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte'];

/** An alert without a comparison fires as soon as its metric is there, whatever it says. */
const compares: Check = ({ rule, expression }) => {
  if (rule.alert === undefined || rule.alert === 'Watchdog') return [];
  const decides = (node: SyntaxNode): boolean => {
    if (node.name === 'ParenExpr') return children(node).some(decides);
    // Of what a comparison has left out nothing is aggregated.
    if (node.name === 'AggregateExpr') return children(node.getChild('FunctionCallBody')).some(decides);
    if (node.name === 'FunctionCall') {
      const name = node.getChild('FunctionIdentifier');
      const called = name === null ? '' : expression.text(name);
      // Another label leaves what is there as it is.
      const [of] = children(node.getChild('FunctionCallBody'));
      if (called === 'label_replace') return of !== undefined && decides(of);
      return called.startsWith('absent');
    }
    if (node.name !== 'BinaryExpr') return false;
    const { left, right, operator, bool } = expression.binary(node);
    if (operator === 'Or') return decides(left) && decides(right);
    if (operator === 'And') return decides(left) || decides(right);
    if (operator === 'Unless') return decides(left);
    return comparisons.includes(operator) && !bool;
  };
  return decides(expression.top) ? [] : ['it compares with nothing: it fires whatever its metric says'];
};

/** A label that the expression does not keep is an empty text in the message: the commonest fault of all. */
const annotations: Check = ({ rule, expression }) => {
  const shape = expression.shape(expression.top);
  return Object.entries({ ...rule.annotations, ...rule.labels }).flatMap(([name, text]) => {
    const read = [...text.matchAll(/\$labels\.([a-zA-Z_]+)/g)].map(([, label = '']) => label);
    const missing = read.filter(
      (label) => !(rule.labels && label in rule.labels) && (shape === 'scalar' || !has(shape, label)),
    );
    const inLabels = rule.labels && name in rule.labels;
    return [
      ...missing.map((label) => `${name} reads the label ${label}, which its expression does not keep`),
      // Every new value would be a new alert.
      ...(inLabels && text.includes('$value') ? [`the label ${name} has the value in it`] : []),
    ];
  });
};

/**
 * Over all clusters, nothing may be summed up across them, and every result must say of which it is. What the
 * Prometheus evaluates is of one cluster, whose name it adds to what it sends.
 */
const keepsCluster: Check = ({ group, rule, expression }) => {
  if (group.evaluator === 'prometheus') return [];
  const lost = expression.all('AggregateExpr').filter((node) => expression.drops(node, 'cluster'));
  const across = expression.all('BinaryExpr').filter((node) => {
    const { left, right, matching } = expression.binary(node);
    const vectors = [left, right].every((side) => expression.shape(side) !== 'scalar');
    const on = matching.on;
    return vectors && on !== undefined && on.length > 0 && !on.includes('cluster');
  });
  const shape = expression.shape(expression.top);
  const named = rule.labels?.['cluster'] !== undefined || (shape !== 'scalar' && has(shape, 'cluster'));
  return [
    ...lost.map((node) => `${expression.text(node)} loses the label cluster`),
    ...across.map((node) => `${expression.text(node)} matches across clusters`),
    ...(named ? [] : ['its result has no label cluster']),
  ];
};

/**
 * Two sides that never have the same labels are nothing, for ever: an alert that cannot fire, a guard that
 * does not hold.
 */
const sidesMatch: Check = ({ expression }) =>
  expression.all('BinaryExpr').flatMap((node) => {
    const { left, right, operator, matching } = expression.binary(node);
    const [a, b] = [expression.shape(left), expression.shape(right)];
    if (a === 'scalar' || b === 'scalar' || operator === 'Or') return [];
    const why = mismatch(a, b, matching.on, matching.ignoring);
    return why === undefined ? [] : [`${expression.text(node)}: its sides never match: ${why}`];
  });

function mismatch(a: Labels, b: Labels, on: readonly string[] | undefined, ignoring: readonly string[]) {
  const matched =
    on ?? [...new Set([...a.known.keys(), ...b.known.keys()])].filter((name) => !ignoring.includes(name));
  const lacking = on?.find((name) => has(a, name) !== has(b, name));
  if (lacking !== undefined) return `only one has ${lacking}`;
  const other = matched.find((name) => {
    const [x, y] = [a.known.get(name), b.known.get(name)];
    return x !== undefined && y !== undefined && x !== y;
  });
  if (other !== undefined)
    return `${other} is "${a.known.get(other) ?? ''}" or "${b.known.get(other) ?? ''}"`;
  if (on !== undefined) return undefined;
  const names = ({ only }: Labels) =>
    only &&
    [...only]
      .filter((name) => !ignoring.includes(name))
      .sort()
      .join(', ');
  const [left, right] = [names(a), names(b)];
  if (left === right) return undefined;
  return `one has the labels ${left ?? 'of its series'}, the other ${right ?? 'those of its series'}`;
}

/** A range that holds fewer than four samples is empty, or says nothing, as soon as one scrape fails. */
const windowsHoldFourSamples: Check = ({ expression }, surroundings) =>
  expression.all('MatrixSelector', 'SubqueryExpr').flatMap((node) => {
    const [inner, range, step] = children(node);
    if (!inner || !range) return [];
    const interval = step ? expression.text(step) : sampleInterval(expression.text(inner), surroundings);
    const [has, needs] = [
      Duration.parse(expression.text(range)).seconds,
      4 * Duration.parse(interval).seconds,
    ];
    return has >= needs
      ? []
      : [`${expression.text(node)} holds fewer than four samples, one every ${interval}`];
  });

/**
 * How often a series gets a sample: what is recorded at the interval of its group, everything else at each
 * scrape.
 */
const sampleInterval = (selector: string, { groups, scrapeInterval }: Surroundings): string => {
  const [name] = metricNames(selector).names;
  const recorded = groups.find(({ rules }) =>
    rules.some(({ record }) => record !== undefined && record === name),
  );
  return recorded?.interval ?? scrapeInterval;
};

/** A metric that no program has makes an alert that never fires, and nothing says so. */
const metricsExist: Check = ({ expression }, { groups, knownMetrics }) => {
  const recorded = new Set(groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? [])));
  const { names, unclear } = metricNames(expression.source);
  return [
    ...unclear,
    ...names
      .filter((name) => !recorded.has(name) && !knownMetrics.has(name))
      .map((name) => `${name} is no metric of the recorded list (tests/rules/metrics.tsv)`),
  ];
};

/** Every check of a rule, by what it holds. */
export const checks: Readonly<Record<string, Check>> = {
  'alerts compare': compares,
  'messages use only labels that the expression keeps': annotations,
  'nothing loses the label cluster': keepsCluster,
  'both sides of an operation can match': sidesMatch,
  'a match finds one series': ({ expression }) => ambiguousMatches(expression),
  'ranges hold four samples': windowsHoldFourSamples,
  'every metric exists': metricsExist,
};

/** What a check finds in deployed rules, one line each. */
export const findings = (check: Check, surroundings: Surroundings): string[] =>
  surroundings.groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      const expression = new Expression(rule.expr);
      return check({ group, rule, expression }, surroundings).map(
        (what) => `${group.name}, ${rule.alert ?? rule.record ?? ''}: ${what}`,
      );
    }),
  );
