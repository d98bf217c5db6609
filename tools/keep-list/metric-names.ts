import { parser } from '@prometheus-io/lezer-promql';
import { metricNamePattern } from '../../config/scalars';

/** The metrics that an expression reads, as far as its text tells. */
export interface MetricNames {
  /** Each once. */
  names: string[];
  /** Why there may be others; empty when `names` are all. */
  unclear: string[];
}

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** Metric that `info()` joins when its second argument names no other. */
const infoDefault = 'target_info';

/**
 * The metric names in a PromQL expression, by the parser of Prometheus' own web page. It goes on after an
 * error, so that of an expression that does not parse every name is returned that may be a metric's: one too
 * many costs nothing.
 */
export function metricNames(expression: string): MetricNames {
  const names = new Set<string>();
  const unclear = new Set<string>();
  parser.parse(expression).iterate({
    enter: ({ name, type, node }) => {
      if (type.isError) unclear.add('does not parse');
      if (name === 'Info') names.add(infoDefault);
      if (name === 'Identifier') names.add(expression.slice(node.from, node.to));
      if (name !== 'LabelMatchers' || node.prevSibling?.name === 'Identifier') return;
      const matched = matchedNames(node, expression);
      if (matched.length > 0 && matched.every((text) => metricNamePattern.test(text))) {
        matched.forEach((text) => names.add(text));
      } else unclear.add(`${expression.slice(node.from, node.to)} gives no names that can be listed`);
    },
  });
  return { names: [...names], unclear: [...unclear] };
}

/**
 * What the matchers of a selector without a name in front say about it: `{"name"}`, `__name__="name"`,
 * `__name__=~"a|b"`.
 */
function matchedNames(matchers: SyntaxNode, expression: string): string[] {
  const text = (node: SyntaxNode | null) =>
    node === null ? '' : unquoted(expression.slice(node.from, node.to));
  const onName = ['UnquotedLabelMatcher', 'QuotedLabelMatcher']
    .flatMap((kind) => matchers.getChildren(kind))
    .filter((matcher) => text(matcher.firstChild) === '__name__');
  return [
    ...matchers.getChildren('QuotedLabelName').map(text),
    ...onName.flatMap((matcher) => {
      const operator = matcher.getChild('MatchOp')?.firstChild?.name;
      const value = text(matcher.getChild('StringLiteral'));
      if (operator === 'EqlSingle') return [value];
      return operator === 'EqlRegex' ? alternatives(value) : [];
    }),
  ];
}

const unquoted = (text: string) => /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;

/** The parts of `a|b`, `(a|b)` and `^(?:a|b)$`. */
const alternatives = (pattern: string) =>
  (/^\^?\((?:\?:)?([^()]*)\)\$?$/.exec(pattern)?.[1] ?? pattern).split('|');
