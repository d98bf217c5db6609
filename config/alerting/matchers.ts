import { isRe2, re2Matches } from './re2';

/** What compares a label with a value, as Alertmanager writes it. */
export type Operator = '=' | '!=' | '=~' | '!~';

/** One condition on an alert's labels. A regular expression (`=~`, `!~`) must match the whole value. */
export interface Matcher {
  label: string;
  operator: Operator;
  value: string;
}

/** A label's name without quotes: Prometheus' classic grammar, which every parser on the way reads alike. */
export const labelPattern = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

const whole = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/** Between double quotes, where a backslash stands before `"`, `\` and n alone. */
const quoted = /^"((?:[^"\\\n]|\\["\\n])*)"$/;

/** What Alertmanager's two parsers both take without quotes. */
const bare = /^[A-Za-z0-9_.:/@-]+$/;

/** What a matcher may look like, for messages. */
export const allowedMatcher =
  'a matcher of one label such as namespace =~ "shop-.*" (=, !=, =~ or !~; a regular expression of RE2)';

/**
 * Reads one matcher in Alertmanager's own syntax, without braces and commas.
 *
 * Stricter than Alertmanager, which has two parsers that differ in what they make of braces, UTF-8 names and
 * broken quotes; what is read here means the same to both.
 *
 * @returns undefined when it is none, or its regular expression is none
 */
export function parseMatcher(text: string): Matcher | undefined {
  const [, label = '', operator = '', written = ''] = whole.exec(text) ?? [];
  const inner = quoted.exec(written)?.[1];
  const value = inner === undefined ? (bare.test(written) ? written : undefined) : unescaped(inner);
  if (label === '' || value === undefined) return undefined;
  if (operator.endsWith('~') && !isRe2(value)) return undefined;
  return { label, operator: operator as Operator, value };
}

const unescaped = (text: string) => text.replace(/\\(["\\n])/g, (_, c: string) => (c === 'n' ? '\n' : c));

/** The matcher as a configuration file holds it. */
export const matcherText = ({ label, operator, value }: Matcher): string =>
  `${label} ${operator} "${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** Whether a label's value meets a matcher. */
export function meets({ operator, value }: Matcher): (found: string) => boolean {
  const equal = operator.endsWith('~') ? re2Matches(value) : (found: string) => found === value;
  return operator.startsWith('!') ? (found) => !equal(found) : equal;
}

/** The matcher of a label that has one of some values, taken as they are. */
export function oneOf(label: string, values: readonly string[]): Matcher {
  const [first = ''] = values;
  return values.length === 1
    ? { label, operator: '=', value: first }
    : { label, operator: '=~', value: values.map(literal).join('|') };
}

/** The values that a regular expression of plain texts matches, such as `a|b`; undefined for any other. */
export const literalValues = (expression: string): string[] | undefined =>
  /^[A-Za-z0-9_:/@-]*(\|[A-Za-z0-9_:/@-]*)*$/.test(expression) ? expression.split('|') : undefined;

/** A text as a regular expression that matches it alone. */
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
